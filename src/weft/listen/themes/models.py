"""Themes: what several people said, named in their own words. What a theme gathers are its links on the thread."""

from django.conf import settings
from django.db import models

from weft.core.columns import Named, Said, Tick
from weft.provenance.models import Item


class Theme(Item):
    """Stories and statements that say much the same."""

    summary = Said(label="More about it", says="What they said, in a few sentences.", limit=2000, blank=True)
    gathered_by = Named(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        says="Who gathered it; `by`.",
        null=True,
        blank=True,
        related_name="+",
    )
    is_proposed_by_machine = Tick(says="Whether a machine proposed it and somebody agreed.", default=False)
