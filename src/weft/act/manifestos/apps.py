"""App of manifestos."""

from django.apps import AppConfig


class ManifestosConfig(AppConfig):
    name = "weft.act.manifestos"
    label = "manifestos"
    verbose_name = "Manifestos"

    def ready(self) -> None:
        """Make the kinds known."""
        from weft.act.manifestos import kinds  # noqa: F401
