"""App of problem statements."""

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "weft.frame.problems"
    label = "problems"
    verbose_name = "Problem statements"
