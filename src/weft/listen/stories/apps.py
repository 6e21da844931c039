"""App of stories."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "weft.listen.stories"
    label = "stories"
    verbose_name = "Stories"
