"""App of manifestos."""

from django.apps import AppConfig


class ManifestosConfig(AppConfig):
    name = "weft.act.manifestos"
    label = "manifestos"
    verbose_name = "Manifestos"
