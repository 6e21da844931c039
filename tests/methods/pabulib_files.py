"""Read the shared Pabulib elections, just enough for the tests of equal shares."""

import csv
import json
import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("WEFT_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "pabulib"
needs_files = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared Pabulib elections are not here")


@cache
def expected():
    return json.loads((FOLDER / "expected.json").read_text())["files"] if FOLDER.is_dir() else {}


@cache
def read(name):
    """Costs, ballots by list of ids, ballots by points, voters of each, budget, vote type."""
    sections = {}
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            if row and row[0] in ("META", "PROJECTS", "VOTES"):
                rows = sections.setdefault(row[0], [])
            elif row:
                rows.append(row)
    meta = {row[0]: row[1] for row in sections["META"][1:]}
    header = sections["PROJECTS"][0]
    costs = {row[header.index("project_id")]: row[header.index("cost")] for row in sections["PROJECTS"][1:]}
    header = sections["VOTES"][0]
    vote = header.index("vote")
    points = header.index("points") if "points" in header else None
    lines = Counter((row[vote], row[points] if points else "") for row in sections["VOTES"][1:])
    listed, given = [], []
    for names, numbers in lines:
        ids = names.split(",") if names else []
        listed.append(ids)
        if numbers and meta["vote_type"] == "cumulative":
            given.append(dict(zip(ids, map(int, numbers.split(",")), strict=True)))
    return costs, listed, given, list(lines.values()), meta["budget"], meta["vote_type"]
