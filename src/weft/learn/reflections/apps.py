"""App of reflections."""

from django.apps import AppConfig


class ReflectionsConfig(AppConfig):
    name = "weft.learn.reflections"
    label = "reflections"
    verbose_name = "Reflections"

    def ready(self) -> None:
        """Make the kinds known."""
        from weft.learn.reflections import kinds  # noqa: F401
