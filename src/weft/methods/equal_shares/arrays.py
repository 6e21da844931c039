"""An election from ballots that lie end to end in arrays, as a file reader gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm

import numpy as np
from numpy.typing import NDArray

from weft.methods.equal_shares.ballots import UTILITIES, Election, Number, exact

Whole = NDArray[np.int64]


def election_from_arrays(
    costs: Mapping[str, Number],
    start: NDArray[np.integer],
    project: NDArray[np.integer],
    utility: str = "cost",
    points: NDArray[np.integer] | None = None,
    values: Sequence[Number] = (),
) -> Election:
    """Count identical ballots together, like ``election`` but without a list for each ballot, and the same result.

    Parameters: ``costs`` by project id, in the order that positions count; ``start`` int [ballots + 1]; ``project``
    int [entries], ballot ``i`` having the positions ``project[start[i]:start[i + 1]]``, best first; ``points`` int
    [entries], the place of each entry's points in ``values``; ``utility`` as in ``election``.

    Returns an ``Election`` with ``group_of`` for each ballot, groups in the order first met. Raises ``ValueError`` for
    an unknown utility, one that does not fit the ballots, bad costs or points, a project named twice, no ballots.
    Cost: a sort of the entries.

    >>> small = election_from_arrays({"A": 100, "B": 60}, np.array([0, 2, 4, 5, 5]), np.array([0, 1, 1, 0, 0]))
    >>> small.weights.tolist(), small.votes
    ([2, 1, 1], (3, 2))
    """
    ids, money, rank = _projects(costs)
    ends = np.asarray(start, dtype=np.int64)
    if len(ends) < 2:
        raise ValueError("There are no ballots.")
    owner = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    at = rank[np.asarray(project, dtype=np.int64)]
    _refuse_repeats(owner, at, ids)
    worth, scale, level = _worth(utility, ends, owner, None if points is None else np.asarray(points), values)
    if points is not None:
        given = level > 0
        owner, at, level = owner[given], at[given], level[given]
    kind = level if utility in ("points", "borda") else np.zeros_like(at)
    group_of, first = _groups(owner, at, kind, len(ends) - 1, len(ids))
    number = np.full(len(ends) - 1, -1)
    number[first] = np.arange(len(first))
    kept = number[owner] >= 0
    entries = number[owner[kept]], at[kept], kind[kept]
    weights = np.bincount(group_of).astype(np.int64)
    approvers, levels = _by_project(*entries, len(ids))
    if utility in ("cost", "cardinality"):
        return Election(ids, money, utility, weights, group_of, approvers, approvers, None, (1,), 1)
    above = entries[2] > 0
    group, place, mine = (each[above] for each in entries)
    used = np.unique(mine)
    supporters, levels = _by_project(group, place, np.searchsorted(used, mine), len(ids))
    level_values = tuple(worth[int(each)] for each in used)
    small, shrunk = _reduced(level_values, scale)
    narrow = tuple(each.astype(np.int32) for each in levels)
    return Election(ids, money, utility, weights, group_of, supporters, approvers, narrow, small, shrunk)


def _projects(costs: Mapping[str, Number]) -> tuple[tuple[str, ...], tuple[Fraction, ...], Whole]:
    """Ids in string order, their costs, and where each project as given stands among them."""
    given = list(costs)
    ids = tuple(sorted(given))
    money = tuple(exact(costs[name], f"cost of project {name}") for name in ids)
    for name, cost in zip(ids, money, strict=True):
        if cost < 0:
            raise ValueError(f"cost of project {name} must be 0 or more, got {cost}.")
    place = {name: at for at, name in enumerate(ids)}
    return ids, money, np.array([place[name] for name in given], dtype=np.int64)


def _refuse_repeats(owner: Whole, at: Whole, ids: Sequence[str]) -> None:
    cells = np.sort(owner * max(len(ids), 1) + at)
    twice = cells[1:][cells[1:] == cells[:-1]]
    if twice.size:
        ballot, project = divmod(int(twice[0]), len(ids))
        raise ValueError(f"ballot {ballot + 1} names project {ids[project]} twice.")


def _worth(
    utility: str, ends: Whole, owner: Whole, points: NDArray[np.integer] | None, values: Sequence[Number]
) -> tuple[list[int], int, Whole]:
    """Utilities ascending in whole units from 0, how many units make 1, and the place of each entry's utility."""
    if utility not in UTILITIES:
        raise ValueError(f"utility must be one of {', '.join(UTILITIES)}, got {utility}.")
    if points is None:
        if utility == "points":
            raise ValueError("ballots are lists; points need a number for each project.")
        rank = np.arange(len(owner)) - ends[owner]
        level = np.diff(ends)[owner] - 1 - rank
        return list(range(int(level.max(initial=0)) + 1)), 1, level
    if utility == "borda":
        raise ValueError("ballots give points; borda needs a ranking.")
    amounts = [exact(value, "points") for value in values]
    if any(value < 0 for value in amounts):
        raise ValueError(f"points must be 0 or more, got {min(amounts)}.")
    rising = sorted({Fraction(0), *amounts})
    scale = lcm(*(value.denominator for value in rising))
    place = {value: at for at, value in enumerate(rising)}
    code = np.array([place[value] for value in amounts] or [0], dtype=np.int64)
    return [int(value * scale) for value in rising], scale, code[points]


def _groups(owner: Whole, at: Whole, kind: Whole, ballots: int, projects: int) -> tuple[NDArray[np.int32], Whole]:
    """The group of each ballot, in the order first met, and the first ballot of each; told apart by their bytes."""
    cell = kind * max(projects, 1) + at
    largest = int(cell.max(initial=0))
    narrow = next(size for size in (np.uint8, np.uint16, np.uint32, np.uint64) if largest <= np.iinfo(size).max)
    cell = cell[np.argsort(owner * (largest + 1) + cell, kind="stable")].astype(narrow)
    text = cell.tobytes()
    ends = (np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=ballots))]) * cell.itemsize).tolist()
    found: dict[bytes, int] = {}
    group_of = np.fromiter(
        (found.setdefault(text[low:high], len(found)) for low, high in pairwise(ends)),
        dtype=np.int32,
        count=ballots,
    )
    first = np.full(len(found), ballots, dtype=np.int64)
    np.minimum.at(first, group_of, np.arange(ballots))
    return group_of, first


def _by_project(
    group: Whole, at: Whole, entry: Whole, projects: int
) -> tuple[tuple[NDArray[np.int64], ...], tuple[NDArray[np.int64], ...]]:
    """For each project the groups that name it, ascending, and what belongs to each."""
    order = np.argsort(at, kind="stable")
    cuts = np.cumsum(np.bincount(at, minlength=projects))[:-1]
    return (tuple(np.split(group[order], cuts)), tuple(np.split(entry[order], cuts))) if projects else ((), ())


def _reduced(worths: Sequence[int], scale: int) -> tuple[tuple[int, ...], int]:
    """The same utilities in the largest whole units that hold them all."""
    exactly = [Fraction(worth, scale) for worth in worths]
    least = lcm(*(worth.denominator for worth in exactly))
    return tuple(int(worth * least) for worth in exactly), least
