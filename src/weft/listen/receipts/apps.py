"""App of receipts."""

from django.apps import AppConfig


class ReceiptsConfig(AppConfig):
    name = "weft.listen.receipts"
    label = "receipts"
    verbose_name = "Receipts"
