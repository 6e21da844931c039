"""App of audit trail."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "weft.people.audit"
    label = "audit"
    verbose_name = "Audit trail"
