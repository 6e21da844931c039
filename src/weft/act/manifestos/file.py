"""Manifestos and asks in the programme file, with what happened until the answer."""

from datetime import datetime
from typing import Any, Literal

from weft.act.manifestos.actions import make_ask, note_event
from weft.act.manifestos.models import Ask
from weft.act.manifestos.nouns import ASK, MANIFESTO
from weft.filing.items import part_of
from weft.filing.lines import Path
from weft.filing.loading import Loading
from weft.filing.parts import Day, Part, may, need
from weft.filing.writing import put
from weft.provenance.file import Dumping, facts, filed, person, ties, told
from weft.provenance.models import Node, Relation

ORDER = ("text", "to_role", "to_organisation", "asked_on", "answer_by", "manifesto")


class Event(Part):
    """Something that happened between asking and the answer."""

    kind: Literal["acknowledged", "asked_again"] = need("What happened.")
    on: Day = need("When.")
    note: str = may("", "A remark on it.", 400)


PART = part_of(ASK, order=ORDER, events=(list[Event], may([], "What happened since, in any order.")))


def load(load: Loading, item: Any, path: Path) -> Node:
    """Ask, and say what happened since."""
    made = make_ask(**told(load, item), **facts(load, item), sources=ties(load, item, Relation.INFORMS))
    for number, event in sorted(enumerate(item.events), key=lambda pair: pair[1].on):
        with load.at(*path, "events", number):
            note_event(by=person(load, item.by), row=made, kind=event.kind, on=event.on, note=event.note)
    return made.node


def dump(dump: Dumping, node: Node, row: Ask) -> dict[str, Any]:
    """The keys of an ask."""
    events = [put(Event, kind=one.kind, on=one.on, note=one.note) for one in row.events.order_by("on", "id")]
    keys = dump.titled(node, Relation.INFORMS, without=dump.wholes(row))
    return put(PART, **keys, **dump.values(row), events=events)


def empty(at: datetime) -> dict[str, Any]:
    """What an ask is made with of which only the tombstone is left."""
    return {"text": "", "to_role": "", "asked_on": at.date()}


filed(MANIFESTO, part_of(MANIFESTO, order=["preamble", "place"]), empty=lambda at: {}, joined=("place",))
filed(ASK, PART, load=load, dump=dump, empty=empty, joined=("to_organisation",))
