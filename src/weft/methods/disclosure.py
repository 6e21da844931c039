"""Keep a published number from giving away a small group of people.

One threshold holds for every count: 10 in anything published, 5 inside a team. Hidden numbers do not leave these
functions: results hold -1 or ``None`` in their place, whatever the reason a number is hidden for. A table with one row
goes by ``category_tree``, the answers to one card by ``three_answers``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

PUBLISHED = 10
INSIDE_A_TEAM = 5
_NO_LIMIT = np.iinfo(np.int64).max // 4


@dataclass(frozen=True, eq=False)
class TwoWay:
    """Counts with their totals in the last row and column; -1 where hidden."""

    counts: NDArray[np.int64]
    hidden: NDArray[np.bool_]
    threshold: int

    @property
    def cells(self) -> list[list[int | None]]:
        """Return the rows, totals included, as plain numbers, ``None`` for each hidden one."""
        return [[None if count < 0 else int(count) for count in row] for row in self.counts]


def check_threshold(threshold: int, *, published: bool = False) -> int:
    """Return the threshold, which an operator may raise but never lower.

    >>> check_threshold(12, published=True)
    12
    """
    least = PUBLISHED if published else INSIDE_A_TEAM
    if isinstance(threshold, bool) or not isinstance(threshold, int | np.integer) or threshold < least:
        raise ValueError(f"threshold must be at least {least}, got {threshold}.")
    return int(threshold)


def as_counts(values: ArrayLike, name: str = "counts", dimensions: int = 1) -> NDArray[np.int64]:
    """Return a fresh int64 array of counts of people.

    Raises ``ValueError`` for anything that is not a whole number of 0 or more, and for a wrong number of dimensions.
    """
    given = np.asarray(values)
    if given.ndim != dimensions:
        raise ValueError(f"{name} must be an array of {dimensions} dimension(s), got {given.ndim}.")
    if given.size == 0:
        return np.zeros(given.shape, dtype=np.int64)
    if given.dtype.kind not in "iuf":
        raise ValueError(f"{name} must be whole numbers of 0 or more, got {given.dtype} values.")
    bad = ~np.isfinite(given) | (given < 0) | (given != np.floor(given))
    if bad.any():
        where = tuple(int(axis) for axis in np.argwhere(bad)[0])
        position = where[0] if dimensions == 1 else where
        raise ValueError(f"{name} must be whole numbers of 0 or more, got {given[where]} at {position}.")
    return given.astype(np.int64)


def two_way(counts: ArrayLike, threshold: int = PUBLISHED) -> TwoWay:
    """Hide the small numbers of a table with row, column and grand totals, and rectangles that protect each of them.

    The hypercube method on the table with its totals. Moving people round a rectangle changes no total, so its four
    entries share one range of possible values. For each number below the threshold, in row order, one rectangle with
    a range at least as wide as the threshold is hidden: the one that newly hides the fewest totals, then the least
    sum of values, then the fewest entries, then the first.

    Parameters: ``counts`` int64 [r, c], people, without totals, r and c at least 2; ``threshold`` int, people.

    Returns a ``TwoWay`` of shape [r + 1, c + 1], totals last. Invariant: whatever is worked out from the shown
    entries, every hidden entry keeps a range at least ``threshold`` wide. Not covered: a reader who knows their own
    answer. Raises ``ValueError`` for bad counts, a threshold below 5, or fewer than 2 rows or columns.
    Cost: hidden entries x r x c.

    References: Repsilber 1994; Hundepool et al. 2012, doi:10.1002/9781118348239.

    >>> two_way([[20, 4, 31], [15, 22, 18], [40, 12, 27]]).cells[:2]
    [[None, None, 31, 55], [None, None, 18, 55]]
    """
    threshold = check_threshold(threshold)
    inner = as_counts(counts, dimensions=2)
    rows, columns = inner.shape
    if rows < 2 or columns < 2:
        raise ValueError(f"A table needs at least 2 rows and 2 columns, got {rows} x {columns}.")
    values = np.zeros((rows + 1, columns + 1), dtype=np.int64)
    values[:-1, :-1] = inner
    values[:-1, -1] = inner.sum(axis=1)
    values[-1] = values[:-1].sum(axis=0)
    hidden = values < threshold
    _protect(values, hidden, threshold)
    return TwoWay(np.where(hidden, -1, values), hidden, threshold)


def _protect(values: NDArray[np.int64], hidden: NDArray[np.bool_], threshold: int) -> None:
    """Hide, in place, one wide enough rectangle through each entry that is hidden on arrival."""
    is_total = np.zeros(values.shape, dtype=np.int64)
    is_total[-1, :] = 1
    is_total[:, -1] = 1
    positive = is_total == 0
    positive[-1, -1] = True
    rise = np.where(positive, _NO_LIMIT, values)
    fall = np.where(positive, values, _NO_LIMIT)
    for i, j in np.argwhere(hidden):
        up = np.minimum(np.minimum(rise[i, j], rise), np.minimum(fall[i, :], fall[:, j][:, None]))
        down = np.minimum(np.minimum(fall[i, j], fall), np.minimum(rise[i, :], rise[:, j][:, None]))
        possible = up + down >= threshold
        possible[i, :] = False
        possible[:, j] = False
        fresh = (~hidden).astype(np.int64)
        for weight in (fresh * is_total, fresh * values, fresh):
            cost = weight + weight[i, :] + weight[:, j][:, None]
            possible &= cost == cost[possible].min()
        a, b = divmod(int(possible.argmax()), values.shape[1])
        hidden[[i, i, a, a], [j, b, j, b]] = True


def percent(count: int | None, total: int | None, threshold: int = PUBLISHED) -> int | None:
    """Return the whole percent, half rounded up, or ``None`` where a number is hidden or the total is small.

    >>> percent(25, 200), percent(None, 200), percent(3, 9)
    (13, None, None)
    """
    if count is None or total is None or total < check_threshold(threshold):
        return None
    return (200 * count + total) // (2 * total)


def round_to_five(count: int | None) -> int | None:
    """Return the count rounded on its own to the nearest 5, after hiding; rounded counts need not add up.

    >>> [round_to_five(count) for count in (10, 11, 12, 13, 14, 15, None)]
    [10, 10, 10, 15, 15, 15, None]
    """
    return None if count is None else 5 * ((count + 2) // 5)


def may_both_be_shown(one: AbstractSet[object], other: AbstractSet[object], threshold: int = PUBLISHED) -> bool:
    """Tell whether two views, as the sets of people behind them, differ on each side by nobody or by enough people.

    >>> may_both_be_shown(set(range(40)), set(range(37))), may_both_be_shown(set(range(40)), set(range(30)))
    (False, True)
    """
    least = check_threshold(threshold)
    return all(gone == 0 or gone >= least for gone in (len(one - other), len(other - one)))


def clashing_view(
    people: AbstractSet[object], earlier: Iterable[AbstractSet[object]], threshold: int = PUBLISHED
) -> int | None:
    """Return the position of the first earlier view of the same quantity that forbids this one, or ``None``.

    Subtracting two published numbers gives the number of people in one view and not in the other, so those must be
    nobody or at least ``threshold`` people, on each side. Cost: the size of all the sets.

    >>> clashing_view(set(range(40)), [set(range(20)), set(range(38))])
    1
    """
    return next((at for at, view in enumerate(earlier) if not may_both_be_shown(people, view, threshold)), None)


def clash_sentence(threshold: int = PUBLISHED) -> str:
    """Return the sentence for a person whose filter was refused."""
    return f"This filter differs from one already published by fewer than {check_threshold(threshold)} people."


def quote_label(
    person: Sequence[str], participants: Iterable[Sequence[str]], threshold: int = PUBLISHED
) -> tuple[int, ...] | None:
    """Return which parts of the label beside a quote may be shown.

    Parts are dropped in the order given until the label fits enough participants of the conversation.

    Parameters: ``person`` the parts (place, age band, ...), finest first, of whoever is quoted; ``participants`` the
    same parts of everybody who took part, quoted or not, that person included. An empty part is a value like others.

    Returns the positions kept: ``()`` when only the conversation itself may be named, ``None`` when even it has fewer
    than ``threshold`` participants. Raises ``ValueError`` when somebody has another number of parts.

    >>> quote_label(("Elm St", "Moss Side"), [("Elm St", "Moss Side")] * 4 + [("Oak Rd", "Moss Side")] * 9)
    (1,)
    """
    least = check_threshold(threshold)
    fitting = [0] * (len(person) + 1)
    for other in participants:
        if len(other) != len(person):
            raise ValueError(f"participants must have {len(person)} label parts each, got {len(other)}.")
        first = len(person)
        while first and person[first - 1] == other[first - 1]:
            first -= 1
        fitting[first] += 1
    fits = 0
    for first, people in enumerate(fitting):
        fits += people
        if fits >= least:
            return tuple(range(first, len(person)))
    return None
