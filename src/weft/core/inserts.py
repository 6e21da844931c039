"""Writing new rows: each at once, or, where very many come in one transaction, some hundreds in one statement.

Inside `together` a row that is made with `insert` waits. What waits is written as soon as the database is asked
anything about one of its tables, so nobody ever misses a row.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DataError, IntegrityError, connection, connections, transaction
from django.db.models import Model

MOST = 500
Row = TypeVar("Row", bound=Model)
Rows = dict[int, tuple[Model, Any]]
Changes = dict[int, tuple[Model, Any, tuple[str, ...]]]
One = TypeVar("One")
Lengths = dict[str, tuple[dict[int, One], int]]


def first_line(error: Exception) -> str:
    """What a database says, without what follows."""
    return str(error).strip().split("\n")[0]


class Clash(Exception):
    """The database refused a row that had waited; `mark` is what was marked when it was made."""

    def __init__(self, row: Model, mark: Any, error: Exception) -> None:
        super().__init__(first_line(error))
        self.row, self.mark = row, mark


class Waiting:
    """The rows that wait, new ones and changed ones, each with its mark, and those that the database refused.

    A step sets a savepoint once something is asked of the database, so that one that asks nothing costs no
    statement; what is atomic within a step is undone with it.
    """

    def __init__(self) -> None:
        self.rows: dict[str, Rows] = {}
        self.changes: dict[str, Changes] = {}
        self.clashes: dict[int, Clash] = {}
        self.mark: Any = None
        self.steps = self.savepoints = 0  # how many are open, and how many of these have a savepoint

    def add(self, row: Model) -> None:
        """Let a new row wait, or write all of its table once they are many."""
        row._state.adding = False  # so that saving some columns of it writes it first, and does not insert it again
        table = row._meta.db_table
        alike = self.rows.setdefault(table, {})
        alike[id(row)] = (row, self.mark)
        if len(alike) >= MOST:
            self.write([table])

    def change(self, row: Model, columns: tuple[str, ...]) -> None:
        """Let some columns of a row wait; a new one that waits is written as it is by then."""
        table, key = row._meta.db_table, id(row)
        if key in self.rows.get(table, ()):
            return
        alike = self.changes.setdefault(table, {})
        earlier = alike[key][2] if key in alike else ()
        alike[key] = (row, self.mark, tuple(dict.fromkeys((*earlier, *columns))))
        if len(alike) >= MOST:
            self.write([table])

    def write(self, tables: Iterable[str] | None = None) -> None:
        """Write the rows that wait, of some tables or of all, as they were made, but for those that are refused."""
        named = [*{**self.rows, **self.changes}] if tables is None else tables
        waited = [(self.rows.pop(table, {}), self.changes.pop(table, {})) for table in named]
        try:
            with self._savepoint():
                for rows, changes in waited:
                    _write([row for row, _ in rows.values()])
                    _change([(row, columns) for row, _, columns in changes.values()])
        except (IntegrityError, DataError):
            for rows, changes in waited:
                self._write_by_themselves(rows, changes)

    def _write_by_themselves(self, rows: Rows, changes: Changes) -> None:
        _without_numbers(rows.values())
        for key, (row, mark) in rows.items():
            with self._clashing(key, row, mark):
                _write([row])
        for key, (row, mark, columns) in changes.items():
            with self._clashing(key, row, mark):
                _change([(row, columns)])

    @contextmanager
    def _clashing(self, key: int, row: Model, mark: Any) -> Iterator[None]:
        try:
            with self._savepoint():
                yield
        except (IntegrityError, DataError) as error:
            self.clashes[key] = Clash(row, mark, error)

    @contextmanager
    def step(self, mark: Any) -> Iterator[None]:
        """A step that leaves nothing behind when it fails: neither rows nor, of those before it, a gap."""
        around, self.mark = self.mark, mark
        rows, changes = _lengths(self.rows), _lengths(self.changes)
        try:
            with self._savepoint() if _WAITING.get() is self else transaction.atomic():
                yield
        except BaseException:
            self.rows, self.changes = self._cut_back(rows), self._cut_back(changes)
            for alike in self.rows.values():
                _without_numbers(alike.values())
            raise
        finally:
            self.mark = around

    def _cut_back(self, lengths: Lengths[One]) -> dict[str, dict[int, One]]:
        """What waited when a table had so many rows waiting, whether it was written since or not."""
        left = {}
        for table, (waited, length) in lengths.items():
            first = islice(waited.items(), length)
            if kept := {key: one for key, one in first if key not in self.clashes}:
                left[table] = kept
        return left

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        self.steps += 1
        number = self.steps
        try:
            yield
        except BaseException:
            connection.needs_rollback = False
            self._end(number, "ROLLBACK TO SAVEPOINT")
            raise
        finally:
            self._end(number, "RELEASE SAVEPOINT")
            self.steps, self.savepoints = number - 1, min(self.savepoints, number - 1)

    def _end(self, number: int, how: str) -> None:
        if self.savepoints >= number:
            _savepoint(how, number)

    def __call__(self, execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        """Stand between Django and the database (`execute_wrapper`)."""
        if "SAVEPOINT" in sql:
            return execute(sql, *more)
        while self.savepoints < self.steps:
            self.savepoints += 1
            _savepoint("SAVEPOINT", self.savepoints)
        if asked := [table for table in {**self.rows, **self.changes} if table in sql]:
            self.write(asked)
        return execute(sql, *more)


def _savepoint(how: str, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"{how} step_{number}")


def _lengths(waiting: dict[str, dict[int, One]]) -> Lengths[One]:
    """How much waits now. What is written is taken away as a whole and stays as it was."""
    return {table: (rows, len(rows)) for table, rows in waiting.items()}


def _write(rows: list[Model]) -> None:
    """Write new rows of one table; where the database gives no number one plain statement for all takes least."""
    if not rows:
        return
    table = type(rows[0])._meta
    if table.auto_field is not None:
        type(rows[0])._default_manager.bulk_create(rows)
        return
    columns = list(table.concrete_fields)
    names, marks = ", ".join(map(_quoted, columns)), ", ".join(["%s"] * len(columns))
    _for_each(rows, f'INSERT INTO "{table.db_table}" ({names}) VALUES ({marks})', columns, is_new=True)  # noqa: S608


def _change(rows: list[tuple[Model, tuple[str, ...]]]) -> None:
    """Write some columns of rows of one table."""
    alike: dict[tuple[str, ...], list[Model]] = {}
    for row, names in rows:
        alike.setdefault(names, []).append(row)
    for names, changed in alike.items():
        table = type(changed[0])._meta
        columns = [table.get_field(name) for name in names]
        sets = ", ".join(f"{_quoted(column)} = %s" for column in columns)
        sql = f'UPDATE "{table.db_table}" SET {sets} WHERE {_quoted(table.pk)} = %s'  # noqa: S608
        _for_each(changed, sql, [*columns, table.pk])


def _quoted(column: Any) -> str:
    return f'"{column.column}"'


def _for_each(rows: list[Model], sql: str, columns: list[Any], is_new: bool = False) -> None:
    """One statement for each row, with what stands in some of its columns, as saving would write it."""
    database = connections[DEFAULT_DB_ALIAS]  # not the stand-in for it, which is looked up again for each value
    values = [[c.get_db_prep_save(c.pre_save(row, is_new), database) for c in columns] for row in rows]
    with database.cursor() as cursor:
        cursor.executemany(sql, values)


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
    sets, connection.savepoint = connection.savepoint, lambda: None  # type: ignore[method-assign]
    try:
        with connection.execute_wrapper(waiting):
            yield waiting
            waiting.write()
            for clash in waiting.clashes.values():
                raise clash
    finally:
        connection.savepoint = sets  # type: ignore[method-assign]
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
    """Write some columns of a row, now or together with others."""
    waiting = _WAITING.get()
    if waiting is None:
        row.save(update_fields=columns)
    else:
        waiting.change(row, columns)


def insert_values(table: str, columns: dict[str, str], conflict: str, values: list[tuple[Any, ...]]) -> int:
    """Insert rows in one go on either database; how many were inserted or changed."""
    head = f"INSERT INTO {table} ({', '.join(columns)})"
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
        changed: int = cursor.rowcount
        return changed
