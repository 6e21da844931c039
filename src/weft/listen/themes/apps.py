"""App of themes."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "weft.listen.themes"
    label = "themes"
    verbose_name = "Themes"
