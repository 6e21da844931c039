"""Reflections: what we tried, what happened, what we learned. What went otherwise weighs the same."""

from django.db import models

from weft.act.projects.models import Project
from weft.core.columns import Said
from weft.provenance.models import Item


class Outcome(models.TextChoices):
    AS_HOPED = "as_hoped", "Went as hoped"
    DIFFERENTLY = "differently", "Went differently"
    NOT_AT_ALL = "not_at_all", "Did not go as hoped"


class Reflection(Item):
    """One look back."""

    project = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="reflections")
    on = models.DateField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    tried = Said(limit=3000, blank=True)
    expected = Said(limit=3000, blank=True)
    happened = Said(limit=3000, blank=True)
    learned = Said(limit=3000)
    next = Said(limit=3000, blank=True)

    class Meta:
        ordering = ["on", "node_id"]
