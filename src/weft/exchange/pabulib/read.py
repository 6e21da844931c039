"""Read a Pabulib file (.pb): the sections META, PROJECTS and VOTES, in this order."""

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from weft.exchange.errors import ExchangeError, shown, wrong
from weft.exchange.pabulib.ballots import BallotReader, as_numbers
from weft.exchange.pabulib.checks import warnings
from weft.exchange.pabulib.model import TEXTS, VOTE_TYPES, WITH_POINTS, Ballots, Column, Election, Project, exact
from weft.exchange.rows import blocks, heading, uneven

SECTIONS = ("META", "PROJECTS", "VOTES")


class _Numbered(dict[str, int]):
    """Numbers texts as they first appear."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


class _Rows:
    """The rows of the file: one by one for the short sections, in blocks for the rest. Blank rows are passed over."""

    def __init__(self, path: Path) -> None:
        self._blocks = blocks(path, ";")
        self._waiting: list[list[str]] = []
        self._place = 0
        self._first = 1

    def one(self) -> tuple[int, list[str]] | None:
        """The next row and its number."""
        while True:
            while self._place < len(self._waiting):
                record = self._waiting[self._place]
                self._place += 1
                if record:
                    return self._first + self._place - 1, record
            self._first, self._waiting = next(self._blocks, (0, []))
            self._place = 0
            if not self._waiting:
                return None

    def rest(self) -> Iterator[tuple[int, list[list[str]]]]:
        """All that is left, blank rows included."""
        yield self._first + self._place, self._waiting[self._place :]
        yield from self._blocks


def read_pabulib(path: Path) -> Election:
    """Read an election. Ballots over the file's own limits are kept, and counted in the warnings."""
    path = Path(path)
    found = _Rows(path)
    _begin(path, found)
    meta = _meta(path, found)
    projects = _projects(path, found)
    voters, ballots, about = _votes(path, found, projects, meta["vote_type"] in WITH_POINTS)
    election = Election(meta, projects, voters, ballots, about)
    return Election(meta, projects, voters, ballots, about, warnings(election))


def _begin(path: Path, found: _Rows) -> None:
    first = found.one()
    if first is None:
        raise ExchangeError("is empty.", file=path)
    row, record = first
    if _section(record) != "META":
        raise ExchangeError("the file must begin with META.", file=path, row=row, found=record[0], expected="META")


def _section(record: Sequence[str]) -> str | None:
    """The section that a row of one word opens."""
    if len(record) != 1:
        return None
    name = record[0].strip().upper()
    return name if name in SECTIONS else None


def _heading(path: Path, found: _Rows, section: str, required: Sequence[str]) -> dict[str, int]:
    first = found.one()
    if first is None or _section(first[1]):
        raise ExchangeError(f"has no rows in section {section}.", file=path)
    row, record = first
    return heading(path, record, required, row)


def _rows_until(path: Path, found: _Rows, width: int, following: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of one section, all of one width, up to the heading of the next."""
    while (following_row := found.one()) is not None:
        row, record = following_row
        section = _section(record)
        if section == following:
            return
        if section:
            raise ExchangeError(f"section {section} is out of place.", file=path, row=row, expected=following)
        if len(record) != width:
            raise uneven(path, row, len(record), width)
        yield row, record
    raise ExchangeError(f"has no section {following}.", file=path, expected=following)


def _meta(path: Path, found: _Rows) -> dict[str, str]:
    columns = _heading(path, found, "META", ("key", "value"))
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


def _projects(path: Path, found: _Rows) -> tuple[Project, ...]:
    columns = _heading(path, found, "PROJECTS", ("project_id", "cost"))
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
    path: Path, found: _Rows, projects: Sequence[Project], with_points: bool
) -> tuple[NDArray[Any], Ballots, dict[str, Column]]:
    own = ("voter_id", "vote", "points") if with_points else ("voter_id", "vote")
    columns = _heading(path, found, "VOTES", own)
    others = {name: _Numbered() for name in columns if name not in own}
    codes = {name: array("i") for name in others}
    ids = [np.array([], TEXTS)]
    ballots = BallotReader(path, {project.id: number for number, project in enumerate(projects)}, with_points)
    for row, records in found.rest():
        numbers: Sequence[int] = range(row, row + len(records))
        if set(map(len, records)) != {len(columns)}:
            numbers, records = _without_blanks(path, row, records, len(columns))
        if not records:
            continue
        cells = list(zip(*records, strict=True))
        ids.append(np.array(cells[columns["voter_id"]], TEXTS))
        ballots.add(numbers, cells[columns["vote"]], cells[columns["points"]] if with_points else ())
        for name, numbered in others.items():
            codes[name].extend(map(numbered.__getitem__, cells[columns[name]]))
    about = {name: Column(tuple(others[name]), as_numbers(codes[name])) for name in others}
    return np.concatenate(ids), ballots.done(), about


def _without_blanks(
    path: Path, first: int, records: Sequence[list[str]], width: int
) -> tuple[list[int], list[list[str]]]:
    """The rows that are not blank, with their numbers; every one must have the width of the heading."""
    filled = [(row, record) for row, record in enumerate(records, first) if record]
    for row, record in filled:
        if section := _section(record):
            raise ExchangeError(f"section {section} is out of place.", file=path, row=row, found=section)
        if len(record) != width:
            raise uneven(path, row, len(record), width)
    return [row for row, _ in filled], [record for _, record in filled]
