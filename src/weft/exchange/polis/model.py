"""What a Polis export holds, in Weft's conventions."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from weft.exchange.loss import LossReport

NO_TIME = -1

Sign: TypeAlias = Literal[1, -1]
TimeUnit: TypeAlias = Literal["seconds", "milliseconds"]


@dataclass(frozen=True, slots=True)
class Comment:
    """One statement. The two published counts include repeat votes: they are kept to be written again, never used."""

    id: str
    body: str
    moderated: int
    author: str | None = None
    created_ms: int | None = None
    is_meta: bool | None = None
    published_agrees: int | None = field(default=None, compare=False)
    published_disagrees: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Participant:
    """One person, and the opinion group that Polis published for them."""

    id: str
    group: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """Every vote in the order cast, as columns: the last one of a person on a statement is the one that counts.

    `participant` and `statement` (int32) are positions in the export's tuples; `vote` (int8) is 1 agree, 0 pass,
    -1 disagree; `time_ms` (int64) is milliseconds since 1970 or `NO_TIME`. Without `history` each vote is the final
    one of its cell, and the order says nothing.
    """

    participant: NDArray[np.int32]
    statement: NDArray[np.int32]
    vote: NDArray[np.int8]
    time_ms: NDArray[np.int64]
    history: bool

    def __len__(self) -> int:
        return len(self.vote)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Votes):
            return NotImplemented
        names = ("participant", "statement", "vote", "time_ms")
        return self.history == other.history and all(
            np.array_equal(getattr(self, name), getattr(other, name)) for name in names
        )

    __hash__ = None  # type: ignore[assignment]

    def last(self, statements: int) -> NDArray[np.int64]:
        """The rows of the votes that count, by participant and then statement."""
        cell = self.participant.astype(np.int64) * statements + self.statement
        order = np.argsort(cell, kind="stable")
        ordered = cell[order]
        ends = np.ones(len(order), dtype=bool)
        ends[:-1] = ordered[1:] != ordered[:-1]
        return order[ends]


@dataclass(frozen=True, slots=True)
class Source:
    """How the files were laid out: what was found, and what it was found from."""

    files: tuple[str, ...]
    agree_in_votes: Sign | None = None
    agree_in_matrix: Sign | None = None
    sign_from: Literal["counts", "assumed"] = "assumed"
    time_unit: TimeUnit | None = None
    order: Literal["time", "file"] = "file"


@dataclass(frozen=True, slots=True)
class PolisExport:
    """One conversation. Two exports are equal when they say the same, however their files were laid out."""

    summary: dict[str, str]
    comments: tuple[Comment, ...]
    participants: tuple[Participant, ...]
    votes: Votes
    source: Source = field(default=Source(files=()), compare=False)
    loss: LossReport = field(default=(), compare=False)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What somebody should look at before they rely on it."""
        source = self.source
        if source.sign_from == "counts" or (source.agree_in_votes is None and source.agree_in_matrix is None):
            return ()
        return ("Nothing in the files tells whether 1 or -1 means agree; 1 was taken for agree.",)
