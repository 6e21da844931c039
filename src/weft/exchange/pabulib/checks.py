"""Where a Pabulib file contradicts itself without being unreadable."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from weft.exchange.pabulib.model import Election, exact

ROUNDING = 1e-6


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
    repeats = len(election.voters) - len(np.unique(election.voters))
    if repeats:
        yield f"{_rows(repeats)} a voter_id that another row has too."


def _project_votes(election: Election) -> Iterator[str]:
    counted = np.bincount(election.ballots.project, minlength=len(election.projects)).tolist()
    said = [project.more.get("votes", "").strip() for project in election.projects]
    differ = sum(bool(given) and given != str(count) for given, count in zip(said, counted, strict=True))
    if differ:
        yield f"The column votes does not fit the ballots for {differ} of {len(said)} projects."


def _limits(election: Election) -> Iterator[str]:
    ballots = election.ballots
    length = np.diff(ballots.start)
    cost = np.array([float(project.cost) for project in election.projects] or [0.0])
    measures = {"length": length.astype(float), "sum_cost": _sums(cost[ballots.project], ballots.start)}
    if election.vote_type == "choose-1":
        over = int((length > 1).sum())
        if over:
            yield f"{_rows(over)} more than one project, but vote_type is choose-1."
    if ballots.points is not None:
        points = np.array([float(value) for value in ballots.values] or [0.0])[ballots.points]
        measures["sum_points"] = _sums(points, ballots.start)
        measures["points"] = points
    for name, found in measures.items():
        for end, sign in (("min", -1.0), ("max", 1.0)):
            limit = exact(election.meta.get(f"{end}_{name}", "").strip())
            outside = 0 if limit is None else int((sign * (found - float(limit)) > ROUNDING).sum())
            if outside:
                noun = "points" if name == "points" else "ballots"
                yield f"{outside} {noun} outside {end}_{name} {limit}."


def _sums(entries: NDArray[np.float64], start: NDArray[np.int64]) -> NDArray[np.float64]:
    """The sum of each ballot's entries."""
    running = np.concatenate(([0.0], np.cumsum(entries)))
    return running[start[1:]] - running[start[:-1]]


def _rows(count: int) -> str:
    return "1 row has" if count == 1 else f"{count} rows have"
