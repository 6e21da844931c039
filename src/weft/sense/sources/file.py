"""Sources and the passages taken from them, in the programme file."""

from typing import Any

from weft.core.errors import Refused
from weft.filing.items import Item, part_of
from weft.filing.lines import Path
from weft.filing.loading import Loading
from weft.filing.parts import ItemCode, may, need
from weft.filing.writing import put
from weft.provenance.file import Dumping, filed, origin_of, person, tie
from weft.provenance.models import Knowledge, Node, Relation
from weft.provenance.registry import Use
from weft.sense.sources.actions import KNOWLEDGE, take_excerpt
from weft.sense.sources.models import Excerpt, Source, SourceType
from weft.sense.sources.nouns import EXCERPT, SOURCE
from weft.sense.sources.queries import places_of, text_of

MOST_PLACES = 10
TAKEN_BACK = "(words taken back on "
START = "Where it begins, in characters counted from 0; needed, with `end`, only if the passage stands there twice."
SOURCES = part_of(SOURCE)
EXCERPTS = part_of(
    EXCERPT,
    Item,
    ["of", "quote", "start", "end", "note"],
    of=(ItemCode, need("What it is taken from: a source or a story.")),
    quote=(str, need("The passage, exactly.", 5000)),
    start=(int | None, may(None, START, ge=0)),
    end=(int | None, may(None, "The position after its last character.", ge=1)),
)


def dump_source(dump: Dumping, node: Node, row: Source) -> dict[str, Any]:
    """The keys of a source, whose kind of knowledge follows from its type."""
    keys = dump.titled(node, Relation.INFORMS, knowledge=KNOWLEDGE[SourceType(row.type)])
    return put(SOURCES, **keys, **dump.values(row))


def load_excerpt(load: Loading, item: Any, path: Path) -> Node:
    """Take a passage where its words stand."""
    of: Node = load.rows["items"][item.of]
    if Use.TEXT not in of.about.serves:
        raise Refused(f"{item.of} is a {of.about.said}; a source or a story was expected.", field="of")
    start, end, quote = _place(item, text_of(of))
    by, origin = person(load, item.by), origin_of(load, item)
    where: dict[str, Any] = {"start": start, "end": end, "quote": quote}
    team = load.rows["teams"][item.team] if item.team else None
    made = take_excerpt(by=by, of=of, **where, note=item.note, team=team, origin=origin)
    if made.node.code != item.code:
        raise Refused(f"{made.node.code} is the same passage.", field="quote")
    return tie(load, made.node, item, Relation.INFORMS)


def _place(item: Any, text: str) -> tuple[int, int, str | None]:
    if item.start is not None and item.end is not None:
        if text[item.start : item.end] == item.quote:
            return item.start, item.end, None
        if TAKEN_BACK in item.quote + text:
            return item.start, item.end, item.quote
    places = places_of(text, item.quote)
    where = " or ".join(f"start: {start}, end: {end}" for start, end in places[:MOST_PLACES])
    if not places:
        raise Refused(f"the passage does not stand in {item.of}; check it letter by letter.", field="quote")
    if item.start is not None or item.end is not None:
        raise Refused(f"the passage does not stand there in {item.of}. It has {where}, counted from 0.", field="start")
    if len(places) > 1:
        said = f"the passage stands in {item.of} {len(places)} times. Say which: {where}, counted from 0."
        raise Refused(said, field="quote")
    return *places[0], None


def dump_excerpt(dump: Dumping, node: Node, row: Excerpt) -> dict[str, Any]:
    """The keys of a passage, with its place only where its words stand in several."""
    of = dump.nodes[row.of_id]
    stands = places_of(text_of(of), row.quote) == [(row.start, row.end)]
    keys = dump.common(
        node,
        Relation.INFORMS,
        visible=of.visibility,
        layer=of.layer,
        knowledge=of.knowledge_kind or (Knowledge.LIVED if of.kind == "story" else ""),
        without=[(of.code, Relation.QUOTES)],
    )
    places = {} if stands else {"start": row.start, "end": row.end}
    team = node.team.slug if node.team and of.team_id is None else None
    return put(EXCERPTS, **keys, team=team, of=of.code, quote=row.quote, note=row.note, **places)


filed(SOURCE, SOURCES, dump=dump_source)
filed(EXCERPT, EXCERPTS, load=load_excerpt, dump=dump_excerpt)
