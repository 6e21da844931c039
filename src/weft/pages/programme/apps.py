"""App of the page: programme."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "weft.pages.programme"
    label = "programme"
