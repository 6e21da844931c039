"""App of sources."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "weft.sense.sources"
    label = "sources"
    verbose_name = "Sources"
