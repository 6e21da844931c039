"""Read a Pabulib file (.pb): the sections META, PROJECTS and VOTES, in this order."""

from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from weft.exchange.errors import ExchangeError, shown, wrong
from weft.exchange.pabulib.ballots import BallotReader
from weft.exchange.pabulib.checks import warnings
from weft.exchange.pabulib.model import TEXTS, VOTE_TYPES, WITH_POINTS, Ballots, Column, Election, Project, exact
from weft.exchange.rows import heading, records, uneven

SECTIONS = ("META", "PROJECTS", "VOTES")
CHUNK_ROWS = 5_000

Rows: TypeAlias = Iterator[tuple[int, list[str]]]


class _Numbered(dict[str, int]):
    """Numbers texts as they first appear."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


def read_pabulib(path: Path) -> Election:
    """Read an election. Ballots over the file's own limits are kept, and counted in the warnings."""
    path = Path(path)
    found = ((row, record) for row, record in enumerate(records(path, ";"), 1) if record)
    _begin(path, found)
    meta = _meta(path, found)
    projects = _projects(path, found)
    voters, ballots, about = _votes(path, found, projects, meta["vote_type"] in WITH_POINTS)
    election = Election(meta, projects, voters, ballots, about)
    return Election(meta, projects, voters, ballots, about, warnings(election))


def _begin(path: Path, found: Rows) -> None:
    row, record = next(found, (0, []))
    if not row:
        raise ExchangeError("is empty.", file=path)
    if _section(record) != "META":
        raise ExchangeError("the file must begin with META.", file=path, row=row, found=record[0], expected="META")


def _section(record: Sequence[str]) -> str | None:
    """The section that a row of one word opens."""
    if len(record) != 1:
        return None
    name = record[0].strip().upper()
    return name if name in SECTIONS else None


def _heading(path: Path, found: Rows, section: str, required: Sequence[str]) -> tuple[dict[str, int], int]:
    row, record = next(found, (0, []))
    if not row or _section(record):
        raise ExchangeError(f"has no rows in section {section}.", file=path)
    return heading(path, record, required, row), row


def _rows_until(path: Path, found: Rows, width: int, following: str) -> Rows:
    """The rows of one section, all of one width, up to the heading of the next."""
    for row, record in found:
        section = _section(record)
        if section == following:
            return
        if section:
            raise ExchangeError(f"section {section} is out of place.", file=path, row=row, expected=following)
        if len(record) != width:
            raise uneven(path, row, len(record), width)
        yield row, record
    raise ExchangeError(f"has no section {following}.", file=path, expected=following)


def _meta(path: Path, found: Rows) -> dict[str, str]:
    columns, _ = _heading(path, found, "META", ("key", "value"))
    meta: dict[str, str] = {}
    rows: dict[str, int] = {}
    for row, record in _rows_until(path, found, len(columns), "PROJECTS"):
        key = record[columns["key"]].strip()
        if not key or key in meta:
            says = f"{shown(key)} is listed twice." if key else "the key is missing."
            raise ExchangeError(says, file=path, row=row, column="key", found=key)
        meta[key] = record[columns["value"]]
        rows[key] = row
    for key in ("budget", "vote_type"):
        if key not in meta:
            raise ExchangeError(f"has no {key} in section META.", file=path, expected=key)
        meta[key] = meta[key].strip()
    budget = exact(meta["budget"])
    if budget is None or budget < 0:
        raise wrong("budget", "a number of 0 or more", meta["budget"], file=path, row=rows["budget"], column="value")
    if meta["vote_type"] not in VOTE_TYPES:
        expected = f"one of {', '.join(VOTE_TYPES)}"
        raise wrong("vote_type", expected, meta["vote_type"], file=path, row=rows["vote_type"], column="value")
    return meta


def _projects(path: Path, found: Rows) -> tuple[Project, ...]:
    columns, _ = _heading(path, found, "PROJECTS", ("project_id", "cost"))
    projects: dict[str, Project] = {}
    for row, record in _rows_until(path, found, len(columns), "VOTES"):
        name = record[columns["project_id"]].strip()
        if not name or name in projects or "," in name:
            says = f"project {shown(name)} is listed twice." if name in projects else f"{shown(name)} cannot be an id."
            raise ExchangeError(says, file=path, row=row, column="project_id", found=name)
        cost = exact(record[columns["cost"]].strip())
        if cost is None or cost < 0:
            found_cost = record[columns["cost"]]
            raise wrong("cost", "a number of 0 or more", found_cost, file=path, row=row, column="cost")
        more = {key: record[place] for key, place in columns.items() if key not in ("project_id", "cost")}
        projects[name] = Project(name, cost, more)
    return tuple(projects.values())


def _votes(
    path: Path, found: Rows, projects: Sequence[Project], with_points: bool
) -> tuple[NDArray[Any], Ballots, dict[str, Column]]:
    own = ("voter_id", "vote", "points") if with_points else ("voter_id", "vote")
    columns, _ = _heading(path, found, "VOTES", own)
    others = {name: _Numbered() for name in columns if name not in own}
    codes = {name: array("i") for name in others}
    ids = [np.array([], TEXTS)]
    ballots = BallotReader(path, {project.id: number for number, project in enumerate(projects)}, with_points)
    while chunk := list(islice(found, CHUNK_ROWS)):
        if any(len(record) != len(columns) for _, record in chunk):
            raise _misfit(path, chunk, len(columns))
        cells = {name: [record[place] for _, record in chunk] for name, place in columns.items()}
        ids.append(np.array(cells["voter_id"], TEXTS))
        ballots.add([row for row, _ in chunk], cells["vote"], cells["points"] if with_points else ())
        for name, numbered in others.items():
            codes[name].extend(map(numbered.__getitem__, cells[name]))
    about = {name: Column(tuple(others[name]), np.array(codes[name], np.int32)) for name in others}
    return np.concatenate(ids), ballots.done(), about


def _misfit(path: Path, chunk: Sequence[tuple[int, list[str]]], width: int) -> ExchangeError:
    row, record = next((row, record) for row, record in chunk if len(record) != width)
    if section := _section(record):
        return ExchangeError(f"section {section} is out of place.", file=path, row=row, found=section)
    return uneven(path, row, len(record), width)
