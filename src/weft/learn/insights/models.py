"""Insights (what several teams learned, with the cases that contradict it) and recommendations that rest on them."""

from uuid import uuid4

from django.db import models

from weft.act.manifestos.models import AskState
from weft.provenance.models import Node


class Insight(models.Model):
    """What several teams learned. What it rests on and what contradicts it are its links."""

    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="insight")
    text = models.TextField(max_length=6000, blank=True)
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    revision = models.PositiveIntegerField(default=1)


class Recommendation(models.Model):
    """What somebody named should do, resting on insights."""

    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="recommendation")
    text = models.TextField(max_length=4000)
    to_role = models.CharField(max_length=160)
    made_on = models.DateField()
    state = models.CharField(max_length=14, choices=AskState.choices, default=AskState.ASKED)
    state_on = models.DateField()
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    revision = models.PositiveIntegerField(default=1)
