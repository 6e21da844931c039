"""Sources of every kind of knowledge, side by side and unranked, and the passages taken from them."""

from django.db import models

from weft.core.columns import NamedLine, OneOf, Said, SaidLine, WebAddress, Year
from weft.core.keeping import Holds, Keeps, Until, What, Whom
from weft.provenance.models import Item, Knowledge, Node, Unsealed


class SourceType(models.TextChoices):
    PAPER = "paper", "Academic paper"
    DATA = "data", Knowledge.ADMINISTRATIVE.label
    NOTE = "note", "Practice note"
    LIVED = "lived", "Lived-experience material"
    LOCAL = "local", Knowledge.LOCAL.label
    GREY = "grey", "Report or other grey literature"


HINTS: dict[str, str] = {
    SourceType.PAPER: "Something that researchers published.",
    SourceType.DATA: "Counts and records that somebody keeps anyway.",
    SourceType.NOTE: "What people who do the work have seen.",
    SourceType.LIVED: "What people told of their own lives, other than in a conversation here.",
    SourceType.LOCAL: "What is known in a place, written down or not.",
    SourceType.GREY: "A report, a plan, a page of an organisation.",
}


class Source(Item):
    """Something that somebody wrote down, counted or keeps in mind."""

    type = OneOf(label="What is it?", says="What it is.", max_length=10, choices=SourceType.choices, hints=HINTS)
    authors = NamedLine(label="Who made it?", says="Who wrote it.", noun="The authors", limit=300, blank=True)
    year = Year(label="Year", says="The year.", null=True, blank=True)
    publisher = NamedLine(
        label="Who published or keeps it?", says="Who published it.", noun="The publisher", limit=200, blank=True
    )
    url = WebAddress(label="Address on the web", says="Where it is on the web.", limit=500, blank=True)
    doi = NamedLine(label="DOI", says="Its DOI.", hint="Like 10.1234/abcd.", limit=120, blank=True)
    summary = Said(
        label="What does it say, in short?",
        says="What it says, in short.",
        noun="The summary",
        limit=4000,
        rows=4,
        blank=True,
    )
    text = Said(
        label="Its text, to take passages from",
        says="Its text, from which excerpts are taken.",
        hint="Paste what you may share. Leave out names and addresses of people.",
        noun="The text",
        limit=200_000,
        rows=10,
        blank=True,
    )
    fit_for = SaidLine(
        label="What is it fit for?",
        says="What it is good for.",
        hint="One sentence. Nothing is ranked.",
        noun="This",
        limit=600,
        blank=True,
    )
    limits = SaidLine(label="What are its limits?", says="What it cannot say.", noun="This", limit=600, blank=True)


class Excerpt(models.Model):
    """A passage of a source or a story: exact offsets in Unicode code points, end exclusive."""

    keeps = Keeps(Whom.CONTRIBUTOR, What.VOICE, Until.TAKEN_BACK, note=Holds(Whom.MEMBER, What.WORK, Until.TAKEN_BACK))
    node = models.OneToOneField(Node, models.PROTECT, primary_key=True, related_name="excerpt")
    of = models.ForeignKey(Node, models.PROTECT, related_name="excerpts")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = Said(says="The passage, exactly.", limit=5000, blank=True)
    note = SaidLine(label="Why does it matter?", says="A remark on it.", noun="The note", limit=600, blank=True)

    objects = Unsealed["Excerpt"]()
    every = models.Manager["Excerpt"]()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="excerpt_is_not_empty")
        ]
        ordering = ["start", "end", "node_id"]
