"""An election: projects, their costs, and identical ballots counted together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

UTILITIES = ("cost", "cardinality", "points", "borda")

Number = int | Fraction | Decimal | str
Ballot = Mapping[str, Number] | Sequence[str]
Key = tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Election:
    """Projects by position in string order of their ids, and groups of voters who cast the same ballot.

    ``weights`` int64 [G] voters in each group; ``group_of`` int32 [ballots]; ``supporters`` and ``approvers`` hold for
    each project the groups with a utility above 0, and those that approve it (a project ranked last is approved and
    has no Borda utility). ``levels`` holds for each supporter its place in ``level_values``, utilities in whole units
    of ``1 / level_scale``; it is ``None`` where all supporters of a project have the same utility.
    """

    ids: tuple[str, ...]
    costs: tuple[Fraction, ...]
    utility: str
    weights: NDArray[np.int64]
    group_of: NDArray[np.int32]
    supporters: tuple[NDArray[np.int64], ...]
    approvers: tuple[NDArray[np.int64], ...]
    levels: tuple[NDArray[np.int32], ...] | None
    level_values: tuple[int, ...]
    level_scale: int

    @property
    def voters(self) -> int:
        """Return how many people voted, empty ballots included."""
        return int(self.weights.sum())

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """Return how many voters support each project."""
        return tuple(int(self.weights[groups].sum()) for groups in self.supporters)

    @cached_property
    def approvals(self) -> tuple[int, ...]:
        """Return how many voters approve each project."""
        return tuple(int(self.weights[groups].sum()) for groups in self.approvers)

    def named(self, positions: Iterable[int]) -> tuple[str, ...]:
        """Return the ids at the positions, in their order."""
        return tuple(self.ids[at] for at in positions)


def exact(value: Number, name: str) -> Fraction:
    """Return the number as a fraction; a float is refused, because its decimals are not what was meant.

    >>> exact("12.50", "budget")
    Fraction(25, 2)
    """
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal | str | np.integer):
        raise ValueError(f"{name} must be a whole number, a decimal or a fraction, got {value}.")
    try:
        return Fraction(int(value)) if isinstance(value, np.integer) else Fraction(value)
    except (ValueError, ZeroDivisionError, OverflowError) as problem:
        raise ValueError(f"{name} must be a whole number, a decimal or a fraction, got {value}.") from problem


def election(
    costs: Mapping[str, Number], ballots: Iterable[Ballot], utility: str = "cost", counts: ArrayLike | None = None
) -> Election:
    """Count identical ballots together.

    Parameters: ``costs`` by project id; ``ballots`` either lists of ids (approved, or ranked from the best down), or
    points by id; ``utility`` what a project gives its supporter: its ``cost``, 1 (``cardinality``), the ``points``
    given, or ``borda``, L - 1 - rank in a list of length L, so nothing for the last; ``counts`` int [ballots], how
    many voters cast each, 1 by default. For ``cost`` and ``cardinality`` a ballot supports its listed projects, or
    those it gives more than 0 points. An empty ballot is legal.

    Returns an ``Election``. Raises ``ValueError`` naming the ballot (from 1) and the project. Cost: ballot entries.

    >>> small = election({"A": 100, "B": 60}, [["A", "B"], ["B", "A"], ["A"], []])
    >>> small.weights.tolist(), small.votes
    ([2, 1, 1], (3, 2))
    """
    if utility not in UTILITIES:
        raise ValueError(f"utility must be one of {', '.join(UTILITIES)}, got {utility}.")
    ids = tuple(sorted(costs))
    money = tuple(exact(costs[name], f"cost of project {name}") for name in ids)
    for name, cost in zip(ids, money, strict=True):
        if cost < 0:
            raise ValueError(f"cost of project {name} must be 0 or more, got {cost}.")
    place = {name: at for at, name in enumerate(ids)}
    group_by_key: dict[Key, int] = {}
    group_of = [
        group_by_key.setdefault(_key(number, ballot, place, utility), len(group_by_key))
        for number, ballot in enumerate(ballots, 1)
    ]
    if not group_of:
        raise ValueError("There are no ballots.")
    members = np.array(group_of, dtype=np.int32)
    weights = np.bincount(members, weights=_counts(counts, len(members))).astype(np.int64)
    keys = list(group_by_key)
    if utility in ("cost", "cardinality"):
        approvers = _by_project(keys, len(ids))
        return Election(ids, money, utility, weights, members, approvers, approvers, None, (1,), 1)
    approvers = _by_project([[at for at, _ in key] for key in keys], len(ids))
    supported = [[(at, worth) for at, worth in key if worth > 0] for key in keys]
    values, scale = _levels(supported)
    supporters = _by_project([[at for at, _ in key] for key in supported], len(ids))
    level = {Fraction(worth, scale): at for at, worth in enumerate(values)}
    levels = _by_project(
        [[at for at, _ in key] for key in supported], len(ids), [level[worth] for key in supported for _, worth in key]
    )
    worths = tuple(array.astype(np.int32) for array in levels)
    return Election(ids, money, utility, weights, members, supporters, approvers, worths, values, scale)


def _counts(counts: ArrayLike | None, ballots: int) -> NDArray[np.int64]:
    """Return how many voters cast each ballot."""
    if counts is None:
        return np.ones(ballots, dtype=np.int64)
    given = np.asarray(counts)
    if given.shape != (ballots,):
        raise ValueError(f"counts must have one entry for each of the {ballots} ballots, got {given.size}.")
    if given.dtype.kind not in "iu" or (given < 1).any():
        raise ValueError(f"counts must be whole numbers of 1 or more, got {given.tolist()[:3]}.")
    return given.astype(np.int64)


def _key(number: int, ballot: Ballot, place: Mapping[str, int], utility: str) -> Key:
    """Return what makes two ballots the same: their projects, with the utilities where those can differ."""
    try:
        if isinstance(ballot, Mapping):
            if utility == "borda":
                raise ValueError(f"ballot {number} gives points; borda needs a ranking.")
            points = [(place[name], _points(number, name, given)) for name, given in ballot.items()]
            given_some = sorted((at, given) for at, given in points if given > 0)
            return tuple(given_some) if utility == "points" else tuple(at for at, _ in given_some)
        listed = [place[name] for name in ballot]
    except KeyError as unknown:
        raise ValueError(f"ballot {number} names project {unknown.args[0]}, which has no cost.") from None
    if len(set(listed)) < len(listed):
        twice = next(name for at, name in enumerate(ballot) if name in ballot[:at])
        raise ValueError(f"ballot {number} names project {twice} twice.")
    if utility == "points":
        raise ValueError(f"ballot {number} is a list; points need a number for each project.")
    if utility == "borda":
        return tuple((at, len(listed) - 1 - rank) for rank, at in enumerate(listed))
    return tuple(sorted(listed))


def _points(number: int, name: str, given: Number) -> Fraction | int:
    """Return the points given, exactly."""
    points = given if type(given) is int else exact(given, f"points of ballot {number} for project {name}")
    if points < 0:
        raise ValueError(f"ballot {number} gives project {name} {points} points; points must be 0 or more.")
    return points


def _levels(ballots: Iterable[Iterable[tuple[int, Fraction | int]]]) -> tuple[tuple[int, ...], int]:
    """Return the different utilities in whole units, ascending, and how many units make 1."""
    worths = sorted({Fraction(worth) for ballot in ballots for _, worth in ballot})
    scale = lcm(*(worth.denominator for worth in worths))
    return tuple(int(worth * scale) for worth in worths), scale


def _by_project(
    ballots: Sequence[Sequence[int]], projects: int, entries: Sequence[int] | None = None
) -> tuple[NDArray[np.int64], ...]:
    """Return for each project the groups that name it, ascending, or the entries that belong to those."""
    lengths = np.array([len(ballot) for ballot in ballots], dtype=np.int64)
    named = np.array([at for ballot in ballots for at in ballot], dtype=np.int64)
    wanted = np.repeat(np.arange(len(ballots)), lengths) if entries is None else np.array(entries, dtype=np.int64)
    order = np.argsort(named, kind="stable")
    ends = np.cumsum(np.bincount(named, minlength=projects))
    return tuple(np.split(wanted[order], ends[:-1])) if projects else ()
