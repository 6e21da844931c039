"""Taking back: what was said leaves its row, what quotes it, and the texts of what came of it.

Each of these runs inside the transaction of the action that calls it, or in one of its own.
"""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, JSONField, QuerySet, TextField
from django.utils import timezone

from weft.provenance import journal
from weft.provenance.masks import let_go_of_old, mask
from weft.provenance.models import Link, Mask, Node, Relation, SearchText
from weft.provenance.registry import way_to

# what SQLite's search index is told, so that it forgets the words of deleted texts
FORGETS_AT_ONCE = sqlite3.sqlite_version_info >= (3, 42)
_inside: ContextVar[bool] = ContextVar("inside", default=False)
FORGET = "INSERT INTO provenance_search(provenance_search, rank) VALUES ('secure-delete', 1)"
MERGE = "INSERT INTO provenance_search(provenance_search) VALUES ('optimize')"


def withdraw(*, node: Node, said: str, at: datetime | None = None) -> list[Node]:
    """Leave a tombstone of an item and take its words out of what came of it.

    `said` is what the item held. Items that quote it directly fall with it. Returns every item that was withdrawn.
    Every text of its row and parts is emptied; what else they hold its own action erases.
    """
    with forgetting():
        now = at or timezone.now()
        fallen = [node, *_quoting(node)]
        _fall(fallen, now)
        mask(node, said, now)
        return fallen


def unquote(*, node: Node, said: str, at: datetime | None = None) -> list[Node]:
    """Take the words that somebody said in an item out of what came of it: what quotes it falls. Returns what fell.

    The item stands, so that somebody still says them there, and there they are left alone.
    """
    with forgetting():
        now = at or timezone.now()
        fallen = _quoting(node)
        _fall(fallen, now)
        mask(node, said, now)
        return fallen


def unsign(*, node: Node, described: str, at: datetime | None = None) -> None:
    """Take the words by which the teller of an item is described out of what came of it."""
    with forgetting():
        mask(node, described, at or timezone.now())


@contextmanager
def forgetting() -> Iterator[None]:
    """A transaction in which SQLite's search index forgets the words of deleted texts, with their places.

    Before 3.42 it holds them until it is merged, which takes longer, so many items are taken back within one.
    """
    if _inside.get():
        yield
        return
    token = _inside.set(True)
    try:
        yield from _forgetting_at_last()
    finally:
        _inside.reset(token)


def _forgetting_at_last() -> Iterator[None]:
    with transaction.atomic():
        if FORGETS_AT_ONCE:
            _tell_search(FORGET)
        let_go_of_old()
        yield
        if not FORGETS_AT_ONCE:
            _tell_search(MERGE)


def _tell_search(what: str) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(what)


def _quoting(node: Node) -> list[Node]:
    """The standing items that quote an item directly."""
    links = Link.objects.filter(source=node, relation=Relation.QUOTES, withdrawn_at=None).select_related("target")
    return [link.target for link in links if not link.target.is_withdrawn]


def _fall(nodes: list[Node], at: datetime) -> None:
    """Leave tombstones of items."""
    journal.note("item", *(one.pk for one in nodes), at=at)
    for one in nodes:
        one.title, one.withdrawn_at = "", at
        one.save(update_fields=["title", "withdrawn_at"])
        SearchText.objects.filter(node=one).delete()
        Link.objects.filter(target=one).update(note="")
        Mask.objects.filter(place=one).delete()
        _empty(one)


def _empty(node: Node) -> None:
    """Empty every text of an item's own row and of its parts, whether or not it is looked for in other texts."""
    about = node.about
    _empty_texts(about.model._base_manager.filter(node=node), about.stays)
    for part in about.parts:
        _empty_texts(part._base_manager.filter(**{way_to(part, about.model): node.pk}))


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
