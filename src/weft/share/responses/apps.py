"""App of responses."""

from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "weft.share.responses"
    label = "responses"
    verbose_name = "Responses"

    def ready(self) -> None:
        """Make the kinds known."""
        from weft.share.responses import kinds  # noqa: F401
