"""App of findings."""

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "weft.sense.findings"
    label = "findings"
    verbose_name = "Findings"

    def ready(self) -> None:
        """Make the kinds known."""
        from weft.sense.findings import kinds  # noqa: F401
