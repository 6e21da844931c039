"""App of insights."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "weft.learn.insights"
    label = "insights"
    verbose_name = "Insights"
