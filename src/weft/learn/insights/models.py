"""Insights (what several teams learned, with the cases that contradict it) and recommendations that rest on them."""

from django.db import models

from weft.core.columns import Day, NamedLine, Said
from weft.provenance.models import AskState, Item


class Insight(Item):
    """What several teams learned. What it rests on and what contradicts it are its links."""

    text = Said(
        label="More about it",
        says="The insight in full, in Markdown with citations.",
        noun="The text",
        limit=6000,
        rows=8,
        blank=True,
        cites=True,
    )


class Recommendation(Item):
    """What somebody named should do, resting on insights."""

    text = Said(
        label="More about it",
        says="What should be done, in Markdown with citations.",
        noun="The text",
        limit=4000,
        rows=6,
        cites=True,
    )
    to_role = NamedLine(
        label="To whom?", says="Who should do it, by role.", hint="A role, like: directors of public health.", limit=160
    )
    made_on = Day(says="The day; the day of `made_at`.")
    state = models.CharField(max_length=14, choices=AskState.choices, default=AskState.ASKED)
    state_on = models.DateField()
