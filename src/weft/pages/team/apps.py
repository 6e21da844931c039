"""App of the page: team."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "weft.pages.team"
    label = "team"
