"""Write a Pabulib file."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossReport
from weft.exchange.pabulib.model import VOTE_TYPES, WITH_POINTS, Election, exact
from weft.exchange.rows import write_rows

OWN_PROJECT_COLUMNS = ("project_id", "cost")
OWN_VOTER_COLUMNS = ("voter_id", "vote", "points")


def write_pabulib(election: Election, path: Path) -> LossReport:
    """Write an election; nothing is lost. What no reader could read back is refused before anything is written."""
    path = Path(path)
    _check_meta(election, path)
    _check_projects(election, path)
    _check_ballots(election, path)
    write_rows(path, _lines(election), ";")
    return ()


def _check_meta(election: Election, path: Path) -> None:
    meta = election.meta
    for key in ("budget", "vote_type"):
        if key not in meta:
            raise ExchangeError(f"cannot be written: META has no {key}.", file=path, expected=key)
    budget = exact(meta["budget"])
    if budget is None or budget < 0:
        says = f"cannot be written: budget must be a number of 0 or more, got {shown(meta['budget'])}."
        raise ExchangeError(says, file=path, found=meta["budget"])
    if meta["vote_type"] not in VOTE_TYPES:
        says = f"cannot be written: vote_type must be one of {', '.join(VOTE_TYPES)}, got {shown(meta['vote_type'])}."
        raise ExchangeError(says, file=path, found=meta["vote_type"])
    if (meta["vote_type"] in WITH_POINTS) != (election.ballots.points is not None):
        says = f"cannot be written: ballots of {meta['vote_type']} and points do not go together."
        raise ExchangeError(says, file=path)
    for key in meta:
        if not key or key != key.strip():
            raise ExchangeError(f"cannot be written: {shown(key)} cannot be a key of META.", file=path, found=key)


def _check_projects(election: Election, path: Path) -> None:
    seen: set[str] = set()
    for project in election.projects:
        name = project.id
        if not name or name != name.strip() or "," in name or name in seen:
            says = f"cannot be written: {shown(name)} cannot be the id of a project, or is there twice."
            raise ExchangeError(says, file=path, found=name)
        seen.add(name)
        if exact(_plain(project.cost)) is None or project.cost < 0:
            says = f"cannot be written: the cost of project {shown(name)} must be 0 or more, got {project.cost}."
            raise ExchangeError(says, file=path, found=str(project.cost))
        if any(column in OWN_PROJECT_COLUMNS for column in project.more):
            raise ExchangeError(f"cannot be written: project {shown(name)} has a column twice.", file=path, found=name)


def _check_ballots(election: Election, path: Path) -> None:
    ballots = election.ballots
    rows = {"voters": len(election.voters)} | {name: len(column.code) for name, column in election.about.items()}
    if any(count != len(ballots) for count in rows.values()):
        raise ExchangeError("cannot be written: voters and ballots are not equally many.", file=path)
    own = OWN_VOTER_COLUMNS if ballots.points is not None else OWN_VOTER_COLUMNS[:2]
    if any(name in own for name in election.about):
        raise ExchangeError("cannot be written: a column of voters is there twice.", file=path)
    if ((ballots.project < 0) | (ballots.project >= len(election.projects))).any():
        raise ExchangeError("cannot be written: a ballot names a project that is not there.", file=path)
    owner = np.repeat(np.arange(len(ballots)), np.diff(ballots.start))
    pairs = owner * (len(election.projects) + 1) + ballots.project
    if len(np.unique(pairs)) != len(pairs):
        raise ExchangeError("cannot be written: a ballot names a project twice.", file=path)
    for value in ballots.values:
        if exact(_plain(value)) is None:
            raise ExchangeError(f"cannot be written: {value} points.", file=path, found=str(value))


def _plain(number: Decimal) -> str:
    return format(number, "f")


def _lines(election: Election) -> Iterator[Sequence[object]]:
    yield ("META",)
    yield "key", "value"
    yield from election.meta.items()
    yield ("PROJECTS",)
    more = list(dict.fromkeys(name for project in election.projects for name in project.more))
    yield (*OWN_PROJECT_COLUMNS, *more)
    for project in election.projects:
        yield (project.id, _plain(project.cost), *(project.more.get(name, "") for name in more))
    yield ("VOTES",)
    yield from _votes(election)


def _votes(election: Election) -> Iterator[Sequence[object]]:
    ballots, about = election.ballots, election.about
    names = [project.id for project in election.projects]
    given = [_plain(value) for value in ballots.values]
    own = OWN_VOTER_COLUMNS if ballots.points is not None else OWN_VOTER_COLUMNS[:2]
    yield (*own, *about)
    for number, voter in enumerate(election.voters.tolist()):
        part = slice(int(ballots.start[number]), int(ballots.start[number + 1]))
        row = [voter, ",".join(names[place] for place in ballots.project[part].tolist())]
        if ballots.points is not None:
            row.append(",".join(given[code] for code in ballots.points[part].tolist()))
        yield (*row, *(column[number] for column in about.values()))
