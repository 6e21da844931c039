"""Where a Pabulib file contradicts itself without being unreadable."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from weft.exchange.pabulib.model import Election, exact

ROUNDING = 1e-6
BLOCK = 100_000


def warnings(election: Election) -> tuple[str, ...]:
    """Sentences on counts that do not fit and on ballots outside the limits that META names."""
    return (*_counts(election), *_project_votes(election), *_limits(election))


def _counts(election: Election) -> Iterator[str]:
    for key, noun, count in (
        ("num_projects", "projects", len(election.projects)),
        ("num_votes", "votes", len(election.ballots)),
    ):
        said = election.meta.get(key, "").strip()
        if said and said != str(count):
            yield f"META says {key} is {said}, the file has {count} {noun}."
    repeats = _repeats(election.voters)
    if repeats:
        yield f"{_rows(repeats)} a voter_id that another row has too."


def _project_votes(election: Election) -> Iterator[str]:
    counted = _counted(election.ballots.project, len(election.projects))
    said = [project.more.get("votes", "").strip() for project in election.projects]
    differ = sum(bool(given) and given != str(count) for given, count in zip(said, counted, strict=True))
    if differ:
        yield f"The column votes does not fit the ballots for {differ} of {len(said)} projects."


def _counted(named: NDArray[np.int32], projects: int) -> list[int]:
    """How many ballots name each project; counting block by block needs no second copy of them all."""
    found = np.zeros(projects, np.int64)
    for at in range(0, len(named), BLOCK):
        found += np.bincount(named[at : at + BLOCK], minlength=projects)
    return found.tolist()


def _repeats(voters: NDArray[Any]) -> int:
    """How many ids were there before; sorting numbers is far faster than sorting texts."""
    hashes = np.concatenate(
        [np.fromiter(map(hash, voters[at : at + BLOCK].tolist()), np.int64) for at in range(0, len(voters), BLOCK)]
        or [np.array([], np.int64)]
    )
    hashes.sort()
    if not (hashes[1:] == hashes[:-1]).any():
        return 0
    return len(voters) - len(np.unique(voters))


def _limits(election: Election) -> Iterator[str]:
    """Each limit of META, and how many ballots (or points given) lie outside it."""
    ballots = election.ballots
    length = np.diff(ballots.start)
    if election.vote_type == "choose-1":
        over = int((length > 1).sum())
        if over:
            yield f"{_rows(over)} more than one project, but vote_type is choose-1."
    cost = np.array([float(project.cost) for project in election.projects] or [0.0])
    points = np.array([float(value) for value in ballots.values] or [0.0])
    given = ballots.points
    measures: dict[str, Callable[[], NDArray[Any]]] = {
        "length": lambda: length,
        "sum_cost": lambda: _sums(cost, ballots.project, ballots.start),
    }
    if given is not None:
        measures["sum_points"] = lambda: _sums(points, given, ballots.start)
        measures["points"] = lambda: points[given]
    for name, measure in measures.items():
        for end, sign in (("min", -1.0), ("max", 1.0)):
            limit = exact(election.meta.get(f"{end}_{name}", "").strip())
            outside = 0 if limit is None else int((sign * (measure() - float(limit)) > ROUNDING).sum())
            if outside:
                noun = "points" if name == "points" else "ballots"
                yield f"{outside} {noun} outside {end}_{name} {limit}."


def _sums(worth: NDArray[np.float64], entries: NDArray[np.int32], start: NDArray[np.int64]) -> NDArray[np.float64]:
    """What the entries of each ballot are worth together, block by block to keep it small."""
    sums = np.zeros(len(start) - 1)
    for at in range(0, len(sums), BLOCK):
        ends = start[at : at + BLOCK + 1]
        running = np.concatenate(([0.0], np.cumsum(worth[entries[ends[0] : ends[-1]]])))
        sums[at : at + BLOCK] = running[ends[1:] - ends[0]] - running[ends[:-1] - ends[0]]
    return sums


def _rows(count: int) -> str:
    return "1 row has" if count == 1 else f"{count} rows have"
