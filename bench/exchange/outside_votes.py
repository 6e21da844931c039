"""Other programs read what Weft writes of votes: `python bench/exchange/outside_votes.py --peers`.

pabutools reads every Pabulib file, red-dwarf every Polis export, each after Weft has read and written it. What they
find is set beside what anyone with the csv module finds in the original, field by field and cell by cell.
"""

import csv
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from _outside import ASKED, ROOT, answer, python_with

sys.path.insert(0, str(ROOT / "src"))

from weft.exchange.pabulib import read_pabulib, write_pabulib
from weft.exchange.polis import read_polis, write_polis

SHARED = Path(os.environ.get("WEFT_SHARED", ROOT / ".." / "shared")) / "data"
PACKAGES = ("pabutools==1.2.3", "gmpy2==2.3.2", "red-dwarf==0.4.0")
PEER = Path(__file__).with_name("_votes_peer.py")
A_TIME = 1_500_000_000_000
SETS = {"category": "categories", "categories": "categories", "target": "targets", "targets": "targets"}


def sections(path: Path) -> dict[str, list[dict[str, str]]]:
    """The sections of a Pabulib file as they stand, without any code of the project."""
    found: dict[str, list[list[str]]] = {}
    with path.open(newline="", encoding="utf-8-sig") as file:
        for row in csv.reader(file, delimiter=";"):
            if len(row) == 1 and row[0].strip() in ("META", "PROJECTS", "VOTES"):
                rows = found.setdefault(row[0].strip(), [])
            elif row:
                rows.append(row)
    return {name: [dict(zip(head, row, strict=True)) for row in rows] for name, (head, *rows) in found.items()}


def kept(cells: dict[str, str], *without: str) -> dict[str, Any]:
    """The cells as pabutools keeps them: no spaces around, `none` is nothing, categories and targets are sets."""
    filled = {key: cell.strip() for key, cell in cells.items() if key not in without}
    return {
        SETS.get(key, key): sorted({part.strip() for part in cell.split(",")}) if key in SETS else cell
        for key, cell in filled.items()
        if cell.lower() != "none"
    }


def number(text: str) -> Fraction:
    return Fraction(Decimal(text.strip().replace(",", ".")))


def expected_ballot(cells: dict[str, str], kind: str) -> dict[str, Any]:
    names = [name for name in cells["vote"].split(",") if name]
    with_points = kind in ("cumulative", "scoring")
    points = [number(each) for each in cells["points"].split(",") if each] if with_points else None
    if kind in ("approval", "choose-1"):
        names = sorted(names)
    own = ("vote", "points") if with_points else ("vote",)
    return {"projects": names, "points": points, "about": kept(cells, *own)}


def election_differs(original: Path, theirs: dict[str, Any]) -> Iterator[str]:
    """Each part in which pabutools finds something else than the original holds."""
    raw = sections(original)
    meta = {row["key"].strip(): row["value"].strip() for row in raw["META"]}
    if theirs["meta"] != meta:
        yield "meta"
    if Fraction(theirs["budget"]) != number(meta["budget"]):
        yield "budget"
    costs = {row["project_id"].strip(): number(row["cost"]) for row in raw["PROJECTS"]}
    if {name: Fraction(project["cost"]) for name, project in theirs["projects"].items()} != costs:
        yield "costs"
    more = {row["project_id"].strip(): kept(row) for row in raw["PROJECTS"]}
    if {name: project["more"] for name, project in theirs["projects"].items()} != more:
        yield "columns of projects"
    kind = meta["vote_type"]
    for ballot in theirs["ballots"]:
        ballot["points"] = None if ballot["points"] is None else [Fraction(each) for each in ballot["points"]]
        if kind in ("approval", "choose-1"):
            ballot["projects"].sort()
    wanted = [expected_ballot(row, kind) for row in raw["VOTES"]]
    for part in ("projects", "points", "about"):
        if [ballot[part] for ballot in theirs["ballots"]] != [ballot[part] for ballot in wanted]:
            yield f"{part} of ballots"


def elections(python: Path, made: Path) -> Iterator[tuple[str, str, str]]:
    for path in sorted((SHARED / "pabulib").glob("*.pb")):
        written = made / path.name
        write_pabulib(read_pabulib(path), written)
        theirs = answer(python, PEER, "pabulib", written)
        differs = ", ".join(election_differs(path, theirs)) or "the same"
        yield path.stem, f"{len(theirs['projects'])} projects, {len(theirs['ballots']):,} ballots", differs


def original_cells(folder: Path) -> dict[tuple[int, int], int]:
    """The cells of participants-votes.csv as they stand."""
    with (folder / "participants-votes.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file)
        statements = [name for name in rows.fieldnames or () if name.isdigit()]
        return {
            (int(row["participant"]), int(name)): int(row[name]) for row in rows for name in statements if row[name]
        }


def original_statements(folder: Path) -> list[dict[str, str]]:
    with (folder / "comments.csv").open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def export_differs(original: Path, theirs: dict[str, Any]) -> Iterator[str]:
    """Each part in which red-dwarf finds something else than the original holds."""
    cells = {(person, statement): vote for person, statement, vote in theirs["cells"]}
    wanted = original_cells(original)
    apart = sum(cells.get(cell) != wanted.get(cell) for cell in cells.keys() | wanted.keys())
    if apart:
        yield f"{apart:,} cells"
    rows = original_statements(original)
    if theirs["statements"] != {row["comment-id"]: row["comment-body"] for row in rows}:
        yield "texts of statements"
    if theirs["moderated"] != {row["comment-id"]: int(row["moderated"]) for row in rows}:
        yield "moderation"


def exports(python: Path, made: Path) -> Iterator[tuple[str, str, str]]:
    """Where there is no history, the final votes are written as one, all at one moment: red-dwarf reads no other."""
    for folder in sorted(path for path in (SHARED / "polis").iterdir() if path.is_dir()):
        export = read_polis(folder)
        note = ""
        if not export.votes.history:
            times = export.votes.time_ms.copy()
            times[:] = A_TIME
            export = replace(export, votes=replace(export.votes, history=True, time_ms=times))
            note = ", final votes as a history"
        write_polis(export, made / folder.name)
        theirs = answer(python, PEER, "polis", made / folder.name)
        differs = ", ".join(export_differs(folder, theirs)) or "the same"
        yield folder.name, f"{len(theirs['statements']):,} statements, {len(theirs['cells']):,} cells{note}", differs


def main() -> int:
    """A table of what was read, and 1 where something differs."""
    if not ASKED:
        print("`--peers` installs pabutools and red-dwarf beside Weft and lets them read what it writes.")
        return 0
    python = python_with("outside-votes", *PACKAGES)
    same = True
    with tempfile.TemporaryDirectory() as folder:
        for reader, found in ((PACKAGES[0], elections), (PACKAGES[2], exports)):
            for name, size, differs in found(python, Path(folder)):
                same &= differs == "the same"
                print(f"| {reader.replace('==', ' ')} | {name} | {size} | {differs} |", flush=True)
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
