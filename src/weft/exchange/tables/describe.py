"""What is in a table, in a few plain rows."""

from weft.exchange.errors import shown
from weft.exchange.tables.model import Table


def describe(table: Table) -> tuple[tuple[str, str], ...]:
    """Label and value: how the file was laid out, how many rows, and the names of the columns."""
    rows: list[tuple[str, str]] = []
    if source := table.source:
        rows += [("sheet", source.sheet)] if source.sheet is not None else [("encoding", source.encoding)]
        if not source.is_certain:
            rows.append(("encoding is certain", "no, look at the accents"))
        if source.delimiter:
            rows.append(("between cells", {"\t": "tab"}.get(source.delimiter, source.delimiter)))
    rows += [("rows", str(len(table.rows))), ("columns", str(len(table.columns)))]
    return (*rows, *((f"column {place}", shown(name)) for place, name in enumerate(table.columns, 1)))
