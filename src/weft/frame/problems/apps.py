"""App of problem statements."""

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "weft.frame.problems"
    label = "problems"
    verbose_name = "Problem statements"

    def ready(self) -> None:
        """Make the kinds known."""
        from weft.frame.problems import kinds  # noqa: F401
