"""Read a CSV table whose encoding and delimiter nobody has said."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

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
MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
ENCODINGS = (
    *("utf-8", "utf-16", "windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254"),
    *("windows-1257", "iso-8859-1", "iso-8859-2", "iso-8859-15", "mac-roman", "cp437", "cp850"),
)


def read_table(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """Read a table; what is not given is found, and `table.source` says what was found.

    The first row that is not blank is the heading. Short rows are filled up, blank rows passed over, and the
    apostrophe that keeps a spreadsheet from running a text is taken away.
    """
    path = Path(path)
    text, found, is_certain = _decoded(path, _bytes(path), encoding)
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
    source = TableSource(str(path), found, is_certain, chosen, numbers)
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


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ExchangeError(f"cannot be read: {error.strerror or error}.", file=path) from None
    if len(data) > LARGEST_FILE:
        raise ExchangeError(f"is larger than {LARGEST_FILE} bytes, the most that can be read.", file=path)
    return data


def _decoded(path: Path, data: bytes, encoding: str | None) -> tuple[str, str, bool]:
    """The text, the name of its encoding, and whether no other encoding would do."""
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    if encoding is not None and encoding not in ENCODINGS:
        raise ExchangeError(f"cannot be read as {encoding}.", file=path, found=encoding, expected=", ".join(ENCODINGS))
    tries = [(marked, True)] if marked else [(encoding, True)] if encoding else _guesses(data)
    for name, is_certain in tries:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            row = text.count("\n", 0, text.index("\0")) + 1
            raise ExchangeError("the row holds a NUL character.", file=path, row=row)
        return text, name.removesuffix("-sig"), is_certain
    tried = marked or encoding
    says = f"is not {tried.removesuffix('-sig')}." if tried else "is in no encoding that can be told; save it as UTF-8."
    raise ExchangeError(says, file=path, expected=tried or "UTF-8")


def _guesses(data: bytes) -> list[tuple[str, bool]]:
    """Encodings to try in turn. Without a mark only UTF-8 proves itself; Latin letters of Windows are the likeliest."""
    if b"\0" in data:
        odd, even = data[1::2].count(0), data[::2].count(0)
        return [("utf-16-le" if odd > even else "utf-16-be", False), ("utf-8", True)]
    return [("utf-8", True), ("windows-1252", False)]


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
