"""App of the thread."""

from django.apps import AppConfig


class ProvenanceConfig(AppConfig):
    name = "weft.provenance"
    label = "provenance"
    verbose_name = "The thread"
