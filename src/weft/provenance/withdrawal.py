"""Taking back: what was said leaves its row, what quotes it, and the texts of what came of it.

Each of these runs inside the transaction of the action that calls it, or in one of its own.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, JSONField, QuerySet, TextField
from django.utils import timezone

from weft.core.sqlite.erasing import erase_thoroughly
from weft.provenance import journal, queries
from weft.provenance.masks import let_go_of_old, mask
from weft.provenance.models import EarlierText, Link, Mask, Node, Relation, SearchText
from weft.provenance.queries import Repeat
from weft.provenance.registry import Noun, way_to

Words = tuple[Node, str]
_taken: ContextVar[list[Words] | None] = ContextVar("taken", default=None)


def withdraw(*, node: Node, said: str, at: datetime | None = None) -> list[Node]:
    """Leave a tombstone of an item and take its words out of what came of it.

    `said` is what the item held. Items that quote it directly fall with it. Returns every item that was withdrawn.
    Every text of its row and parts is emptied; what else they hold its own action erases.
    """
    return withdraw_all([node], [(node, said)], at=at)


def withdraw_all(nodes: Collection[Node], said: Sequence[Words], at: datetime | None = None) -> list[Node]:
    """The same for several items of one programme at once; `said` has each text that one of them held with its item."""
    with forgetting(at=at) as taken:
        own = {node.pk: node for node in nodes}
        fallen = {**own, **{one.pk: one for one in _quoting(own)}}
        _fall([*fallen.values()], at or timezone.now())
        taken += said
        return [*fallen.values()]


def unquote(*, node: Node, said: Sequence[Words], at: datetime | None = None) -> list[Node]:
    """Take the words that somebody said in an item out of what came of it: what quotes it falls. Returns what fell.

    The item stands, so that somebody still says them there, and there they are left alone.
    """
    with forgetting(at=at) as taken:
        fallen = _quoting([node.pk])
        _fall(fallen, at or timezone.now())
        taken += said
        return fallen


def unsign(*, node: Node, described: str, at: datetime | None = None) -> None:
    """Take the words by which the teller of an item is described out of what came of it."""
    with forgetting(at=at) as taken:
        taken.append((node, described))


@contextmanager
def forgetting(known: Sequence[Words] = (), at: datetime | None = None) -> Iterator[list[Words]]:
    """A transaction in which words are taken back: what they are is added to the list that is given.

    When it ends, they leave what came of their items, all in one look, and SQLite's search index forgets the words of
    deleted texts with their places; before 3.42 it holds them until it is merged. Where many words are `known` before,
    they are looked for before anything is locked, and once more afterwards, for what was written meanwhile.
    """
    if (around := _taken.get()) is not None:
        yield around
        return
    ahead = queries.repeats(known)
    token = _taken.set([])
    try:
        with transaction.atomic():
            yield from _forgetting(ahead, {*known}, at or timezone.now())
    finally:
        _taken.reset(token)
    if late := queries.repeats(known):
        with transaction.atomic():
            mask(late, at or timezone.now())


def _forgetting(ahead: list[Repeat], known: set[Words], at: datetime) -> Iterator[list[Words]]:
    erase_thoroughly("provenance_search")
    let_go_of_old()
    taken: list[Words] = []
    _taken.set(taken)
    yield taken
    mask([*ahead, *queries.repeats(one for one in taken if one not in known)], at)


def _quoting(nodes: Collection[UUID]) -> list[Node]:
    """The standing items that quote some items directly."""
    links = Link.objects.filter(source__in=nodes, relation=Relation.QUOTES, withdrawn_at=None)
    return [link.target for link in links.select_related("target") if not link.target.is_withdrawn]


def _fall(nodes: list[Node], at: datetime) -> None:
    """Leave tombstones of items."""
    keys = [one.pk for one in nodes]
    journal.note("item", *keys, at=at)
    for one in nodes:
        one.title, one.withdrawn_at = "", at
    Node.every.filter(pk__in=keys).update(title="", withdrawn_at=at)
    SearchText.objects.filter(node__in=keys).delete()
    Link.objects.filter(target__in=keys).update(note="")
    Mask.objects.filter(place__in=keys).delete()
    EarlierText.objects.filter(node__in=keys).delete()
    for kind in {one.kind: one.about for one in nodes}.values():
        _empty(kind, keys)


def _empty(noun: Noun, keys: list[UUID]) -> None:
    """Empty every text of the rows of some items and of their parts, looked for in other texts or not."""
    _empty_texts(noun.model._base_manager.filter(node__in=keys), noun.stays)
    for part in noun.parts:
        _empty_texts(part._base_manager.filter(**{f"{way_to(part, noun.model)}__in": keys}))


def _empty_texts(rows: QuerySet[Any], stays: Collection[str] = ()) -> None:
    """Empty what was typed into some rows; a choice says nothing in anybody's words."""
    rows.update(
        **{
            column.name: {} if isinstance(column, JSONField) else ""
            for column in rows.model._meta.concrete_fields
            if isinstance(column, CharField | TextField | JSONField) and not column.choices
            if column.name not in stays
        }
    )
