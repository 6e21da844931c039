"""Recording many answers at once, such as those of a conversation that was held elsewhere."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from weft.core.errors import Refused
from weft.listen.conversations.actions import check_still_open
from weft.listen.conversations.models import Conversation
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit

BATCH = 10_000


class Cast(NamedTuple):
    """One answer among many: keys of participant and statement, the choice, when, and its own key."""

    participant: UUID
    statement: UUID
    choice: int
    cast_at: datetime
    key: UUID


@transaction.atomic
def cast_votes(*, by: Actor, conversation: Conversation, rows: Iterable[Cast]) -> int:
    """Record many answers, each earlier one before each later one; how many were new.

    What was hidden later may have been answered before, so hidden statements are taken here.
    """
    check_still_open(conversation)
    people = set(conversation.participants.filter(withdrawn_at=None).values_list("pk", flat=True))
    cards = set(conversation.statements.values_list("pk", flat=True))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -65536")  # the indexes of a large import do not fit in the usual 2 MB
    keys = {one: one.hex for one in (*people, *cards)}
    when = lru_cache(64)(connection.ops.adapt_datetimefield_value)
    new, rows = 0, iter(rows)
    while batch := list(islice(rows, BATCH)):
        _check(batch, people, cards)
        events = [(o.key.hex, keys[o.participant], keys[o.statement], o.choice, when(o.cast_at)) for o in batch]
        new += _insert_many("voteevent", EVENT_COLUMNS, "(key) DO NOTHING", events)
        standing = {(who, what): (who, what, choice, at) for _, who, what, choice, at in events}
        _insert_many("vote", STANDING_COLUMNS, LATER_STANDS, list(standing.values()))
    audit(by=by, did="recorded answers", on=conversation, count=new)
    return new


def _check(batch: list[Cast], people: set[UUID], cards: set[UUID]) -> None:
    """Refuse answers of strangers, to other cards, or of no kind."""
    for one in batch:
        if one.participant not in people or one.statement not in cards:
            raise Refused("An answer names somebody or something that is not in this conversation.")
        if one.choice not in (-1, 0, 1):
            raise Refused(f"An answer must be -1, 0 or 1, got {one.choice}.")


EVENT_COLUMNS = {
    "key": "uuid",
    "participant_id": "uuid",
    "statement_id": "uuid",
    "choice": "smallint",
    "cast_at": "timestamptz",
}
STANDING_COLUMNS = {name: kind for name, kind in EVENT_COLUMNS.items() if name != "key"}
LATER_STANDS = (
    "(participant_id, statement_id) DO UPDATE SET choice = excluded.choice, cast_at = excluded.cast_at "
    "WHERE excluded.cast_at >= conversations_vote.cast_at"
)


def _insert_many(table: str, columns: dict[str, str], conflict: str, values: list[tuple[Any, ...]]) -> int:
    """Insert rows in one go on either database; how many were inserted or changed."""
    head = f"INSERT INTO conversations_{table} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
            cursor.execute(
                f"{head} SELECT * FROM unnest({arrays}) ON CONFLICT {conflict}",  # noqa: S608
                [list(column) for column in zip(*values, strict=True)],
            )
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"{head} VALUES ({marks}) ON CONFLICT {conflict}", values)
        return cursor.rowcount
