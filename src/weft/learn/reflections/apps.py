"""App of reflections."""

from django.apps import AppConfig


class ReflectionsConfig(AppConfig):
    name = "weft.learn.reflections"
    label = "reflections"
    verbose_name = "Reflections"
