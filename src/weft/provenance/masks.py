"""Words of an item that was taken back, where texts that came of it repeat them.

A mark stands in their place at once. The words wait in a table of their own until somebody who works on the text lets
them go, or says that they never were the teller's; without a decision they are erased.
"""

import re
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone

from weft.core import dates
from weft.core.codes import ALPHABET
from weft.people.accounts.models import User
from weft.people.audit.actions import audit
from weft.provenance import queries
from weft.provenance.models import Mask, Node
from weft.provenance.visibility import sealed

DAYS = 30
OPENS = "(words taken back on "
NUMBERED = re.compile(rf"({re.escape(OPENS)}[^()]*); mark ([{ALPHABET}]{{5}})\)")
Codes = Mapping[tuple[UUID, UUID | None, str], str]


def mask(repeats: Iterable[queries.Repeat], at: datetime) -> None:
    """Put a mark in place of the words of items wherever what came of them repeats them."""
    codes = defaultdict[tuple[UUID, UUID | None, str], str](_new_code)
    for one in repeats:
        _mask_column(one, at, codes)


def _mask_column(one: queries.Repeat, at: datetime, codes: Codes) -> None:
    """The same in one column of one row, as it is now. Whoever has it open to edit is told that it changed."""
    rows = one.table._base_manager.filter(pk=one.key)
    value = before = rows.select_for_update().values_list(one.column, flat=True).first()
    column: Any = one.table._meta.get_field(one.column)
    made: dict[str, Mask] = {}
    for node, runs in one.of if value else ():
        put = partial(_mark, one, node, at, codes, made)
        value = _changed(value, partial(runs.replaced, put=put))
        if column.max_length and len(value) > column.max_length:  # one mark stands for the whole, which has no room
            made.clear()
            value = put(str(before))
    if value != before:
        newer = {"revision": F("revision") + 1} if hasattr(one.table, "revision") else {}
        rows.update(**{one.column: value}, **newer)
        Mask.objects.bulk_create(made.values())


def _mark(one: queries.Repeat, node: Node, at: datetime, codes: Codes, made: dict[str, Mask], words: str) -> str:
    """The mark that stands in place of some words, which wait for a decision."""
    code = codes[node.pk, one.node, words]
    made[code] = Mask(
        code=code,
        node=node,
        place_id=one.node,
        table=one.table._meta.label,
        column=one.column,
        key=str(one.key),
        words=words,
        made_at=timezone.now(),
    )
    return f"{OPENS}{dates.day(at)}; mark {code})"


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(5))


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    """The value with every text in it changed, inside lists and objects too."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_changed(one, change) for one in value]
    if isinstance(value, dict):
        return {key: _changed(one, change) for key, one in value.items()}
    return value


@transaction.atomic
def let_go(*, by: User, node: Node, place: Node | None) -> None:
    """Erase the words of an item that waited behind marks in another; the marks stay, without a number."""
    _end(Mask.objects.select_for_update().filter(node=node, place=place), lambda mark, words: mark)
    audit(by=by, did="let go of words taken back", on=place or node)


@transaction.atomic
def give_back(*, by: User, node: Node, place: Node | None) -> None:
    """Say that words behind marks never were those of an item: they stand again where the marks still stand."""
    _end(Mask.objects.select_for_update().filter(node=node, place=place), lambda mark, words: words)
    audit(by=by, did="gave back words that were not taken back", on=place or node)


def follow(*, place: Node, row: Model, column: str) -> None:
    """Let what is decided about words behind the marks of an item hold where its text was copied to, marks and all."""
    codes = {code for text in queries.texts_in(getattr(row, column)) for _, code in NUMBERED.findall(text)}
    waiting = Mask.objects.filter(place=place, code__in=codes) if codes else Mask.objects.none()
    for one in {(one.code, one.node_id): one for one in waiting}.values():
        copied = {"code": one.code, "node_id": one.node_id, "words": one.words, "made_at": one.made_at}
        table = row._meta.label
        Mask.objects.create(**copied, place=place, table=table, column=column, key=str(row.pk))


def put_back(node: Node) -> None:
    """Let all words of an item that wait behind marks stand again, since the item itself does."""
    _end(Mask.objects.select_for_update().filter(node=node), lambda mark, words: words)


@transaction.atomic
def let_go_of_old() -> None:
    """Erase all words on which nobody decided in time; what was passed to a safeguarding lead waits for her."""
    too_old = timezone.now() - timedelta(days=DAYS)
    waiting = Mask.objects.select_for_update(of=("self",)).filter(~sealed("node__"), made_at__lt=too_old)
    _end(waiting, lambda mark, words: mark)


def _end(waiting: Iterable[Mask], becomes: Callable[[str, str], str]) -> None:
    """Put in place of each numbered mark what becomes of the plain mark and the words, and forget the words."""
    for one in waiting:
        row = apps.get_model(one.table)._base_manager.filter(pk=one.key)
        value = row.values_list(one.column, flat=True).first()
        row.update(**{one.column: _changed(value, partial(_ended, one, becomes))})
        one.delete()


def unnumbered(text: str) -> str:
    """A text as it leaves this database, where nothing can be decided on any more."""
    return NUMBERED.sub(r"\1)", text)


def _ended(one: Mask, becomes: Callable[[str, str], str], text: str) -> str:
    numbered = re.compile(rf"({re.escape(OPENS)}[^()]*); mark {one.code}\)")
    return numbered.sub(lambda mark: becomes(f"{mark[1]})", one.words), text)
