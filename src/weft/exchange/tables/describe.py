"""What is in a table, in a few plain rows."""

from weft.exchange.errors import shown
from weft.exchange.tables.model import Table, TableSource

MOST_NAMES = 12
BETWEEN = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", None: "nothing, it has one column"}


def describe(table: Table) -> tuple[tuple[str, str], ...]:
    """Labels and values: how the file was laid out, how many rows, and the names of the columns."""
    names = [shown(name) if name else "(no name)" for name in table.columns]
    more = len(names) - MOST_NAMES
    empty = sum(not cell.strip() for row in table.rows for cell in row)
    return (
        *(_layout(table.source) if table.source else ()),
        ("rows", f"{len(table.rows):,}"),
        ("columns", f"{len(names):,}"),
        ("names of columns", ", ".join(names[:MOST_NAMES]) + (f" and {more:,} more" if more > 0 else "")),
        ("empty cells", f"{empty:,} of {len(names) * len(table.rows):,}"),
    )


def _layout(source: TableSource) -> tuple[tuple[str, str], ...]:
    if source.sheet is not None:
        return (("sheet", source.sheet),)
    return (("encoding", source.encoding), ("between cells", BETWEEN[source.delimiter]))
