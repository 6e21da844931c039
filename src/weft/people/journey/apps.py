"""App of learning journey."""

from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "weft.people.journey"
    label = "journey"
    verbose_name = "Learning journey"
