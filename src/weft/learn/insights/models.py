"""Insights (what several teams learned, with the cases that contradict it) and recommendations that rest on them."""

from django.db import models

from weft.core.columns import NamedLine, Said
from weft.provenance.models import AskState, Item


class Insight(Item):
    """What several teams learned. What it rests on and what contradicts it are its links."""

    text = Said(limit=6000, blank=True)


class Recommendation(Item):
    """What somebody named should do, resting on insights."""

    text = Said(limit=4000)
    to_role = NamedLine(limit=160)
    made_on = models.DateField()
    state = models.CharField(max_length=14, choices=AskState.choices, default=AskState.ASKED)
    state_on = models.DateField()
