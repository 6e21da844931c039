"""App of the page: search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "weft.pages.search"
    label = "search"
