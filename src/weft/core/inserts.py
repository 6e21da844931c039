"""Writing new rows: each at once, or, where very many come in one transaction, some hundreds in one statement.

Inside `together` a row that is made with `insert` waits. What waits is written as soon as the database is asked
anything about one of its tables, so nobody ever misses a row.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Model

MOST = 500
Row = TypeVar("Row", bound=Model)
Rows = dict[int, tuple[Model, Any]]


def first_line(error: Exception) -> str:
    """What a database says, without what follows."""
    return str(error).strip().split("\n")[0]


class Clash(Exception):
    """The database refused a row that had waited; `mark` is what was marked when it was made."""

    def __init__(self, row: Model, mark: Any, error: Exception) -> None:
        super().__init__(first_line(error))
        self.row, self.mark = row, mark


class Waiting:
    """The rows that wait, each with the mark that stood when it was made, and those that the database refused.

    Savepoints wait too: one is set once something is asked of the database after it, so that a step that asks nothing
    costs no statement.
    """

    def __init__(self) -> None:
        self.rows: dict[str, Rows] = {}
        self.clashes: dict[int, Clash] = {}
        self.savepoints: list[str] = []
        self.mark: Any = None

    def add(self, row: Model) -> None:
        """Let a row wait, or write all of its table once they are many."""
        row._state.adding = False  # so that saving some columns of it writes it first, and does not insert it again
        table = row._meta.db_table
        alike = self.rows.setdefault(table, {})
        alike[id(row)] = (row, self.mark)
        if len(alike) >= MOST:
            self.write([table])

    def write(self, tables: Iterable[str] | None = None) -> None:
        """Write the rows that wait, of some tables or of all, as they were made, but for those that are refused."""
        waited = {table: self.rows.pop(table) for table in [*(self.rows if tables is None else tables)]}
        try:
            with transaction.atomic():
                for rows in waited.values():
                    alike = [row for row, _ in rows.values()]
                    type(alike[0])._default_manager.bulk_create(alike)
        except (IntegrityError, DataError):
            self._write_by_themselves([one for rows in waited.values() for one in rows.values()])

    def _write_by_themselves(self, rows: list[tuple[Model, Any]]) -> None:
        _without_numbers(rows)
        for row, mark in rows:
            try:
                with transaction.atomic():
                    type(row)._default_manager.bulk_create([row])
            except (IntegrityError, DataError) as error:
                self.clashes[id(row)] = Clash(row, mark, error)

    @contextmanager
    def step(self, mark: Any) -> Iterator[None]:
        """A step that leaves nothing behind when it fails: neither rows nor, of those before it, a gap."""
        around, self.mark = self.mark, mark
        before = {table: {**rows} for table, rows in self.rows.items()}
        try:
            with transaction.atomic():
                yield
        except BaseException:
            self._wait_again(before)
            raise
        finally:
            self.mark = around

    def _wait_again(self, before: dict[str, Rows]) -> None:
        self.rows = {}
        for table, rows in before.items():
            if left := {key: one for key, one in rows.items() if key not in self.clashes}:
                self.rows[table] = left
                _without_numbers(left.values())

    def __call__(self, execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        """Stand between Django and the database (`execute_wrapper`)."""
        if "SAVEPOINT" in sql and self._keep(sql):
            return None
        while self.savepoints:
            more[-1]["cursor"].cursor.execute(self.savepoints.pop(0))
        if asked := [table for table in self.rows if table in sql]:
            self.write(asked)
        return execute(sql, *more)

    def _keep(self, sql: str) -> bool:
        """Let a savepoint wait; one that is released or gone back to while it waits was never needed."""
        verb, _, name = sql.rpartition(" ")
        if verb == "SAVEPOINT":
            self.savepoints.append(sql)
            return True
        held = f"SAVEPOINT {name}" in self.savepoints
        if held and verb == "RELEASE SAVEPOINT":
            self.savepoints.remove(f"SAVEPOINT {name}")
        return held


def _without_numbers(rows: Iterable[tuple[Model, Any]]) -> None:
    """What was written and is gone again has no number any more."""
    for row, _ in rows:
        if row._meta.auto_field is not None:
            row.pk = None


_WAITING: ContextVar[Waiting | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[Waiting]:
    """Let rows wait, within a transaction, until some hundreds are there, they are asked for, or this ends."""
    if not connection.in_atomic_block:
        raise RuntimeError("Rows wait within a transaction only.")
    waiting = Waiting()
    before = _WAITING.set(waiting)
    try:
        with connection.execute_wrapper(waiting):
            yield waiting
            waiting.write()
            for clash in waiting.clashes.values():
                raise clash
    finally:
        _WAITING.reset(before)


def insert(row: Row) -> Row:
    """Write a new row, now or together with others; a number that the database gives is known once it is written."""
    waiting = _WAITING.get()
    if waiting is None:
        row.save(force_insert=True)
    else:
        waiting.add(row)
    return row


def insert_all(rows: Iterable[Row]) -> list[Row]:
    """Write several new rows of one table, now or together with others."""
    made = [*rows]
    waiting = _WAITING.get()
    if waiting is None:
        return type(made[0])._default_manager.bulk_create(made) if made else []
    for row in made:
        waiting.add(row)
    return made


def update(row: Model, *columns: str) -> None:
    """Write some columns of a row; one that still waits is written as it is by then."""
    waiting = _WAITING.get()
    if waiting is None or id(row) not in waiting.rows.get(row._meta.db_table, ()):
        row.save(update_fields=columns)
