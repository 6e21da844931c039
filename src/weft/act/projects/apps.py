"""App of projects."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "weft.act.projects"
    label = "projects"
    verbose_name = "Projects"
