"""App of responses."""

from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "weft.share.responses"
    label = "responses"
    verbose_name = "Responses"
