"""App of the core: templates and tags."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "weft.core"
    label = "core"
    verbose_name = "Core"
