"""Where the words of an item are repeated in what came of it."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model

from weft.core.columns import Asked, words_of
from weft.core.text import Runs, as_words
from weft.people.programmes.models import Programme
from weft.provenance.models import Link, Node, SearchText
from weft.provenance.queries.trace import came_of
from weft.provenance.registry import DRAFTS, NOUNS

FEWEST = 3


@dataclass(frozen=True)
class Repeat:
    """One text or JSON column of one row that repeats some words; a draft is part of no item yet."""

    table: type[Model]
    key: Any
    column: str
    value: Any
    node: UUID | None


def repeats(node: Node, runs: Runs) -> list[Repeat]:
    """Every place in what came of an item where these words stand, one or two words left alone.

    What did not come of it is never looked at, whatever it says: otherwise anybody could say the words of others
    again, take that back, and so take theirs away.
    """
    if runs.size < FEWEST:
        return []
    below = came_of(node.pk)
    kinds = dict(Node.every.filter(pk__in=below).values_list("code", "kind"))
    held = {None, *kinds.values()} if below else set()
    found = [
        one
        for table, column, way in item_places()
        if kind_of(table) in held
        for one in _in_column(table, column, way, runs, {f"{way}__in": below})
    ]
    codes = {node.code, *kinds}
    for draft in DRAFTS:
        if codes & draft.cites(node.programme):
            for table in draft.tables:
                whole = {way_to_programme(table): node.programme_id}
                found += [one for column in words_of(table) for one in _in_column(table, column, "", runs, whole)]
    return found


@cache
def item_places() -> tuple[tuple[type[Model], str, str], ...]:
    """Every column of an item in which words stand: its table, its name, and the way from a row to its item."""
    ours = [model for model in apps.get_models() if words_of(model)]
    every = (
        (model, column, node_of(model, way))
        for model in ours
        for column in words_of(model)
        for way in cast(Asked, model._meta.get_field(column)).ways or (way_to_programme(model),)
    )
    return tuple(place for place in every if place[2])


@cache
def kind_of(table: type[Model]) -> str | None:
    """The kind of item that alone has rows in a table; none where items of every kind may have some."""
    kinds = [noun.key for noun in NOUNS.values() if noun.model is table or table in noun.parts]
    return kinds[0] if len(kinds) == 1 else None


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


def _in_column(table: type[Model], column: str, way: str, runs: Runs, which: Mapping[str, object]) -> Iterator[Repeat]:
    rows = table._base_manager.filter(**which).values_list("pk", column, way or "pk")
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
