"""Write a table as an Excel workbook (.xlsx) that no spreadsheet runs."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from weft.exchange.archive import write_archive
from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossReport
from weft.exchange.tables.guard import may_run
from weft.exchange.tables.model import Table
from weft.exchange.tables.read import LARGEST_FILE
from weft.exchange.tables.workbook_parts import MOST_CELLS, MOST_ROWS
from weft.exchange.tables.write import check_table

LONGEST_CELL = 32_767
LONGEST_NAME = 31
NARROWEST, WIDEST, ROOM = 8, 60, 2
SAMPLE_ROWS = 1_000
FIRST_DAY = date(1900, 3, 1)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
NUMBER = re.compile(r"-?(0|[1-9]\d*)(?:\.(\d+))?", re.ASCII)
MOST_DIGITS = 11
MUST_ESCAPE = re.compile("[\x01-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)


def write_xlsx(table: Table, path: Path, *, sheet: str = "Sheet1") -> LossReport:
    """Write a table as a workbook of one sheet; nothing is lost.

    A column in which every cell is a plain number, or a day as 2024-05-31, is written as such, so that it can be
    added up and sorted. Every other cell is a text, also one that looks like a formula.
    """
    path = Path(path)
    _check(table, path, sheet)
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    for place, (name, cells) in enumerate(zip(table.columns, _columns(table, SAMPLE_ROWS), strict=True), 1):
        longest = max(len(line) for cell in (name, *cells) for line in cell.split("\n"))
        page.column_dimensions[get_column_letter(place)].width = min(max(longest + ROOM, NARROWEST), WIDEST)
    page.append([_cell(page, name, "text", is_heading=True) for name in table.columns])
    kinds = [_kind(cells) for cells in _columns(table)]
    for record in table.rows:
        page.append([_cell(page, text, kind) for text, kind in zip(record, kinds, strict=True)])
    written = io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as file:
        members = [(name, file.read(name)) for name in file.namelist()]
    fixed = [(name, PROPERTIES.encode() if name == "docProps/core.xml" else data) for name, data in members]
    write_archive(path, fixed, largest=LARGEST_FILE)
    return ()


def _check(table: Table, path: Path, sheet: str) -> None:
    check_table(table, path)
    is_quoted = sheet.startswith("'") or sheet.endswith("'")
    if not sheet.strip() or len(sheet) > LONGEST_NAME or is_quoted or re.search(r"[\[\]:*?/\\\x00-\x1f]", sheet):
        says = f"cannot be written: a sheet cannot be called {shown(sheet)}."
        raise ExchangeError(says, file=path, found=sheet)
    if len(table.rows) >= MOST_ROWS or (len(table.rows) + 1) * len(table.columns) > MOST_CELLS:
        says = f"cannot be written: the table has more than {MOST_ROWS} rows or {MOST_CELLS} cells."
        raise ExchangeError(says, file=path)
    for row, record in enumerate((table.columns, *table.rows), 1):
        for text in record:
            length = len(_escaped(text).encode("utf-16-le", "surrogatepass")) // 2
            if length > LONGEST_CELL:
                says = f"a text has {length} characters, a cell of a workbook holds {LONGEST_CELL}; write CSV instead."
                raise ExchangeError(says, file=path, row=row, found=str(length), expected=str(LONGEST_CELL))
            if surrogate := next((letter for letter in text if "\ud800" <= letter <= "\udfff"), ""):
                says = f"cannot be written: {shown(surrogate)} is no character of a text."
                raise ExchangeError(says, file=path, row=row)


def _columns(table: Table, most: int | None = None) -> Sequence[tuple[str, ...]]:
    return list(zip(*table.rows[:most], strict=True)) or [()] * len(table.columns)


def _kind(cells: tuple[str, ...]) -> str:
    filled = [cell for cell in cells if cell]
    if filled and all(map(_is_day, filled)):
        return "day"
    return "number" if filled and all(map(_is_number, filled)) else "text"


def _is_day(text: str) -> bool:
    if not DAY.fullmatch(text):
        return False
    try:
        return date.fromisoformat(text) >= FIRST_DAY
    except ValueError:
        return False


def _is_number(text: str) -> bool:
    """Whether a spreadsheet keeps and shows the number as it stands."""
    is_plain = NUMBER.fullmatch(text) is not None and sum(map(str.isdigit, text)) <= MOST_DIGITS
    return is_plain and not (text.startswith("-") and float(text) == 0)


def _cell(page: WriteOnlyWorksheet, text: str, kind: str, *, is_heading: bool = False) -> Cell | None:
    if not text:
        return None
    if kind == "day":
        cell = WriteOnlyCell(page, datetime.fromisoformat(text))
        cell.number_format = "yyyy-mm-dd"
        return cell
    if kind == "number":
        decimals = len(text.partition(".")[2])
        cell = WriteOnlyCell(page, float(text) if decimals else int(text))
        cell.number_format = "0." + "0" * decimals if decimals else "0"
        return cell
    cell = WriteOnlyCell(page, _escaped(text))
    cell.data_type = "s"
    if may_run(text):
        cell.number_format = "@"
        cell.quotePrefix = True
    if is_heading:
        cell.font = Font(bold=True)
    return cell


def _escaped(text: str) -> str:
    """Characters that XML cannot hold, as workbooks spell them."""
    return MUST_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
