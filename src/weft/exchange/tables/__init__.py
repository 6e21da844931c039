"""Tables as CSV: survey rows, sheets from paper, lists of activities."""

from weft.exchange.encoding import ENCODINGS
from weft.exchange.tables.match import Field, Matching, match_columns, matched_rows, write_template
from weft.exchange.tables.model import Table, TableSource
from weft.exchange.tables.read import read_table
from weft.exchange.tables.write import write_table

__all__ = [
    "ENCODINGS",
    "Field",
    "Matching",
    "Table",
    "TableSource",
    "match_columns",
    "matched_rows",
    "read_table",
    "write_table",
    "write_template",
]
