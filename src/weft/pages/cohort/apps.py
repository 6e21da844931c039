"""App of the page: cohort."""

from django.apps import AppConfig


class CohortConfig(AppConfig):
    name = "weft.pages.cohort"
    label = "cohort"
