"""App of reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "weft.share.reports"
    label = "reports"
    verbose_name = "Reports"
