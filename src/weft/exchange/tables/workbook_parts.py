"""The parts of a workbook, checked before anything else sees them, and what stands in its sheets besides values."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from weft.exchange.archive import Archive, open_archive
from weft.exchange.errors import ExchangeError
from weft.exchange.rows import LONGEST_TEXT
from weft.exchange.tables.read import LARGEST_FILE, MOST_COLUMNS
from weft.exchange.xml import walk_xml

LARGEST_XML = 100_000_000
MOST_ROWS = 200_000
MOST_CELLS = 1_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
TAGS = ("c", "row", "col", "mergeCell", "si")


@dataclass(slots=True)
class Facts:
    """How far the filled cells of a sheet reach, and what a table cannot show, counted."""

    rows: int = 0
    columns: int = 0
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Parts:
    """A copy of a workbook that holds nothing but its checked parts, the facts by part, and the names of all parts."""

    copy: io.BytesIO
    facts: dict[str, Facts]
    names: tuple[str, ...]


def parts_of(path: Path) -> Parts:
    """Check a workbook: what it is, how large it is, and each part in XML."""
    _refuse_others(path)
    archive = open_archive(path)
    _refuse_other_archives(path, archive)
    facts: dict[str, Facts] = {}
    copy, total = io.BytesIO(), 0
    with zipfile.ZipFile(copy, "w") as file:
        for name in archive.names:
            if not name.lower().endswith((".xml", ".rels")):
                continue
            part = archive.read(name)
            total += len(part)
            if total > LARGEST_XML:
                says = f"holds more than {LARGEST_XML} bytes of XML, the most that can be read."
                raise ExchangeError(says, file=path, expected=str(LARGEST_XML))
            facts[name] = _facts(path, name, part)
            file.writestr(name, _with_escapes(part))
    return Parts(copy, facts, archive.names)


def _with_escapes(part: bytes) -> bytes:
    """The part with `_x005F_`, the escape of an escape, in small letters: in capitals openpyxl would drop it."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        part = part.replace("_x005F_".encode(encoding), "_x005f_".encode(encoding))
    return part


def _refuse_others(path: Path) -> None:
    """Say what a file is that is no zip file, and refuse one that is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ExchangeError(f"cannot be read: {error.strerror or error}.", file=path) from None
    if data.startswith(OLE) and LOCKED in data:
        raise ExchangeError("is locked with a password; save it without one.", file=path)
    if data.startswith(OLE):
        raise ExchangeError("is an old Excel file (.xls); save it as .xlsx.", file=path)
    if len(data) > LARGEST_FILE:
        raise ExchangeError(f"is larger than {LARGEST_FILE} bytes, the most that can be read.", file=path)
    if not data.startswith(b"PK"):
        raise ExchangeError("is not an Excel workbook (.xlsx).", file=path, expected="an Excel workbook (.xlsx)")


def _refuse_other_archives(path: Path, archive: Archive) -> None:
    if "content.xml" in archive.names and "mimetype" in archive.names:
        raise ExchangeError("is an OpenDocument file (.ods); save it as .xlsx.", file=path)
    if "xl/workbook.bin" in archive.names:
        raise ExchangeError("is a binary Excel file (.xlsb); save it as .xlsx.", file=path)
    if "[Content_Types].xml" not in archive.names or not any(name.startswith("xl/") for name in archive.names):
        raise ExchangeError("is not an Excel workbook (.xlsx).", file=path, expected="an Excel workbook (.xlsx)")


def _facts(path: Path, name: str, part: bytes) -> Facts:
    """What the rows, cells and columns of a part say; parts that are no sheet have none."""
    facts = Facts()
    file = f"{path}/{name}"
    row = column = last_row = 0
    for element in walk_xml(part, file, TAGS):
        tag = _name(element)
        if not element.tag.startswith((MAIN, STRICT)):
            continue
        if element.tag.startswith(STRICT):
            raise ExchangeError("is a Strict Open XML workbook; save it as Excel Workbook (.xlsx).", file=path)
        if tag == "mergeCell":
            facts.counts["merged"] += 1
        elif tag == "col":
            facts.counts["hidden columns"] += _is_on(element.get("hidden"))
        elif tag == "c":
            row, column = _take_cell(facts, element, (row or last_row + 1, column), file)
        elif tag == "row":
            last_row = _take_row(facts, element, row, last_row, file)
            row = column = 0
    if facts.rows > MOST_ROWS or facts.columns > MOST_COLUMNS or facts.rows * facts.columns > MOST_CELLS:
        says = f"has {facts.rows} rows and {facts.columns} columns, the most that can be read are {MOST_ROWS} rows, "
        raise ExchangeError(f"{says}{MOST_COLUMNS} columns and {MOST_CELLS} cells.", file=path)
    return facts


def _take_cell(facts: Facts, cell: etree._Element, at: tuple[int, int], file: str) -> tuple[int, int]:
    """Count a cell in, and say where it stands; cells may leave that out."""
    row, column = at[0], at[1] + 1
    if said := cell.get("r"):
        place = CELL.fullmatch(said)
        if place is None or _number(place[1]) < column:
            raise ExchangeError("the cells of a row are not in order.", file=file, row=row, column=said)
        row, column = int(place[2]), _number(place[1])
    texts = {_name(inner): inner.text or "" for inner in cell if isinstance(inner.tag, str)}
    if "f" in texts:
        facts.counts["formulas" if texts.get("v") else "formulas without a result"] += 1
    if cell.get("t") == "e":
        facts.counts["errors"] += 1
    if texts.get("v") or "is" in texts:
        facts.rows, facts.columns = max(facts.rows, row), max(facts.columns, column)
    if len(texts.get("v", "")) > LONGEST_TEXT:
        says = f"a text has more than {LONGEST_TEXT} characters, the most that can be read."
        raise ExchangeError(says, file=file, row=row, column=said)
    return row, column


def _take_row(facts: Facts, element: etree._Element, row: int, last_row: int, file: str) -> int:
    """Count a row in once its cells are; its number, which may be left out, must be that of its cells."""
    said = element.get("r")
    if said is not None and not (said.isascii() and said.isdigit() and len(said) < 8):
        raise ExchangeError("a row has no number.", file=file, found=said)
    number = int(said) if said else last_row + 1
    if number <= last_row or row not in (0, number):
        raise ExchangeError("the rows are not in order.", file=file, row=number)
    facts.counts["hidden rows"] += _is_on(element.get("hidden"))
    return number


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_on(flag: str | None) -> bool:
    return flag in ("1", "true", "on")


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
