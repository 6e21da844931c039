"""Sources of every kind of knowledge, side by side and unranked, and the passages taken from them."""

from django.db import models

from weft.core.columns import NamedLine, Said, SaidLine, WebAddress
from weft.provenance.models import Item, Node


class SourceType(models.TextChoices):
    PAPER = "paper", "Academic paper"
    DATA = "data", "Administrative data"
    NOTE = "note", "Practice note"
    LIVED = "lived", "Lived-experience material"
    LOCAL = "local", "Local knowledge"
    GREY = "grey", "Report or other grey literature"


class Source(Item):
    """Something that somebody wrote down, counted or keeps in mind."""

    type = models.CharField(max_length=10, choices=SourceType.choices)
    authors = NamedLine(limit=300, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    publisher = NamedLine(limit=200, blank=True)
    url = WebAddress(limit=500, blank=True)
    doi = NamedLine(limit=120, blank=True)
    summary = Said(limit=4000, blank=True)
    text = Said(limit=200_000, blank=True)
    fit_for = SaidLine(limit=600, blank=True)
    limits = SaidLine(limit=600, blank=True)


class Excerpt(models.Model):
    """A passage of a source or a story: exact offsets in Unicode code points, end exclusive."""

    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="excerpt")
    of = models.ForeignKey(Node, models.PROTECT, related_name="excerpts")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = Said(limit=5000, blank=True)
    note = SaidLine(limit=600, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="excerpt_is_not_empty")
        ]
        ordering = ["start", "end", "node_id"]
