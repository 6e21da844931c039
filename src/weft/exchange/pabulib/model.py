"""What a Pabulib file holds; money and points are exact."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate, chain, pairwise
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from weft.exchange.loss import LossReport

VoteType: TypeAlias = Literal["approval", "choose-1", "cumulative", "scoring", "ordinal"]
VOTE_TYPES: tuple[VoteType, ...] = get_args(VoteType)
WITH_POINTS = ("cumulative", "scoring")
NUMBER = re.compile(r"-?[0-9]{1,30}([.,][0-9]{1,30})?")
TEXTS = np.dtypes.StringDType()


def exact(text: str) -> Decimal | None:
    """The exact value of a plain decimal number, with a point or a comma; none if it is not one."""
    return Decimal(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Project:
    """Something to be paid for; `more` holds its other columns as they stand."""

    id: str
    cost: Decimal
    more: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.more.get("name", "")


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one person voted for: positions of projects in the order given, and the points of each, if any are."""

    projects: tuple[int, ...]
    points: tuple[Decimal, ...] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The voters (positions, rising) who cast one and the same ballot."""

    ballot: Ballot
    voters: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Ballots:
    """All ballots end to end: voter `i` has `project[start[i]:start[i + 1]]`, which may be empty.

    `points` are positions in `values`, so that a million ballots stay exact and small.
    """

    start: NDArray[np.int64]
    project: NDArray[np.int32]
    points: NDArray[np.int32] | None = None
    values: tuple[Decimal, ...] = ()

    def __len__(self) -> int:
        return len(self.start) - 1

    def __iter__(self) -> Iterator[Ballot]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> Ballot:
        part = slice(int(self.start[number]), int(self.start[number + 1]))
        projects = tuple(self.project[part].tolist())
        if self.points is None:
            return Ballot(projects)
        return Ballot(projects, tuple(self.values[code] for code in self.points[part].tolist()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ballots):
            return NotImplemented
        if (self.points is None) != (other.points is None) or self.values != other.values:
            return False
        if self.points is not None and other.points is not None and not np.array_equal(self.points, other.points):
            return False
        return np.array_equal(self.start, other.start) and np.array_equal(self.project, other.project)

    __hash__ = None  # type: ignore[assignment]

    def groups(self) -> list[Group]:
        """Identical ballots together, in the order first cast; the order of projects within a ballot counts."""
        project = self.project.tobytes()
        points = b"" if self.points is None else self.points.tobytes()
        ends = (self.start * self.project.itemsize).tolist()
        found: dict[bytes, list[int]] = {}
        for voter, (start, end) in enumerate(pairwise(ends)):
            found.setdefault(project[start:end] + points[start:end], []).append(voter)
        together = np.fromiter(chain.from_iterable(found.values()), np.int32, len(self))
        bounds = accumulate(map(len, found.values()), initial=0)
        places, starts = self.project.tolist(), self.start.tolist()
        codes = None if self.points is None else self.points.tolist()
        groups = []
        for voters, (low, high) in zip(found.values(), pairwise(bounds), strict=True):
            part = slice(starts[voters[0]], starts[voters[0] + 1])
            given = None if codes is None else tuple(self.values[code] for code in codes[part])
            groups.append(Group(Ballot(tuple(places[part]), given), together[low:high]))
        return groups


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One more thing known of each voter: `values[code[i]]` is the text for voter `i`."""

    values: tuple[str, ...]
    code: NDArray[np.int32]

    def __getitem__(self, voter: int) -> str:
        return self.values[int(self.code[voter])]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Column):
            return NotImplemented
        return self.values == other.values and np.array_equal(self.code, other.code)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, eq=False)
class Election:
    """One election. `meta` is as it stands; `voters` are ids as NumPy texts; `about` is by name of column."""

    meta: dict[str, str]
    projects: tuple[Project, ...]
    voters: NDArray[Any]
    ballots: Ballots
    about: dict[str, Column] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    loss: LossReport = ()

    @property
    def budget(self) -> Decimal:
        return Decimal(self.meta["budget"].replace(",", "."))

    @property
    def vote_type(self) -> VoteType:
        return next(name for name in VOTE_TYPES if name == self.meta["vote_type"])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Election):
            return NotImplemented
        return (
            (self.meta, self.projects, self.ballots, self.about)
            == (other.meta, other.projects, other.ballots, other.about)
        ) and np.array_equal(self.voters, other.voters)

    __hash__ = None  # type: ignore[assignment]
