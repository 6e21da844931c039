"""App of reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "weft.share.reports"
    label = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        """Make the kinds known."""
        from weft.share.reports import kinds  # noqa: F401
