"""Vote events as they were cast, made into one final vote for each person and statement."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Small = npt.NDArray[np.int8]
Numbers = npt.NDArray[np.integer[Any]]  # labels, positions and row numbers of any width

SORT_LIMIT = 300_000  # above it SciPy's counting sort is worth its import
CHUNK = 1 << 21  # votes handled at once where a step would otherwise need several times the memory of the votes


@dataclass(frozen=True)
class Votes:
    """Final votes by person, then statement, on the columns: the statements with at least one vote."""

    people: int
    statements: Ints  # [S] position of each column among the statements given
    moderated_out: Bools  # [S]
    meta: Bools  # [S]
    starts: npt.NDArray[np.int64]  # [P + 1] where each person's votes begin
    columns: Ints  # [N] ascending inside a person
    values: Small  # [N]
    repeats: int  # events that a later one replaced

    @property
    def zeroed(self) -> Bools:
        """Columns that count in tallies but take no part in the map."""
        return self.moderated_out | self.meta

    @property
    def votes_each(self) -> Ints:
        """Final votes of each person, on zeroed columns too."""
        return np.diff(self.starts).astype(np.int32)


def final_votes(
    participant: npt.ArrayLike,
    statement: npt.ArrayLike,
    vote: npt.ArrayLike,
    *,
    moderated_out: npt.ArrayLike,
    meta: npt.ArrayLike,
    people: int | None = None,
) -> Votes:
    """Check the events and keep the last vote of each person on each statement.

    `people` is the number of people; without it, as many as the events name.
    """
    hidden, about = _flags("moderated_out", moderated_out), _flags("meta", meta)
    count = about.size
    if hidden.size != count:
        raise ValueError(f"moderated_out must have one entry for each of the {count} statements, got {hidden.size}.")
    who, what, how = _whole("participant", participant), _whole("statement", statement), checked_votes(vote)
    if not who.size == what.size == how.size:
        raise ValueError(
            f"participant, statement and vote must be of equal length, got {who.size}, {what.size} and {how.size}."
        )
    people = _people(who, people)
    _check_range("participant", who, people)
    _check_range("statement", what, count)
    starts, columns, values = _last_of_each(who, what, how, people, count)
    seen = tally(columns, count) > 0
    if not seen.all():
        columns = (np.cumsum(seen, dtype=np.int32) - np.int32(1))[columns]
    kept = np.flatnonzero(seen).astype(np.int32)
    return Votes(people, kept, hidden[seen], about[seen], starts, columns, values, who.size - columns.size)


def tally(positions: Numbers, size: int, weights: npt.NDArray[np.number[Any]] | None = None) -> npt.NDArray[np.float64]:
    """`bincount` in chunks: NumPy's own makes 8-byte copies of its whole input."""
    total = np.zeros(size)
    for start in range(0, positions.size, CHUNK):
        part = slice(start, start + CHUNK)
        total += np.bincount(positions[part], None if weights is None else weights[part], minlength=size)
    return total


def rows_of(starts: npt.NDArray[np.int64]) -> Ints:
    """The person of each vote."""
    return np.repeat(np.arange(starts.size - 1, dtype=np.int32), np.diff(starts))


def _people(who: Numbers, people: int | None) -> int:
    if people is None:
        return int(who.max()) + 1 if who.size else 0
    if people < 0:
        raise ValueError(f"people must be at least 0, got {people}.")
    return people


def _flags(name: str, given: npt.ArrayLike) -> Bools:
    array = np.asarray(given)
    if array.ndim != 1 or (array.size and array.dtype != np.bool_):
        raise ValueError(f"{name} must be one true or false for each statement, got {array.dtype} {array.shape}.")
    return array.astype(np.bool_)


def _whole(name: str, given: npt.ArrayLike) -> Numbers:
    array = np.asarray(given)
    if array.ndim != 1:
        raise ValueError(f"{name} must be a list, one entry a vote, got shape {array.shape}.")
    if array.size == 0:
        return np.zeros(0, dtype=np.int32)
    if not np.issubdtype(array.dtype, np.integer):
        raise ValueError(f"{name} must be whole numbers, got {array.dtype}.")
    return array


def checked_votes(given: npt.ArrayLike) -> Small:
    """Votes as `int8`, each of them -1, 0 or 1."""
    array = np.asarray(given)
    if array.ndim != 1:
        raise ValueError(f"vote must be a list, one entry a vote, got shape {array.shape}.")
    if array.dtype == np.int8 and array.size and array.min() >= -1 and array.max() <= 1:
        return array
    wrong = (array != -1) & (array != 0) & (array != 1)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ValueError(f"vote must be -1, 0 or 1, got {array[row]} at row {row}.")
    return array.astype(np.int8)


def _check_range(name: str, array: Numbers, size: int) -> None:
    if array.size and (array.min() < 0 or array.max() >= size):
        row = int(np.argmax((array < 0) | (array >= size)))
        raise ValueError(f"{name} {array[row]} is out of range 0..{size - 1} at row {row}.")


def _last_of_each(
    who: Numbers, what: Numbers, how: Small, people: int, count: int
) -> tuple[npt.NDArray[np.int64], Ints, Small]:
    """Sort by person, statement and order cast, all stable, and keep the last of equal neighbours."""
    if who.size > SORT_LIMIT:
        starts, columns, values = _counting_sort(who, what, how, people, count)
    else:
        cell = who.astype(np.int64) * count + what
        order = np.argsort(cell, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(who, minlength=people))]).astype(np.int64)
        columns, values = what[order].astype(np.int32), how[order]
    if columns.size == 0:
        return starts, columns, values
    last = np.empty(columns.size, dtype=np.bool_)
    np.not_equal(columns[1:], columns[:-1], out=last[:-1])
    last[-1] = True
    ends = starts[1:][np.diff(starts) > 0] - 1
    last[ends] = True
    if last.all():
        return starts, columns, values
    kept_before = np.concatenate([[0], np.cumsum(last, dtype=np.int64)])
    return kept_before[starts], columns[last], values[last]


def _counting_sort(
    who: Numbers, what: Numbers, how: Small, people: int, count: int
) -> tuple[npt.NDArray[np.int64], Ints, Small]:
    """Two stable counting sorts, by statement and then by person: SciPy keeps the order of its input inside a row."""
    from scipy.sparse import coo_matrix

    events = coo_matrix((how, (what.astype(np.int32, copy=False), who.astype(np.int32, copy=False))), (count, people))
    events.has_canonical_format = True  # or SciPy would add up repeat votes
    by_person = events.tocsr().tocsc()
    return by_person.indptr.astype(np.int64), by_person.indices, by_person.data
