"""Tables as CSV and XLSX: survey rows, sheets from paper, lists of activities."""

import importlib
from typing import TYPE_CHECKING, Any

from weft.exchange.encoding import ENCODINGS
from weft.exchange.tables.describe import describe
from weft.exchange.tables.match import Field, Matching, match_columns, matched_rows, write_template
from weft.exchange.tables.model import Sheet, Table, TableSource, Workbook
from weft.exchange.tables.read import NAMED, read_table
from weft.exchange.tables.write import write_table

if TYPE_CHECKING:
    from weft.exchange.tables.xlsx import read_workbook, read_xlsx
    from weft.exchange.tables.xlsx_write import write_xlsx

WORKBOOKS = {"read_workbook": "xlsx", "read_xlsx": "xlsx", "write_xlsx": "xlsx_write"}

__all__ = [
    "ENCODINGS",
    "NAMED",
    "Field",
    "Matching",
    "Sheet",
    "Table",
    "TableSource",
    "Workbook",
    "describe",
    "match_columns",
    "matched_rows",
    "read_table",
    "read_workbook",
    "read_xlsx",
    "write_table",
    "write_template",
    "write_xlsx",
]


def __getattr__(name: str) -> Any:
    """What reads and writes workbooks loads openpyxl, which those who come for CSV should not wait for."""
    if name in WORKBOOKS:
        return getattr(importlib.import_module(f"weft.exchange.tables.{WORKBOOKS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
