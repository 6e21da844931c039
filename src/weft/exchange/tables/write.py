"""Write a CSV table that every spreadsheet opens, and none runs."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from weft.exchange.errors import ExchangeError
from weft.exchange.loss import LossItem, LossReport
from weft.exchange.rows import LONGEST_TEXT, write_text
from weft.exchange.tables.guard import guarded, may_run
from weft.exchange.tables.model import Table
from weft.exchange.tables.read import DELIMITERS, LARGEST_FILE, MOST_COLUMNS, NAMED


def write_table(table: Table, path: Path, *, delimiter: str | None = None) -> LossReport:
    """Write a table in UTF-8 with a byte order mark, every cell in quotes; without `delimiter` the name tells it.

    The mark lets Excel read accents; the quotes keep a cell whole when a spreadsheet splits at another delimiter.
    """
    path = Path(path)
    if delimiter is None:
        delimiter = "\t" if path.suffix.lower() in (".tsv", ".tab") else ","
    if delimiter not in DELIMITERS:
        raise ExchangeError(f"cannot be written with {delimiter!r} between cells.", file=path, found=delimiter)
    check_table(table, path)

    def fill(file: TextIO) -> None:
        file.write("\ufeff")
        writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
        writer.writerows(map(guarded, record) for record in (table.columns, *table.rows))
        if file.tell() > LARGEST_FILE:
            raise csv.Error(f"it is larger than {LARGEST_FILE} bytes")

    write_text(path, fill)
    return _loss(path, (table.columns, *table.rows))


def _loss(path: Path, records: Iterable[Sequence[str]]) -> LossReport:
    count = sum(any(map(may_run, record)) for record in records)
    if not count:
        return ()
    why = "An apostrophe stands before a text that a spreadsheet could run as a formula; Weft takes it away on reading."
    return (LossItem(path.name, "rows with such a text", "changed", why, count),)


def check_table(table: Table, path: Path) -> None:
    """Refuse a table that could not be read back."""
    width = len(table.columns)
    if not width or width > MOST_COLUMNS or not NAMED.search(table.columns[-1]):
        says = f"cannot be written: a table has 1 to {MOST_COLUMNS} columns, and the last one has a name."
        raise ExchangeError(says, file=path)
    for row, record in enumerate((table.columns, *table.rows), 1):
        if len(record) != width:
            says = f"the row has {len(record)} columns, the heading has {width}."
            raise ExchangeError(says, file=path, row=row, found=str(len(record)), expected=str(width))
        if not any(map(str.strip, record)):
            raise ExchangeError("the row is blank.", file=path, row=row)
        if any("\0" in cell or len(cell) >= LONGEST_TEXT for cell in record):
            says = f"a text holds a NUL character or {LONGEST_TEXT} characters and more."
            raise ExchangeError(says, file=path, row=row)
