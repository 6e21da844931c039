"""Themes: what several people said, named in their own words. What a theme gathers are its links on the thread."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from weft.provenance.models import Node


class Theme(models.Model):
    """Stories and statements that say much the same."""

    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="theme")
    summary = models.TextField(max_length=2000, blank=True)
    gathered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_proposed_by_machine = models.BooleanField(default=False)
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    revision = models.PositiveIntegerField(default=1)
