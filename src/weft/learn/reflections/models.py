"""Reflections: what we tried, what happened, what we learned. What went otherwise weighs the same."""

from django.db import models

from weft.act.projects.models import Project
from weft.provenance.models import Node


class Outcome(models.TextChoices):
    AS_HOPED = "as_hoped", "Went as hoped"
    DIFFERENTLY = "differently", "Went differently"
    NOT_AT_ALL = "not_at_all", "Did not go as hoped"


class Reflection(models.Model):
    """One look back."""

    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="reflection")
    project = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="reflections")
    on = models.DateField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    tried = models.TextField(max_length=3000, blank=True)
    expected = models.TextField(max_length=3000, blank=True)
    happened = models.TextField(max_length=3000, blank=True)
    learned = models.TextField(max_length=3000)
    next = models.TextField(max_length=3000, blank=True)
    key = models.UUIDField(unique=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["on", "node_id"]
