"""Reflections: what we tried, what happened, what we learned. What went otherwise weighs the same."""

from django.db import models

from weft.act.projects.models import Project
from weft.core.columns import Day, OneOf, PartOf, Said
from weft.provenance.models import Item


class Outcome(models.TextChoices):
    AS_HOPED = "as_hoped", "Went as hoped"
    DIFFERENTLY = "differently", "Went differently"
    NOT_AT_ALL = "not_at_all", "Did not go as hoped"


class Reflection(Item):
    """One look back."""

    project = PartOf(
        Project,
        models.SET_NULL,
        by="produced",
        label="On which project?",
        says="The project it looks back on.",
        nothing="On the work as a whole",
        null=True,
        blank=True,
        related_name="reflections",
    )
    on = Day(label="When?", says="The day of looking back.")
    outcome = OneOf(
        label="How did it go?", says="How it went. All weigh the same.", max_length=12, choices=Outcome.choices
    )
    tried = Said(label="What did we try?", says="What was tried.", hint="", limit=3000, rows=2, blank=True, cites=True)
    expected = Said(
        label="What did we hope?", says="What was expected.", hint="", limit=3000, rows=2, blank=True, cites=True
    )
    happened = Said(label="What happened?", says="What happened.", hint="", limit=3000, rows=2, blank=True, cites=True)
    learned = Said(label="What did we learn?", says="What was learned.", limit=3000, rows=4, cites=True)
    next = Said(label="What next?", says="What comes next.", hint="", limit=3000, rows=2, blank=True, cites=True)

    class Meta:
        ordering = ["on", "node_id"]
