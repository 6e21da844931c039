"""Manifestos and asks: to a named role, on a date; silence is shown."""

from django.db import models

from weft.core.columns import Day, Named, NamedLine, PartOf, Said, SaidLine
from weft.core.keeping import Keeps, Until, What, Whom
from weft.people.programmes.models import Organisation, Place
from weft.provenance.models import AskState, Item


class Manifesto(Item):
    """What a group of people asks for, together."""

    preamble = Said(
        label="Why we ask",
        says="What stands before the asks, in Markdown with citations.",
        limit=6000,
        rows=8,
        blank=True,
        cites=True,
    )
    made_with = SaidLine(
        label="Who made it?",
        says="Who made it.",
        hint="Like: 24 young people in two towns.",
        limit=300,
        blank=True,
    )
    place = Named(
        Place,
        models.SET_NULL,
        label="For which place?",
        says="The place it is for.",
        nothing="No one place",
        null=True,
        blank=True,
        related_name="manifestos",
    )


class Ask(Item):
    """One ask. `state` follows the events and the answer; no reply is how long it has been `asked`."""

    text = Said(
        label="More about it, and why", says="What is asked, in Markdown with citations.", limit=3000, cites=True
    )
    to_role = NamedLine(
        label="Whom do you ask?", says="Who is asked, by role.", hint="A role, like: head of transport.", limit=160
    )
    to_organisation = Named(
        Organisation,
        models.SET_NULL,
        label="Of which organisation?",
        says="Their organisation.",
        nothing="Not one of these",
        null=True,
        blank=True,
        related_name="asks",
    )
    manifesto = PartOf(
        Manifesto,
        models.SET_NULL,
        label="Is it part of a manifesto?",
        says="The manifesto it belongs to.",
        nothing="No",
        null=True,
        blank=True,
        related_name="asks",
    )
    asked_on = Day(label="Asked on", says="When it was asked.")
    answer_by = Day(label="Answer wanted by", says="When an answer is hoped for.", null=True, blank=True)
    state = models.CharField(max_length=14, choices=AskState.choices, default=AskState.ASKED)
    state_on = models.DateField()

    class Meta:
        ordering = ["asked_on", "node_id"]


class AskEventKind(models.TextChoices):
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ASKED_AGAIN = "asked_again", "Asked again"


class AskEvent(models.Model):
    """Something that happened to an ask between asking and the answer."""

    keeps = Keeps(Whom.MEMBER, What.WORK, Until.TAKEN_BACK)
    ask = models.ForeignKey(Ask, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=14, choices=AskEventKind.choices)
    on = models.DateField()
    note = SaidLine(limit=400, blank=True)

    class Meta:
        ordering = ["on", "id"]
