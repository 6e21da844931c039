"""App of sources."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "weft.sense.sources"
    label = "sources"
    verbose_name = "Sources"

    def ready(self) -> None:
        """Make the kinds known."""
        from weft.sense.sources import kinds  # noqa: F401
