"""App of opinion maps."""

from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "weft.sense.maps"
    label = "maps"
    verbose_name = "Opinion maps"
