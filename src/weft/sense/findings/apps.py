"""App of findings."""

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "weft.sense.findings"
    label = "findings"
    verbose_name = "Findings"
