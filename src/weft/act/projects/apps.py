"""App of projects."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "weft.act.projects"
    label = "projects"
    verbose_name = "Projects"

    def ready(self) -> None:
        """Make the kinds known."""
        from weft.act.projects import kinds  # noqa: F401
