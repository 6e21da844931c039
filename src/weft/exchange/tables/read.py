"""Read a CSV table whose encoding and delimiter nobody has said."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from weft.exchange.encoding import decoded, read_bytes
from weft.exchange.errors import ExchangeError
from weft.exchange.loss import LossItem
from weft.exchange.rows import LONGEST_TEXT, quote_fault
from weft.exchange.tables.guard import unguarded
from weft.exchange.tables.model import Table, TableSource

LARGEST_FILE = 16_000_000
MOST_COLUMNS = 2_000
SAMPLE_ROWS = 100
DELIMITERS = ("\t", "|", ";", ",")
NO_DELIMITER = "\x1f"
NAMED = re.compile(r"[^\s,;|]")


def read_table(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """Read a table; what is not given is found, and `table.source` says what was found.

    The first row that is not blank is the heading. Short rows are filled up, blank rows passed over, and the
    apostrophe that keeps a spreadsheet from running a text is taken away.
    """
    path = Path(path)
    data = read_bytes(path, LARGEST_FILE)
    if data.startswith(b"PK\x03\x04"):
        raise ExchangeError("is a zip file, such as an Excel workbook, and not a CSV table.", file=path)
    found = decoded(path, data, encoding)
    text = found.text
    skip, mark = _said_delimiter(text)
    chosen = delimiter or mark or _found_delimiter(text)
    if chosen not in (None, *DELIMITERS):
        raise ExchangeError(f"cannot be read with {chosen!r} between cells.", file=path, found=chosen)
    filled = [
        (row, record) for row, record in _records(path, text, chosen) if row > skip and any(map(str.strip, record))
    ]
    columns, rows, numbers = shaped(path, filled)
    plain = tuple(tuple(map(unguarded, record)) for record in rows)
    names = tuple(map(unguarded, columns))
    changed = (names != columns) + sum(map(tuple.__ne__, plain, rows))
    source = TableSource(str(path), found.encoding, found.is_certain, chosen, numbers)
    return Table(names, plain, source, _loss(path, changed))


def shaped(
    path: Path, filled: Sequence[tuple[int, Sequence[str]]]
) -> tuple[tuple[str, ...], list[tuple[str, ...]], tuple[int, ...]]:
    """The heading, the rows fitted to it, and their numbers."""
    if not filled:
        raise ExchangeError("is empty.", file=path)
    (first, heading), *rest = filled
    columns = _trimmed(heading)
    if not NAMED.search(columns[-1]):
        raise ExchangeError("the heading has no name in its last column.", file=path, row=first)
    if len(columns) > MOST_COLUMNS:
        says = f"has {len(columns)} columns, the most that can be read is {MOST_COLUMNS}."
        raise ExchangeError(says, file=path, found=str(len(columns)), expected=str(MOST_COLUMNS))
    rows = [_fitted(path, row, record, len(columns)) for row, record in rest]
    return columns, rows, tuple(row for row, _ in rest)


def _loss(path: Path, changed: int) -> tuple[LossItem, ...]:
    if not changed:
        return ()
    why = "The apostrophe before a text that a spreadsheet could run as a formula was taken away."
    return (LossItem(path.name, "rows with such a text", "changed", why, changed),)


def _said_delimiter(text: str) -> tuple[int, str | None]:
    """The delimiter that a first line of its own names, as Excel writes it (`sep=;`), and how many rows that takes."""
    first = text.split("\n", 1)[0].rstrip("\r")
    if first[:4].lower() == "sep=" and first[4:] in DELIMITERS:
        return 1, first[4:]
    return 0, None


def _found_delimiter(text: str) -> str | None:
    """The delimiter that splits the heading, and most rows to the same width; none for a table of one column.

    Where several do it equally well, the comma comes last: it also stands in sentences and in decimal numbers.
    """
    best: tuple[float, str | None] = (0.0, None)
    for delimiter in DELIMITERS:
        widths = _sample_widths(text, delimiter)
        if widths and widths[0] > 1:
            fitting = sum(found == widths[0] for found in widths) / len(widths)
            if fitting > best[0]:
                best = (fitting, delimiter)
    return best[1]


def _sample_widths(text: str, delimiter: str) -> list[int]:
    """The widths of the first rows, up to one whose quotes do not fit the delimiter."""
    widths: list[int] = []
    try:
        for record in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), SAMPLE_ROWS):
            if any(map(str.strip, record)):
                widths.append(len(record))
    except csv.Error:
        return widths
    return widths


def _records(path: Path, text: str, delimiter: str | None) -> Iterator[tuple[int, list[str]]]:
    row = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or NO_DELIMITER, strict=True):
            row += 1
            longest = max(map(len, record), default=0)
            if longest > LONGEST_TEXT:
                says = f"a text has {longest} characters, the most that can be read is {LONGEST_TEXT}."
                raise ExchangeError(says, file=path, row=row, found=str(longest), expected=str(LONGEST_TEXT))
            yield row, record
    except csv.Error as error:
        raise ExchangeError(quote_fault(error), file=path, row=row + 1) from None


def _trimmed(heading: Sequence[str]) -> tuple[str, ...]:
    """The heading without the empty cells that spreadsheets leave at its end."""
    width = max(place for place, name in enumerate(heading, 1) if name.strip())
    return tuple(heading[:width])


def _fitted(path: Path, row: int, record: Sequence[str], width: int) -> tuple[str, ...]:
    if any(map(str.strip, record[width:])):
        says = f"the row has {len(record)} columns, the heading has {width}."
        raise ExchangeError(says, file=path, row=row, found=str(len(record)), expected=str(width))
    return (*record[:width], *[""] * (width - len(record)))
