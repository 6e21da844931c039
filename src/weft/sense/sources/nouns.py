"""What this area declares of its nouns."""

from weft.provenance.registry import SENSE, Passage, Use, noun, tab
from weft.sense.sources import queries
from weft.sense.sources.actions import (
    add_source,
    edit_source,
    follow_text,
    take_excerpt,
    withdraw_excerpt,
    withdraw_source,
)
from weft.sense.sources.models import Excerpt, Source

SOURCE = noun(
    Source,
    prefix="S",
    of_programme=True,
    stage=SENSE,
    is_leaf=True,
    leaves="The passages taken from it go with it. Texts that repeat its words are cut there.",
    serves=(Use.EVIDENCE, Use.TEXT),
    make=add_source,
    edit=edit_source,
    take_back=withdraw_source,
)
EXCERPT = noun(
    Excerpt,
    prefix="Q",
    of_programme=True,
    stage=SENSE,
    is_leaf=True,
    called="passage",
    leaves="What it was taken from stays.",
    rests_by="quotes",
    serves=(Use.VOICE, Use.EVIDENCE),
    make=take_excerpt,
    take_back=withdraw_excerpt,
    passage=Passage(words="quote", of="of"),
    follow_text=follow_text,
)
tab(SENSE, "sources/_workspace.html", queries.workspace, queries.jobs, place=1)
