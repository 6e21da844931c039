"""App of conversations."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "weft.listen.conversations"
    label = "conversations"
    verbose_name = "Conversations"

    def ready(self) -> None:
        """Make the kinds known."""
        from weft.listen.conversations import kinds  # noqa: F401
