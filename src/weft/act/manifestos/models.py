"""Manifestos and asks: to a named role, on a date; silence is shown."""

from django.db import models

from weft.core.columns import NamedLine, Said, SaidLine
from weft.people.programmes.models import Organisation, Place
from weft.provenance.models import AskState, Item


class Manifesto(Item):
    """What a group of people asks for, together."""

    preamble = Said(limit=6000, blank=True)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="manifestos")
    made_with = SaidLine(limit=300, blank=True)


class Ask(Item):
    """One ask. `state` follows the events and the answer; no reply is how long it has been `asked`."""

    manifesto = models.ForeignKey(Manifesto, models.SET_NULL, null=True, blank=True, related_name="asks")
    text = Said(limit=3000)
    to_role = NamedLine(limit=160)
    to_organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="asks")
    asked_on = models.DateField()
    answer_by = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=14, choices=AskState.choices, default=AskState.ASKED)
    state_on = models.DateField()

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
    note = SaidLine(limit=400, blank=True)

    class Meta:
        ordering = ["on", "id"]
