"""Read tables from an Excel workbook (.xlsx): values as a person sees them, nothing run."""

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

import openpyxl

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossItem, LossReport
from weft.exchange.tables.model import Sheet, Table, TableSource, Workbook
from weft.exchange.tables.read import shaped
from weft.exchange.tables.shown_numbers import shown_number
from weft.exchange.tables.workbook_parts import Parts, parts_of

Kind: TypeAlias = Literal["left out", "changed"]

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
LOSSES: dict[str, tuple[Kind, str]] = {
    "formulas": ("changed", "Their last results are kept, the formulas are not."),
    "formulas without a result": ("left out", "They have no stored result; open and save the file in a spreadsheet."),
    "errors": ("changed", "They are kept as the texts that the spreadsheet shows, such as #N/A."),
    "merged": ("changed", "Merged cells: the value is in the first cell, the others are empty."),
    "hidden rows": ("changed", "They are read like the others."),
    "hidden columns": ("changed", "They are read like the others."),
    "rounded": ("changed", "The spreadsheet shows these numbers rounded; all their digits are kept."),
    "characters": ("left out", "Characters that no text can hold."),
}
OTHER_PARTS = (
    ("xl/comments", "comments"),
    ("xl/threadedComments/", "threaded comments"),
    ("xl/charts/chart", "charts"),
    ("xl/media/", "pictures"),
    ("xl/pivotTables/", "pivot tables"),
    ("xl/externalLinks/external", "links to other files"),
    ("xl/vbaProject.bin", "macros"),
)


def read_xlsx(path: Path, sheet: str | None = None) -> Table:
    """Read one sheet: the named one, or the first that is neither hidden nor empty. The others are in the loss report.

    The first row that is not blank is the heading, as in `read_table`.
    """
    path = Path(path)
    book = read_workbook(path)
    names = [one.name for one in book.sheets]
    visible = next((one for one in book.sheets if not one.is_hidden), None)
    chosen = visible if sheet is None else next((one for one in book.sheets if one.name == sheet), None)
    if chosen is None and sheet is not None:
        says = f"has no sheet {shown(sheet)} with cells that are filled."
        raise ExchangeError(says, file=path, found=", ".join(names), expected=sheet)
    if chosen is None:
        raise ExchangeError("is empty." if not names else "has only hidden sheets; name one to read it.", file=path)
    others = [
        LossItem(path.name, f"sheet {shown(other.name)}", "left out", "Only one sheet was read.")
        for other in book.sheets
        if other is not chosen
    ]
    table = chosen.table
    return Table(table.columns, table.rows, table.source, (*table.loss, *others, *book.loss))


def read_workbook(path: Path) -> Workbook:
    """Read every sheet that has a filled cell."""
    path = Path(path)
    parts = parts_of(path)
    loss: list[LossItem] = []
    sheets: list[Sheet] = []
    for name, state, filled, losses in _sheets(path, parts):
        if not filled:
            loss.append(LossItem(path.name, f"sheet {shown(name)}", "left out", "It is empty."))
            continue
        columns, rows, numbers = shaped(path, filled)
        source = TableSource(str(path), "utf-8", True, None, numbers, name)
        is_hidden = state != "visible"
        sheets.append(Sheet(name, Table(columns, tuple(rows), source, _loss(path, name, is_hidden, losses)), is_hidden))
    return Workbook(tuple(sheets), (*loss, *_other_parts(path, parts.names)))


def _sheets(path: Path, parts: Parts) -> Iterator[tuple[str, str, list[tuple[int, list[str]]], Counter[str]]]:
    """What openpyxl makes of each sheet: its name, its state, its filled rows with their numbers, and what is lost."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(parts.copy, read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                facts = parts.facts[cast(Any, sheet)._worksheet_path]
                losses = Counter(facts.counts)
                filled = []
                for number, row in enumerate(sheet.iter_rows(max_row=facts.rows or 1, max_col=facts.columns or 1), 1):
                    record = [_text(cell, losses) for cell in row]
                    if any(map(str.strip, record)):
                        filled.append((number, record))
                yield sheet.title, sheet.sheet_state, filled, losses
    except ExchangeError:
        raise
    except Exception as error:  # openpyxl lets through whatever its parts raise
        says = "is not a workbook that can be read; open it in a spreadsheet and save it anew as .xlsx."
        raise ExchangeError(says, file=path, found=type(error).__name__) from None


def _text(cell: Any, losses: Counter[str]) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if not isfinite(value):
            return str(value)
        text, is_rounded = shown_number(value, cell.number_format or "General")
        losses["rounded"] += is_rounded
        return text
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _hours(value)
    text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    plain = "".join(letter for letter in text if letter != "\0" and not "\ud800" <= letter <= "\udfff")
    losses["characters"] += plain != text
    return plain


def _hours(span: timedelta) -> str:
    """A length of time as hours, minutes and seconds, also of more than a day."""
    seconds = abs(round(span.total_seconds()))
    return f"{'-' if span < timedelta() else ''}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _loss(path: Path, name: str, is_hidden: bool, losses: Counter[str]) -> LossReport:
    where = f"sheet {shown(name)}"
    items = [
        LossItem(path.name, f"{where}, {what}", kind, why, losses[what])
        for what, (kind, why) in LOSSES.items()
        if losses[what]
    ]
    return (*items, *[LossItem(path.name, where, "changed", "It is hidden, and read like the others.")] * is_hidden)


def _other_parts(path: Path, names: tuple[str, ...]) -> LossReport:
    counts = {what: sum(name.startswith(start) for name in names) for start, what in OTHER_PARTS}
    why = "A table has no place for them."
    return tuple(LossItem(path.name, what, "left out", why, count) for what, count in counts.items() if count)
