"""A table of somebody's own, for the commands that read one."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from weft.commands import Failed
from weft.exchange.tables import Table, read_table


def filled(path: Path) -> Table:
    """A table with at least one row below its heading."""
    table = read_table(path)
    if not table.rows:
        raise Failed(f"{path} has no rows below its heading.")
    return table


def numbered(table: Table) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every row with the number that a spreadsheet gives it."""
    numbers = table.source.row_numbers if table.source else range(2, len(table.rows) + 2)
    return zip(numbers, table.rows, strict=True)


def places(path: Path, table: Table, needed: Sequence[str]) -> list[int]:
    """Where the needed columns stand."""
    for name in needed:
        if name not in table.columns:
            raise Failed(f"{path} has no column {name}.")
        if table.columns.count(name) > 1:
            raise Failed(f"{path} has two columns {name}.")
    return [table.columns.index(name) for name in needed]


def cells(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The needed cells of every row, without spaces around them, and the number of the row."""
    table = filled(path)
    at = places(path, table, needed)
    for row, record in numbered(table):
        yield row, [record[place].strip() for place in at]


def whole(path: Path, row: int, column: str, text: str) -> int:
    """A whole number of 0 or more, as people and characters are counted."""
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        found = text or "nothing"
        raise Failed(f"{path}, row {row}, column {column}: must be a whole number of 0 or more, got {found}.")
    return int(text)


def texts(path: Path, column: str | None, name: str | None) -> tuple[list[str], list[str]]:
    """Ids and texts: columns as asked for, else the usual names; without a column of ids the numbers of the rows."""
    table = filled(path)
    body = column or _usual(table, ("text", "comment-body", "body"))
    if body is None and len(table.columns) == 1:
        body = table.columns[0]
    if body is None:
        raise Failed(f"{path} has no column text; name one with --column.")
    ids = name or _usual(table, ("id", "comment-id"))
    (at,) = places(path, table, (body,))
    rows = list(numbered(table))
    if ids is None or ids == body:
        return [str(row) for row, _ in rows], [record[at] for _, record in rows]
    (id_at,) = places(path, table, (ids,))
    seen: set[str] = set()
    for row, record in rows:
        if record[id_at] in seen:
            raise Failed(f"{path}, row {row}: {ids} {record[id_at]} is listed twice.")
        seen.add(record[id_at])
    return [record[id_at] for _, record in rows], [record[at] for _, record in rows]


def _usual(table: Table, names: Sequence[str]) -> str | None:
    return next((name for name in names if name in table.columns), None)
