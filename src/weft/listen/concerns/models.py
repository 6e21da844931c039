"""Concerns: what somebody said that may mean danger, sealed for the safeguarding lead, with what was done."""

from django.conf import settings
from django.db import models

from weft.core.columns import Said, SaidLine
from weft.core.keeping import Keeps, Until, What, Whom
from weft.provenance.models import Node


class ConcernState(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Dealt with, kept sealed"
    HANDED_BACK = "handed_back", "Handed back"


class Concern(models.Model):
    """One story or card that was passed on; its words stay in their own row, which no other page knows of."""

    keeps = Keeps(Whom.CONTRIBUTOR, What.SAFEGUARDING, Until.PROGRAMME)
    item = models.OneToOneField(Node, models.CASCADE, related_name="concern")
    state = models.CharField(max_length=12, choices=ConcernState.choices, default=ConcernState.OPEN)
    why = SaidLine(label="What worries you?", hint="Only the safeguarding lead reads this.", limit=400, blank=True)
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    passed_at = models.DateTimeField()

    class Meta:
        ordering = ["-passed_at", "id"]


class ConcernNote(models.Model):
    """What was done about a concern, by whom and when. Nothing is changed or taken out."""

    keeps = Keeps(Whom.CONTRIBUTOR, What.SAFEGUARDING, Until.PROGRAMME)
    concern = models.ForeignKey(Concern, models.CASCADE, related_name="notes")
    did = Said(
        label="What was done?",
        hint="Whom you spoke to, what was agreed, what comes next. Notes stay as they are.",
        rows=4,
        noun="The note",
        limit=2000,
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
