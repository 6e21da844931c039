"""App of programmes."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "weft.people.programmes"
    label = "programmes"
    verbose_name = "Programmes"
