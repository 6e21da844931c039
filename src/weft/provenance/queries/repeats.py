"""Where the words of an item are repeated, and which of those places are left alone when it is taken back."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model

from weft.core.columns import Asked, words_of
from weft.core.text import RUN, Runs, as_words
from weft.people.audit.models import Entry
from weft.people.programmes.models import Programme
from weft.provenance.models import Link, Node, SearchText
from weft.provenance.queries.panel import voices_behind
from weft.provenance.queries.trace import trace

# What is done to an item without a word of it changing. Contributors may mark an answer, so that must not count:
# whoever copied one into a story could touch it themselves.
WORDLESS = (
    "marked answer",
    "took back mark",
    "untied evidence",
    "moved section",
    "checked opinion map",
    "published problem statement",
    "closed conversation",
    "reopened conversation",
    "said who came",
)
FEWEST = 3
EVERYTHING = 100_000


@dataclass(frozen=True)
class Repeat:
    """One text or JSON column of one row that repeats some words."""

    table: type[Model]
    key: Any
    column: str
    value: Any
    node: UUID | None


def repeats(programme: Programme, runs: Runs) -> list[Repeat]:
    """Every place in a programme where these words stand. One query a column."""
    return [found for place in places() for found in _in_column(*place, programme, runs)]


@cache
def places() -> tuple[tuple[type[Model], str, str], ...]:
    """Every column in which words stand: its table, its name, and the way from a row to its programme."""
    ours = [model for model in apps.get_models() if words_of(model)]
    return tuple(
        (model, column, way)
        for model in ours
        for column in words_of(model)
        for way in cast(Asked, model._meta.get_field(column)).ways or (way_to_programme(model),)
    )


def way_to_programme(model: type[Model]) -> str:
    """The shortest way from a row to its programme over keys that are never empty."""
    if model is Programme:
        return "pk"
    ways: deque[tuple[type[Model], str]] = deque([(model, "")])
    while ways:
        table, before = ways.popleft()
        for column in table._meta.concrete_fields:
            if isinstance(column, ForeignKey) and not column.null:
                if column.related_model is Programme:
                    return f"{before}{column.name}"
                ways.append((column.related_model, f"{before}{column.name}__"))
    raise LookupError(f"No way leads from {model._meta.label} to a programme; say one at its columns of words.")


def _in_column(table: type[Model], column: str, via: str, programme: Programme, runs: Runs) -> Iterator[Repeat]:
    way = node_of(table, via)
    rows = table._default_manager.filter(**{via: programme.pk}).values_list("pk", column, way or "pk")
    for key, value, node in rows.iterator():
        if any(runs.spans(text) for text in texts_in(value)):
            yield Repeat(table, key, column, value, node if way else None)


def node_of(table: type[Model], via: str) -> str:
    """The way from a row to the item it belongs to, a part of the way to its programme; empty where there is none."""
    if table is Node:
        return "pk"
    way = via.rpartition("__")[0]
    for part in way.split("__") if way else ():
        table = table._meta.get_field(part).related_model  # type: ignore[assignment]
    return way if table is Node else ""


def texts_in(value: Any) -> Iterator[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)


def own_words(node: Node, *parts: str) -> str:
    """What an item says without what it repeats of the items that it rests on, which stays theirs."""
    sources = list(Link.objects.filter(target=node, withdrawn_at=None).values_list("source", flat=True))
    said = as_words(*parts)
    for words in (
        *SearchText.objects.filter(node__in=sources).values_list("body", flat=True),
        *Node.objects.filter(pk__in=sources).values_list("title", flat=True),
    ):
        theirs = Runs.of(words)
        said = theirs.redact(said, "\n") if theirs.size >= FEWEST else said
    return said


def to_take_out(node: Node, said: str) -> tuple[Runs, list[Repeat]]:
    """What of an item's words is to be taken out of other texts, and where.

    - Words that stood here before the item came, where nobody has changed anything since, are not its own: without
      this rule anybody could copy a page into a story, take the story back and so destroy the page.
    - What others said in their own words stays theirs.
    - Fewer words than make a run are taken only out of what rests on the item, and one or two not at all.
    """
    runs = Runs.of(said)
    if runs.size < FEWEST:
        return runs, []
    found = repeats(node.programme, runs)
    nodes = {one.pk: one for one in Node.objects.filter(pk__in={one.node for one in found if one.node})}
    below = set(trace(node.pk, "down", EVERYTHING).items)
    theirs = {key for key, voices in voices_behind(nodes.values()).items() if voices.words and key not in below}
    stood = _stood_before(node, found, nodes, below)
    for one in stood:
        for text in texts_in(one.value):
            runs = runs.without(text)
    near = [one for one in found if one.node not in theirs and one not in stood]
    if runs.size < RUN:
        near = [one for one in near if one.node in below]
    return runs, near


def _stood_before(node: Node, found: list[Repeat], nodes: dict[UUID, Node], below: set[UUID]) -> list[Repeat]:
    """Those of the places that were written before the item came and whose words nobody changed since. Two queries."""
    since: datetime = node.made_at
    entries = Entry.objects.filter(programme=node.programme)
    names = {_name(one, nodes) for one in found}
    later = entries.filter(at__gte=since, on__in=names).exclude(did__in=WORDLESS)
    touched = set(later.values_list("on", flat=True))
    older = set(entries.filter(at__lt=since, on__in=names).values_list("on", flat=True))
    return [
        one
        for one in found
        if one.node not in below
        and _name(one, nodes) not in touched
        and (nodes[one.node].made_at < since if one.node in nodes else _name(one, nodes) in older)
    ]


def _name(one: Repeat, nodes: dict[UUID, Node]) -> str:
    """What a row is called in the audit trail."""
    return nodes[one.node].code if one.node in nodes else f"{one.table._meta.label} {one.key}"
