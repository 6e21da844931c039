"""App of leads."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "weft.people.leads"
    label = "leads"
    verbose_name = "Leads"
