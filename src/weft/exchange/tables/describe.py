"""Say what is in a table."""

from weft.exchange.tables.model import Table

MOST_NAMES = 12
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", None: "none, it has one column"}


def describe(table: Table) -> tuple[tuple[str, str], ...]:
    """Labels and values for a person to read."""
    names = [name or "(no name)" for name in table.columns]
    more = len(names) - MOST_NAMES
    empty = sum(not cell.strip() for row in table.rows for cell in row)
    rows = [
        ("rows below the heading", f"{len(table.rows):,}"),
        ("columns", f"{len(names):,}"),
        ("names of columns", ", ".join(names[:MOST_NAMES]) + (f" and {more:,} more" if more > 0 else "")),
        ("empty cells", f"{empty:,} of {len(names) * len(table.rows):,}"),
    ]
    if table.source is not None and table.source.sheet is not None:
        rows.append(("sheet", table.source.sheet))
    elif table.source is not None:
        rows += [
            ("encoding", table.source.encoding + ("" if table.source.is_certain else ", guessed")),
            ("between cells", DELIMITER_NAMES[table.source.delimiter]),
        ]
    return tuple(rows)
