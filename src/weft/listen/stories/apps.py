"""App of stories."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "weft.listen.stories"
    label = "stories"
    verbose_name = "Stories"

    def ready(self) -> None:
        """Make the kinds known."""
        from weft.listen.stories import kinds  # noqa: F401
