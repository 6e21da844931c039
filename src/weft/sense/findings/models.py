"""Findings (claims with what supports and what contradicts them) and gaps (what is not known)."""

from django.db import models

from weft.core.columns import Said, SaidLine
from weft.provenance.models import Item, Node


class Worry(models.IntegerChoices):
    FEW = 1, "Few worries"
    SOME = 2, "Some worries"
    MANY = 3, "Many worries"


class Finding(Item):
    """A claim. Evidence for and against are its links; confidence is four plain questions after GRADE-CERQual."""

    text = Said(
        label="More about it",
        says="The claim in full, in Markdown with citations.",
        noun="The text",
        limit=6000,
        rows=8,
        blank=True,
        cites=True,
    )
    method_worry = models.PositiveSmallIntegerField(choices=Worry.choices, null=True, blank=True)
    method_reason = SaidLine(limit=600, blank=True)
    coherence_worry = models.PositiveSmallIntegerField(choices=Worry.choices, null=True, blank=True)
    coherence_reason = SaidLine(limit=600, blank=True)
    adequacy_worry = models.PositiveSmallIntegerField(choices=Worry.choices, null=True, blank=True)
    adequacy_reason = SaidLine(limit=600, blank=True)
    relevance_worry = models.PositiveSmallIntegerField(choices=Worry.choices, null=True, blank=True)
    relevance_reason = SaidLine(limit=600, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    asked_revision = models.PositiveIntegerField(default=1)


class Gap(Item):
    """What is not known: open, or closed by named evidence."""

    text = Said(
        label="More about it",
        says="More about it, in Markdown with citations.",
        noun="The text",
        limit=4000,
        rows=6,
        blank=True,
        cites=True,
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Node, models.PROTECT, null=True, blank=True, related_name="+")
    closed_how = SaidLine(limit=600, blank=True)

    @property
    def is_open(self) -> bool:
        """Whether it is still not known."""
        return self.closed_at is None
