"""Rows of a CSV file in UTF-8, read strictly: every fault names its row."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

from weft.exchange.errors import ExchangeError, shown, wrong

LONGEST_LINE = 16_000_000
LONGEST_TEXT = 100_000
LARGEST_TEXT_FILE = 16_000_000
QUOTE_FAULTS = {
    "unexpected end of data": "a quoted text is never closed.",
    "field larger than field limit": "a text is longer than can be read.",
}


def rows(path: Path) -> Iterator[list[str]]:
    """Yield the heading and then every row, all equally wide; blank lines only at the end."""
    width, blank = 0, False
    for row, record in enumerate(records(path), 1):
        if not record:
            blank = True
            continue
        if blank:
            raise ExchangeError("the row above is blank.", file=path, row=row)
        if len(record) != width:
            if width:
                raise uneven(path, row, len(record), width)
            width = len(record)
        yield record
    if not width:
        raise ExchangeError("is empty.", file=path)


def records(path: Path, delimiter: str = ",") -> Iterator[list[str]]:
    """Yield every row as it stands, of any width; a blank line is an empty row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _records(path, file, delimiter)
    except UnicodeDecodeError:
        raise _not_utf8(path) from None
    except OSError as error:
        raise ExchangeError(f"cannot be read: {error.strerror or error}.", file=path) from None


def quote_fault(error: csv.Error) -> str:
    """What the csv module found, in plain words."""
    return next((text for key, text in QUOTE_FAULTS.items() if key in str(error)), f"{error}.")


def blocks(path: Path, delimiter: str = ",", size: int = 500) -> Iterator[tuple[int, list[list[str]]]]:
    """Yield the same rows, many at a time, each time with the number of the first; much faster.

    Where something is wrong the file is read once more row by row, which names the row.
    """
    try:
        if not _is_suspect(path):
            with path.open(encoding="utf-8-sig", newline="") as file:
                reader, row = csv.reader(file, delimiter=delimiter, strict=True), 1
                while block := list(islice(reader, size)):
                    yield row, block
                    row += len(block)
            return
    except (UnicodeDecodeError, csv.Error, OSError):
        pass
    for _ in records(path, delimiter):
        pass
    raise ExchangeError("changed while it was read.", file=path)


def row_blocks(path: Path) -> Iterator[tuple[int, list[list[str]]]]:
    """What `rows` yields, many rows at a time, each time with the number of the first; first the heading alone."""
    width = 0
    for row, block in blocks(path):
        if row == 1:
            width = len(block[0])
            yield 1, [block[0] if width else next(rows(path))]
            row, block = 2, block[1:]
        if not set(map(len, block)) <= {width}:
            for _ in rows(path):
                pass
            block = [record for record in block if record]
        if block:
            yield row, block
    if not width:
        raise ExchangeError("is empty.", file=path)


def _is_suspect(path: Path) -> bool:
    """Whether a NUL, or a stretch without a line end, may be a fault."""
    with path.open("rb") as file:
        while part := file.read(LONGEST_LINE):
            if b"\0" in part or (len(part) == LONGEST_LINE and b"\n" not in part and b"\r" not in part):
                return True
    return False


def _records(path: Path, file: TextIO, delimiter: str) -> Iterator[list[str]]:
    row = 0
    try:
        for record in csv.reader(_lines(file), delimiter=delimiter, strict=True):
            row += 1
            yield record
    except csv.Error as error:
        raise ExchangeError(quote_fault(error), file=path, row=row + 1) from None


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE + 1):
        if "\0" in line:
            raise csv.Error("the row holds a NUL character")
        if len(line) > LONGEST_LINE:
            raise csv.Error(f"the row is longer than {LONGEST_LINE} characters")
        yield line


def uneven(path: Path, row: int, found: int, expected: int) -> ExchangeError:
    """The error for a row that is wider or narrower than the first."""
    says = f"the row has {found} columns, the first row has {expected}."
    return ExchangeError(says, file=path, row=row, found=str(found), expected=str(expected))


def _not_utf8(path: Path) -> ExchangeError:
    data = path.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        says = f"is not UTF-8 at byte {error.start}."
        fault = ExchangeError(says, file=path, found=f"byte {data[error.start]:#04x}", expected="UTF-8")
        fault.row = _row_at(before)
        return fault
    return ExchangeError("changed while it was read.", file=path)


def _row_at(before: str) -> int:
    """The row in which a text that breaks off would go on."""
    try:
        count = sum(1 for _ in csv.reader(io.StringIO(before + "x", newline="")))
    except csv.Error:
        count = before.count("\n") + 1
    return max(count, 1)


def heading(path: Path, names: Sequence[str], required: Iterable[str], row: int = 1) -> dict[str, int]:
    """Where each column stands, by name; a name twice or a required one missing is refused."""
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in places:
            raise ExchangeError(f"column {shown(name)} is there twice.", file=path, row=row, found=name)
        places[name] = place
    for name in required:
        if name not in places:
            raise ExchangeError(f"has no column {name}.", file=path, expected=name)
    return places


def whole_number(text: str, name: str, *, file: Path, row: int, column: str) -> int | None:
    """A count in plain digits; an empty cell is none."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise wrong(name, "a whole number", text, file=file, row=row, column=column)
    return int(text)


def read_text(path: Path) -> str:
    """A small file in UTF-8, line ends as they are."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_TEXT_FILE + 1)
        if len(data) > LARGEST_TEXT_FILE:
            raise ExchangeError(f"is larger than {LARGEST_TEXT_FILE} bytes, the most that can be read.", file=path)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_utf8(path) from None
    except OSError as error:
        raise ExchangeError(f"cannot be read: {error.strerror or error}.", file=path) from None


def write_rows(path: Path, lines: Iterable[Sequence[object]], delimiter: str = ",") -> None:
    """Write a CSV file in UTF-8 with one line feed a row, whole or not at all."""

    def fill(file: TextIO) -> None:
        csv.writer(_LineFeeds(file, delimiter), delimiter=delimiter, lineterminator="\r\n").writerows(lines)

    write_text(path, fill)


class _LineFeeds:
    """Ends rows with a line feed alone; `csv` then still quotes a text that holds a carriage return.

    A row that `records` would refuse is refused here too.
    """

    def __init__(self, file: TextIO, delimiter: str) -> None:
        self._file = file
        self._delimiter = delimiter

    def write(self, row: str) -> None:
        if "\0" in row:
            raise csv.Error("a text holds a NUL character")
        if len(row) > LONGEST_LINE:
            raise csv.Error(f"a row is longer than {LONGEST_LINE} characters")
        if len(row) > LONGEST_TEXT and max(map(len, next(csv.reader([row], delimiter=self._delimiter)))) > LONGEST_TEXT:
            raise csv.Error(f"a text is longer than {LONGEST_TEXT} characters")
        self._file.write(row[:-2] + "\n")


def write_text(path: Path, fill: Callable[[TextIO], object]) -> None:
    """Write a text file beside its place and move it there, so that a failure leaves no half file."""
    half = path.with_name(path.name + ".part")
    try:
        try:
            with half.open("w", encoding="utf-8", newline="") as file:
                fill(file)
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
    except UnicodeEncodeError as error:
        says = f"cannot be written: {shown(error.object[error.start])} is no character of a text."
        raise ExchangeError(says, file=path) from None
    except (OSError, csv.Error) as error:
        raise ExchangeError(f"cannot be written: {getattr(error, 'strerror', None) or error}.", file=path) from None
