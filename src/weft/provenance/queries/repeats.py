"""Where the words of an item are repeated in what came of it."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Max, Model

from weft.core.columns import Asked, words_of
from weft.core.text import Runs, Whose, as_words
from weft.people.audit.models import Entry
from weft.people.programmes.models import Programme
from weft.provenance.models import Link, Node, SearchText
from weft.provenance.queries.trace import came_of
from weft.provenance.registry import DRAFTS, NOUNS

FEWEST = 3


class Spoken(NamedTuple):
    """An item, and its words as they are known again."""

    node: Node
    runs: Runs


@dataclass(frozen=True)
class Repeat:
    """One text or JSON column of one row, and whose words it repeats; a draft is part of no item yet."""

    table: type[Model]
    key: Any
    column: str
    node: UUID | None
    of: tuple[Spoken, ...]


def repeats(said: Iterable[tuple[Node, str]], fewest: int = FEWEST) -> list[Repeat]:
    """Every place in what came of some items of a programme where their words stand, fewer than `fewest` left alone.

    What did not come of an item is never looked at for its words, whatever it says: otherwise anybody could say the
    words of others again, take that back, and so take theirs away.
    """
    spoken = [one for one in (Spoken(node, Runs.of(words)) for node, words in said) if one.runs.size >= fewest]
    if not spoken:
        return []
    below = came_of({one.node.pk for one in spoken})
    whose = Whose(one.runs for one in spoken)

    def of(text_or_json: Any, place: UUID) -> tuple[Spoken, ...]:
        numbers = {number for text in texts_in(text_or_json) for number in whose.repeated_in(text)}
        return tuple(spoken[number] for number in sorted(numbers) if place in below[spoken[number].node.pk])

    places = set[UUID]().union(*below.values())
    kinds = {node: (code, kind) for node, code, kind in _kinds(places)}
    held = {None, *(kind for _, kind in kinds.values())} if places else set()
    found = [
        Repeat(table, key, column, node, those)
        for table, column, way in item_places()
        if kind_of(table) in held
        for key, value, node in _rows(table, column, way, {f"{way}__in": places})
        if (those := of(value, node))
    ]
    found = _without_older(found)
    return found + _in_drafts(spoken, whose, {node: code for node, (code, _) in kinds.items()}, below)


def _without_older(found: list[Repeat]) -> list[Repeat]:
    """Those that may repeat what was said: not what stood there before it was said and was never changed since.

    Otherwise whoever copies a public text into a story, and is gathered with it, could take the text away.
    """
    nodes = {node.pk: node for node in Node.every.filter(pk__in={one.node for one in found})}
    entries = Entry.objects.filter(programme__in={node.programme_id for node in nodes.values()})
    touched = entries.filter(on__in={node.code for node in nodes.values()}).order_by().values_list("on")
    last: dict[str, datetime] = dict(touched.annotate(last=Max("at")))
    kept = []
    for one in found:
        place = nodes[cast(UUID, one.node)]
        since = max(place.made_at, last.get(place.code, place.made_at))
        if of := tuple(spoken for spoken in one.of if spoken.node.made_at <= since):
            kept.append(replace(one, of=of))
    return kept


def _kinds(places: Collection[UUID]) -> Iterator[tuple[UUID, str, str]]:
    yield from Node.every.filter(pk__in=places).values_list("pk", "code", "kind")


def _in_drafts(
    spoken: Sequence[Spoken], whose: Whose, codes: Mapping[UUID, str], below: Mapping[UUID, set[UUID]]
) -> list[Repeat]:
    """The same in drafts: one comes of each item that it cites, and of what that came of."""
    programme, found = spoken[0].node.programme, []
    for draft in DRAFTS:
        cited = draft.cites(programme)
        ours = {
            number
            for number, one in enumerate(spoken)
            if one.node.code in cited or any(codes[node] in cited for node in below[one.node.pk])
        }
        for table in draft.tables if ours else ():
            for column in words_of(table):
                for key, value, _ in _rows(table, column, "", {way_to_programme(table): programme.pk}):
                    numbers = {number for text in texts_in(value) for number in whose.repeated_in(text)} & ours
                    if numbers:
                        found.append(Repeat(table, key, column, None, tuple(spoken[n] for n in sorted(numbers))))
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


def _rows(table: type[Model], column: str, way: str, which: Mapping[str, object]) -> Iterator[tuple[Any, Any, Any]]:
    """The key, what stands in a column, and the item, of some rows."""
    yield from table._base_manager.filter(**which).values_list("pk", column, way or "pk").iterator()


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
