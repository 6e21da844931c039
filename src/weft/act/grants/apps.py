"""App of grants."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "weft.act.grants"
    label = "grants"
    verbose_name = "Grants"
