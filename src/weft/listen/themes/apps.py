"""App of themes."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "weft.listen.themes"
    label = "themes"
    verbose_name = "Themes"

    def ready(self) -> None:
        """Make the kinds known."""
        from weft.listen.themes import kinds  # noqa: F401
