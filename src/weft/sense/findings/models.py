"""Findings (claims with what supports and what contradicts them) and gaps (what is not known)."""

from uuid import uuid4

from django.db import models

from weft.provenance.models import Node


class Worry(models.IntegerChoices):
    FEW = 1, "Few worries"
    SOME = 2, "Some worries"
    MANY = 3, "Many worries"


class Finding(models.Model):
    """A claim. Evidence for and against are its links; confidence is four plain questions after GRADE-CERQual."""

    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="finding")
    text = models.TextField(max_length=6000, blank=True)
    method_worry = models.PositiveSmallIntegerField(choices=Worry.choices, null=True, blank=True)
    method_reason = models.CharField(max_length=600, blank=True)
    coherence_worry = models.PositiveSmallIntegerField(choices=Worry.choices, null=True, blank=True)
    coherence_reason = models.CharField(max_length=600, blank=True)
    adequacy_worry = models.PositiveSmallIntegerField(choices=Worry.choices, null=True, blank=True)
    adequacy_reason = models.CharField(max_length=600, blank=True)
    relevance_worry = models.PositiveSmallIntegerField(choices=Worry.choices, null=True, blank=True)
    relevance_reason = models.CharField(max_length=600, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    asked_revision = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=1)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)


class Gap(models.Model):
    """What is not known: open, or closed by named evidence."""

    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="gap")
    text = models.TextField(max_length=4000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Node, models.PROTECT, null=True, blank=True, related_name="+")
    closed_how = models.CharField(max_length=600, blank=True)
    revision = models.PositiveIntegerField(default=1)
    key = models.UUIDField(default=uuid4, unique=True, editable=False)

    @property
    def is_open(self) -> bool:
        """Whether it is still not known."""
        return self.closed_at is None
