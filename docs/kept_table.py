"""Write the table of docs/taking-part.md again: every table of the database, what it holds, of whom and until when.

`python docs/kept_table.py` writes it; a house test says when it is out of date.
"""

import os
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "taking-part.md"
BEGIN, END = "<!-- what is kept: made by docs/kept_table.py -->", "<!-- end of what is kept -->"


def table() -> str:
    """A row for each table that holds something about somebody; the others in one sentence."""
    from weft.core.keeping import Holds, Whom, holds, tables

    rows, others = [], []
    for model in tables():
        held: dict[Holds, list[str]] = defaultdict(list)
        for column in model._meta.concrete_fields:
            if (one := holds(column)) and one.of != Whom.NOBODY:
                held[one].append(column.name)
        if held:
            said = [f"{one.of}: {one.what}, {one.until} ({', '.join(names)})" for one, names in held.items()]
            rows.append(f"| `{model._meta.db_table}` | {'; '.join(said)} |")
        else:
            others.append(f"`{model._meta.db_table}`")
    heading = ["| table | of whom, what, until when (columns) |", "|---|---|"]
    return "\n".join([*heading, *rows]) + f"\n\nNothing about anybody stands in {', '.join(others)}."


def filled(page: str, kept: str) -> str:
    """The page with the table in its place."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{kept}\n\n{END}{after}"


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    PAGE.write_text(filled(PAGE.read_text("utf-8"), table()), "utf-8")
