"""Sources of every kind of knowledge, side by side and unranked, and the passages taken from them."""

from uuid import uuid4

from django.db import models

from weft.provenance.models import Node


class SourceType(models.TextChoices):
    PAPER = "paper", "Academic paper"
    DATA = "data", "Administrative data"
    NOTE = "note", "Practice note"
    LIVED = "lived", "Lived-experience material"
    LOCAL = "local", "Local knowledge"
    GREY = "grey", "Report or other grey literature"


class Source(models.Model):
    """Something that somebody wrote down, counted or keeps in mind."""

    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="source")
    type = models.CharField(max_length=10, choices=SourceType.choices)
    authors = models.CharField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)
    doi = models.CharField(max_length=120, blank=True)
    summary = models.TextField(max_length=4000, blank=True)
    text = models.TextField(max_length=200_000, blank=True)
    fit_for = models.CharField(max_length=600, blank=True)
    limits = models.CharField(max_length=600, blank=True)
    revision = models.PositiveIntegerField(default=1)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)


class Excerpt(models.Model):
    """A passage of a source or a story: exact offsets in Unicode code points, end exclusive."""

    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="excerpt")
    of = models.ForeignKey(Node, models.PROTECT, related_name="excerpts")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(max_length=5000, blank=True)
    note = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="excerpt_is_not_empty")
        ]
        ordering = ["start", "end", "node_id"]
