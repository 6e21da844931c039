"""App of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "weft.people.accounts"
    label = "accounts"
    verbose_name = "Accounts"
