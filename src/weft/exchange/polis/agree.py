"""What a 1 means in each file, and whether the two files of votes say the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from weft.exchange.errors import ExchangeError
from weft.exchange.polis.model import NO_TIME, Comment, Sign, Votes
from weft.exchange.polis.tables import Matrix

Counts = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Final:
    """participants-votes.csv as it stands, and its cells as votes with agree = 1."""

    matrix: Matrix
    votes: Votes


def sign_by_counts(agrees: Counts, disagrees: Counts, where: NDArray[np.int32], vote: NDArray[np.int8]) -> Sign | None:
    """The value that stands for agree, told by published counts; none if they fit both ways alike.

    The counts may include repeat votes, so they need not be met: the nearer reading wins.
    """
    known = np.array([a is not None and d is not None for a, d in zip(agrees, disagrees, strict=True)], dtype=bool)
    if not known.any():
        return None
    published_agrees = np.array([a or 0 for a in agrees], dtype=np.int64)
    published_disagrees = np.array([d or 0 for d in disagrees], dtype=np.int64)
    plus = np.bincount(where[vote == 1], minlength=len(known))
    minus = np.bincount(where[vote == -1], minlength=len(known))
    straight = (abs(published_agrees - plus) + abs(published_disagrees - minus))[known].sum()
    turned = (abs(published_agrees - minus) + abs(published_disagrees - plus))[known].sum()
    if straight == turned:
        return None
    return 1 if straight < turned else -1


def comment_sign(comments: Sequence[Comment], statement: NDArray[np.int32], vote: NDArray[np.int8]) -> Sign | None:
    """The value that stands for agree, told by the counts of comments.csv."""
    agrees = [comment.published_agrees for comment in comments]
    disagrees = [comment.published_disagrees for comment in comments]
    return sign_by_counts(agrees, disagrees, statement, vote)


def by_time(votes: Votes) -> Votes:
    """The same votes ordered by time; those of one moment stay in order."""
    order = np.argsort(votes.time_ms, kind="stable")
    return replace(
        votes,
        participant=votes.participant[order],
        statement=votes.statement[order],
        vote=votes.vote[order],
        time_ms=votes.time_ms[order],
    )


def all_timed(votes: Votes) -> bool:
    """Whether every vote says when it was cast."""
    return not (votes.time_ms == NO_TIME).any()


def last_cells(votes: Votes, statements: int) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """The cells with a vote, as one number each in rising order, and the vote that counts there."""
    rows = votes.last(statements)
    return votes.participant[rows].astype(np.int64) * statements + votes.statement[rows], votes.vote[rows]


def same_result(one: Votes, other: Votes, statements: int) -> bool:
    """Whether the same votes count in both."""
    cells, votes = last_cells(one, statements)
    other_cells, other_votes = last_cells(other, statements)
    return np.array_equal(cells, other_cells) and np.array_equal(votes, other_votes)


def signed(votes: Votes, sign: Sign) -> Votes:
    """The votes with agree = 1, where `sign` stood for agree before."""
    return votes if sign == 1 else replace(votes, vote=-votes.vote)


def first_fit(orders: Iterable[Votes], cells: Votes, statements: int) -> tuple[Votes, Sign] | None:
    """The first order of the votes, and the sign, by which their last votes are the cells of the matrix."""
    signs: tuple[Sign, Sign] = (1, -1)
    for votes in orders:
        for sign in signs:
            if same_result(signed(votes, sign), cells, statements):
                return votes, sign
    return None


def disagreement(path: Path, votes: Votes, final: Final, comments: Sequence[Comment]) -> ExchangeError:
    """The first cell of participants-votes.csv that is not the last vote of votes.csv."""
    matrix, statements = final.matrix, len(comments)
    last = dict(zip(*(column.tolist() for column in last_cells(votes, statements)), strict=True))
    told = dict(zip(*(column.tolist() for column in last_cells(final.votes, statements)), strict=True))
    cell = min(cell for cell in last.keys() | told.keys() if last.get(cell) != told.get(cell))
    participant, statement = divmod(cell, statements)
    name = comments[statement].id
    if statement >= len(matrix.statements):
        says = f"has no column for statement {name}, on which {path.name} has votes."
        return ExchangeError(says, file=matrix.path, expected=name)
    found, expected = (str(side.get(cell, "")) for side in (told, last))
    says = f"{_told(found)}, but {_last(expected, path)}."
    return ExchangeError(says, file=matrix.path, row=participant + 2, column=name, found=found, expected=expected)


def _told(vote: str) -> str:
    return f"the vote is {vote}" if vote else "there is no vote"


def _last(vote: str, votes_file: Path) -> str:
    return f"the last vote in {votes_file.name} is {vote}" if vote else f"{votes_file.name} has no vote there"
