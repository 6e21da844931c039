"""App of insights."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "weft.learn.insights"
    label = "insights"
    verbose_name = "Insights"

    def ready(self) -> None:
        """Make the kinds known."""
        from weft.learn.insights import kinds  # noqa: F401
