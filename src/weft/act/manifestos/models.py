"""Manifestos and asks: to a named role, on a date; silence is shown."""

from uuid import uuid4

from django.db import models

from weft.people.programmes.models import Organisation, Place
from weft.provenance.models import Node


class Manifesto(models.Model):
    """What a group of people asks for, together."""

    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="manifesto")
    preamble = models.TextField(max_length=6000, blank=True)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="manifestos")
    made_with = models.CharField(max_length=300, blank=True)
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    revision = models.PositiveIntegerField(default=1)


class AskState(models.TextChoices):
    ASKED = "asked", "Asked"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No, with reasons"


class Ask(models.Model):
    """One ask. `state` follows the events and the answer; no reply is how long it has been `asked`."""

    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="ask")
    manifesto = models.ForeignKey(Manifesto, models.SET_NULL, null=True, blank=True, related_name="asks")
    text = models.TextField(max_length=3000)
    to_role = models.CharField(max_length=160)
    to_organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="asks")
    asked_on = models.DateField()
    answer_by = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=14, choices=AskState.choices, default=AskState.ASKED)
    state_on = models.DateField()
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["asked_on", "node_id"]


class AskEventKind(models.TextChoices):
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ASKED_AGAIN = "asked_again", "Asked again"


class AskEvent(models.Model):
    """Something that happened to an ask between asking and the answer."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=14, choices=AskEventKind.choices)
    on = models.DateField()
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["on", "id"]
