"""Who is carried into an edition, beside what a random pick of as many items would have carried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from weft.methods.category_tree import one_after_another, tree_counts
from weft.methods.disclosure import PUBLISHED, as_counts, check_threshold, two_way

PICKS = 999
_MOST_ENTRIES = 5_000_000
_BLOCK = 4_000_000


@dataclass(frozen=True)
class CarriedGroup:
    """A group, the pooled small groups (``group`` is ``None``), or everybody (also ``None``).

    ``people`` and ``carried`` are ``None`` where they may not be shown. ``expected`` and the interval ``low`` to
    ``high`` (5 % and 95 % of random picks) are ``None`` with it, since they can give it away; the interval also where
    there are too many entries to make the picks. ``warning`` is true when fewer are carried than in 95 of 100 random
    picks, and a smaller share than of everybody, also beside a hidden number; ``None`` when no picks were made.
    """

    group: int | None
    people: int | None
    carried: int | None
    expected: float | None
    low: float | None
    high: float | None
    warning: bool | None


@dataclass(frozen=True, eq=False)
class Carried:
    """Groups in the order of their numbers, the pooled ones last; ``is_carried`` and ``chance`` stay inside a team."""

    groups: tuple[CarriedGroup, ...]
    everybody: CarriedGroup
    is_carried: NDArray[np.bool_]
    chance: NDArray[np.float64]
    items: int
    used: int
    picks: int
    threshold: int
    seed: int


def who_is_carried(
    carries: Any, used: ArrayLike, group: ArrayLike, *, threshold: int = PUBLISHED, seed: int = 0
) -> Carried:
    """Count the people with at least one item in the edition, beside what a random pick of as many items would give.

    With M items of which m are used, someone in a of them is carried by a random pick with probability
    1 - prod over k < a of (M - m - k) / (M - k), exactly. The interval of a group comes from 999 random picks.
    Groups with fewer than ``threshold`` people are pooled; if those are still too few, the next smallest joins them.

    Parameters: ``carries`` bool [P, M], dense or SciPy sparse, over all items that could have been used;
    ``used`` bool [M]; ``group`` int32 [P], 0 or more, people in no group with a number of their own;
    ``threshold`` int, people; ``seed`` int, 0 or more.

    Returns a ``Carried``. All items used: everybody with an item is carried; none used: nobody. Raises ``ValueError``
    when an array has the wrong length, a group is negative, the threshold is below 5 or the seed below 0.
    Deterministic for a seed. Cost: picks x entries; with over 5 million entries only the expectation is given.

    >>> mine = np.array([[1, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]], dtype=bool)
    >>> who_is_carried(mine, [True, False, True, False, False], [0, 0, 0, 0]).chance.round(10).tolist()
    [0.7, 0.4, 0.4, 0.4]
    """
    from scipy.sparse import csr_array

    threshold = check_threshold(threshold)
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise ValueError(f"seed must be a whole number of 0 or more, got {seed}.")
    table = csr_array(carries, dtype=bool, copy=True)
    table.sum_duplicates()
    table.eliminate_zeros()
    people, items = table.shape
    is_used = np.asarray(used, dtype=bool)
    if is_used.shape != (items,):
        raise ValueError(f"used must have one entry for each of the {items} items, got {is_used.size}.")
    groups = as_counts(group, "group")
    if len(groups) != people:
        raise ValueError(f"group must have one entry for each of the {people} people, got {len(groups)}.")
    is_carried = np.asarray(table.astype(np.int32) @ is_used.astype(np.int32) > 0)
    chance = _chance(np.diff(table.indptr), items, int(is_used.sum()))
    names, row = _pool(groups, threshold)
    picked = None
    if table.nnz <= _MOST_ENTRIES:
        picked = _random_picks(table, row, len(names), int(is_used.sum()), int(seed))
    rows = _rows(names, row, is_carried, chance, picked, threshold)
    return Carried(
        groups=rows[:-1],
        everybody=rows[-1],
        is_carried=is_carried,
        chance=chance,
        items=items,
        used=int(is_used.sum()),
        picks=0 if picked is None else PICKS,
        threshold=threshold,
        seed=int(seed),
    )


def _chance(mine: NDArray[Any], items: int, used: int) -> NDArray[np.float64]:
    """Return each person's probability to be carried by a random pick, from how many items they are in."""
    k = np.arange(int(mine.max(initial=0)))
    missed = np.concatenate(([1.0], np.cumprod(np.maximum(items - used - k, 0) / (items - k))))
    chance: NDArray[np.float64] = 1 - missed[mine]
    return chance


