"""App of the page: weave."""

from django.apps import AppConfig


class WeaveConfig(AppConfig):
    name = "weft.pages.weave"
    label = "weave"
