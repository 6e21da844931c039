"""Leaving nothing of deleted words in the files of an SQLite database.

Pages that become free are overwritten while they are deleted. What the search index and the write-ahead log still hold
goes once that is committed, in short steps between which others write. Other databases are asked nothing.
"""

import sqlite3
from functools import partial

from django.db import DatabaseError, connection, transaction

# what a search index is told, so that it forgets deleted words at once; an older one holds them until it is merged
FORGETS_AT_ONCE = sqlite3.sqlite_version_info >= (3, 42)
PAGES = 200  # of an index merged in one step
PATIENCE = 100  # milliseconds that a checkpoint waits for whoever reads


def erase_thoroughly(index: str) -> None:
    """Let what this transaction deletes leave the files with it; `index` is the search index of the words."""
    if connection.vendor != "sqlite":
        return
    _tell("PRAGMA secure_delete = ON")
    if FORGETS_AT_ONCE:
        _tell(f"INSERT INTO {index}({index}, rank) VALUES ('secure-delete', 1)")  # noqa: S608
    transaction.on_commit(partial(_finish, index), robust=True)


def _finish(index: str) -> None:
    """Merge the index and empty the log. Where others keep us from it, the next time does it."""
    try:
        if not FORGETS_AT_ONCE:
            merge(index)
        _tell("PRAGMA secure_delete = FAST")
        _checkpoint()
    except DatabaseError:
        pass


def merge(index: str) -> None:
    """Write an index anew without what was deleted, some pages at a time."""
    pages = -PAGES  # the first step says that all of it is to be merged
    while _step(index, pages):
        pages = PAGES


def _step(index: str, pages: int) -> bool:
    """Whether there is more to do: a step that changes next to nothing is the last one."""
    with transaction.atomic():
        before = _changes()
        _tell(f"INSERT INTO {index}({index}, rank) VALUES ('merge', %s)", pages)  # noqa: S608
        return _changes() - before >= 2


def _changes() -> int:
    with connection.cursor() as cursor:
        count: int = cursor.execute("SELECT total_changes()").fetchone()[0]
        return count


def _checkpoint() -> None:
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _tell(what: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(what, values or None)