def _pool(groups: NDArray[np.int64], threshold: int) -> tuple[list[int | None], NDArray[np.int64]]:
    """Return the names of the rows, ``None`` last for the pooled groups, and each person's row."""
    numbers, member, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    small = sizes < threshold
    while 0 < sizes[small].sum() < threshold and not small.all():
        small[np.where(small, np.iinfo(np.int64).max, sizes).argmin()] = True
    names: list[int | None] = [int(number) for number in numbers[~small]]
    place = np.where(small, len(names), np.cumsum(~small) - 1)
    if small.any():
        names.append(None)
    return names, place[member]


def _random_picks(table: Any, row: NDArray[np.int64], rows: int, used: int, seed: int) -> NDArray[np.int64]:
    """Return how many people of each row, and of all, each random pick of items carries: [rows + 1, PICKS]."""
    people, items = table.shape
    rng = np.random.default_rng([seed, 0])
    in_order = np.argsort(row, kind="stable")
    ordered = table[in_order].astype(np.float32)
    starts = np.searchsorted(row[in_order], np.arange(rows))
    counts = np.zeros((rows + 1, PICKS), dtype=np.int64)
    step = max(1, min(PICKS, _BLOCK // max(people, items, 1)))
    for first in range(0, PICKS if people and items else 0, step):
        width = min(step, PICKS - first)
        picks = np.zeros((items, width), dtype=np.float32)
        for column in range(width):
            picks[rng.choice(items, used, replace=False), column] = 1
        reached = (ordered @ picks) > 0
        counts[:rows, first : first + width] = np.add.reduceat(reached, starts, axis=0, dtype=np.int64)
    counts[rows] = counts[:rows].sum(axis=0)
    return counts


def _rows(
    names: Sequence[int | None],
    row: NDArray[np.int64],
    is_carried: NDArray[np.bool_],
    chance: NDArray[np.float64],
    picked: NDArray[np.int64] | None,
    threshold: int,
) -> tuple[CarriedGroup, ...]:
    """Return a row for each name and one for everybody, with the small numbers hidden."""
    size = np.bincount(row, minlength=len(names))
    carried = np.bincount(row, weights=is_carried, minlength=len(names)).astype(np.int64)
    expected = np.append(np.bincount(row, weights=chance, minlength=len(names)), chance.sum())
    cells = _cells(np.column_stack((carried, size - carried)), threshold)
    all_size, all_carried = int(size.sum()), int(carried.sum())
    size, carried = np.append(size, all_size), np.append(carried, all_carried)
    ends = None if picked is None else np.quantile(picked, [0.05, 0.95], axis=1)
    answer = []
    for at, (name, cell) in enumerate(zip([*names, None], cells, strict=True)):
        shown = cell[0] is not None
        low = high = warning = None
        if ends is not None:
            fewer_than_others = bool(carried[at] * all_size < all_carried * size[at])
            warning = bool(carried[at] < ends[0, at]) and fewer_than_others
            if shown:
                low, high = float(ends[0, at]), float(ends[1, at])
        mean = float(expected[at]) if shown else None
        answer.append(CarriedGroup(name, cell[2], cell[0], mean, low, high, warning))
    return tuple(answer)


def _cells(table: NDArray[np.int64], threshold: int) -> list[list[int | None]]:
    """Return carried, not carried and all for each row and for everybody, ``None`` where hidden."""
    if len(table) >= 2:
        return two_way(table, threshold).cells
    carried, left_out = table.sum(axis=0).tolist()
    tree = one_after_another(["carried", "left out"])
    told = tree_counts(tree, {"carried": carried, "left out": left_out}, threshold).counts
    return [[told["carried"], told["left out"], told[tree.id]]] * (len(table) + 1)
