"""Read the statements of the shared Polis conversations, in id order."""

import csv
import os
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("WEFT_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "polis"
needs_texts = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared Polis conversations are not here")


@cache
def statements(name):
    with (FOLDER / name / "comments.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["comment-id"]))
    return tuple(row["comment-body"] for row in rows)
