"""The journal of what was taken back: ids and no words, in a file beside the database, by which a restore is mended.

A line is written once its transaction is committed and before whoever asked is answered. One that could not be written
waits for the next. What a process that was killed in between left out is written when the site starts.
"""

import errno
import json
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

logger = logging.getLogger(__name__)
Stands = Iterable[tuple[UUID, str, datetime]]  # an id, what of it, and since when
EVER = datetime.min.replace(tzinfo=UTC)
_lock = Lock()
_waiting: list["Entry"] = []


class Entry(NamedTuple):
    """One thing that was taken back, named by the id of an item or a participant: such an id is never given twice.

    `what` is the way in which it was taken back; `of` says more where that needs it.
    """

    what: str
    id: UUID
    at: datetime
    of: str = ""

    def line(self) -> str:
        """The entry as a line of the journal."""
        said = {"at": self.at.isoformat(), "what": self.what, "id": str(self.id)}
        return json.dumps(said | ({"of": self.of} if self.of else {})) + "\n"


@dataclass(frozen=True)
class Way:
    """One way of taking back, declared by the area whose action it is.

    `stands` says what of some ids stands and since when, `again` takes one back again, and `known` is what the database
    says was taken back so.
    """

    stands: Callable[[list[UUID]], Stands]
    again: Callable[[Entry], object]
    known: Callable[[], Iterable[Entry]]


WAYS: dict[str, Way] = {}


def way(
    what: str,
    *,
    stands: Callable[[list[UUID]], Stands],
    again: Callable[[Entry], object],
    known: Callable[[], Iterable[Entry]] = tuple,
) -> None:
    """Declare a way of taking back, under the word for it in the journal."""
    WAYS[what] = Way(stands, again, known)


def gone(what: str, rows: QuerySet[Any]) -> Iterable[Entry]:
    """The rows that say of themselves when they were taken back."""
    for key, at in rows.exclude(withdrawn_at=None).values_list("pk", "withdrawn_at"):
        yield Entry(what, key, at)


def still(rows: QuerySet[Any]) -> Callable[[list[UUID]], Stands]:
    """What of such rows was not taken back."""
    return lambda ids: (
        (key, "", EVER) for key in rows.filter(pk__in=ids, withdrawn_at=None).values_list("pk", flat=True)
    )


def note(what: str, *ids: UUID, at: datetime, of: str = "") -> None:
    """Write into the journal that something was taken back, if the transaction that does so is committed."""
    entries = [Entry(what, one, at, of) for one in ids]
    transaction.on_commit(lambda: _write_or_wait(entries))


def read() -> tuple[list[Entry], int]:
    """What was taken back, the first one first, each once; and how many lines cannot be read."""
    if not settings.WITHDRAWALS.exists():
        return [], 0
    lines = settings.WITHDRAWALS.read_text("utf-8", errors="replace").splitlines()
    found = [_entry(line) for line in lines if line.strip()]
    return list(dict.fromkeys(one for one in found if one)), found.count(None)


def complete(known: Iterable[Entry]) -> None:
    """Write what was taken back and is not in the journal yet."""
    written = {*read()[0]}
    _write([one for one in dict.fromkeys(known) if one not in written])


def _entry(line: str) -> Entry | None:
    """What a line says; nothing if it was torn, or is of a later version."""
    try:
        said = json.loads(line)
        entry = Entry(said["what"], UUID(said["id"]), datetime.fromisoformat(said["at"]), said.get("of", ""))
        return entry if entry.what in WAYS else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _write_or_wait(entries: list[Entry]) -> None:
    """Write entries. What was taken back stays so where the journal cannot be written."""
    with _lock:
        _waiting.extend(entries)
        try:
            _write(_waiting)
            _waiting.clear()
        except OSError as error:
            logger.error("The journal of withdrawals cannot be written, so its lines wait: %s", error)


def _write(entries: list[Entry]) -> None:
    """Append entries in one piece, after a line that was torn on a line of their own."""
    if not entries:
        return
    settings.WITHDRAWALS.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(settings.WITHDRAWALS, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(file).st_size
        is_torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
        data = ("\n" * is_torn + "".join(one.line() for one in entries)).encode()
        if os.write(file, data) < len(data):
            raise OSError(errno.ENOSPC, "only a part was written")
        os.fsync(file)
    finally:
        os.close(file)
