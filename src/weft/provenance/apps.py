"""App of the thread."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProvenanceConfig(AppConfig):
    name = "weft.provenance"
    label = "provenance"
    verbose_name = "The thread"

    def ready(self) -> None:
        """Let each room declare its nouns, in the order of the rooms."""
        autodiscover_modules("nouns")
