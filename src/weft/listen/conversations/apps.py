"""App of conversations."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "weft.listen.conversations"
    label = "conversations"
    verbose_name = "Conversations"
