"""What an opinion map may show: counts of groups statement by statement, and hexagons in place of single people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from weft.methods.category_tree import one_after_another, tree_counts
from weft.methods.disclosure import PUBLISHED, as_counts, check_threshold, two_way
from weft.methods.three_answers import Answers, rule_of_three


@dataclass(frozen=True, eq=False)
class OpinionTables:
    """The tables of all statements, and which figures made from them may be shown.

    ``counts`` int64 [S, G + 2, 4]: groups, no group, everybody by agree, disagree, pass, all votes; -1 where hidden.
    ``group_figures`` bool [S, G + 1]: ``n``, shares, ``p_agree`` and its test, for the groups and for no group.
    ``group_comparisons`` bool [S]: representativeness, group-aware consensus and priority, which need every group.
    ``consensus`` bool [S]: the figures of everybody together.
    """

    counts: NDArray[np.int64]
    hidden: NDArray[np.bool_]
    group_figures: NDArray[np.bool_]
    group_comparisons: NDArray[np.bool_]
    consensus: NDArray[np.bool_]
    threshold: int


@dataclass(frozen=True, eq=False)
class Hexagons:
    """Hexagons with enough people: ``centres`` float [k, 2] and ``counts`` int64 [k], by row and then column.

    ``left_out`` people stand in no hexagon that is shown: 0, or at least the threshold; ``None`` if all are too few.
    """

    centres: NDArray[np.float64]
    counts: NDArray[np.int64]
    radius: float
    left_out: int | None


def opinion_tables(counts: ArrayLike, threshold: int = PUBLISHED) -> OpinionTables:
    """Hide the small numbers of every statement's table of votes by group.

    The people in no group are a row of their own, because they are the difference between the whole and the groups.
    Each statement is a two-way table; without any group it goes by the rule of three.

    Parameters: ``counts`` int64 [S, G + 1, 3], people who agree, disagree, pass, the last row in no group.

    Raises ``ValueError`` for bad counts, a wrong shape, or a threshold below 5. Cost: S two-way tables.

    >>> tables = opinion_tables([[[40, 12, 11], [30, 20, 15], [11, 10, 13]]])
    >>> bool(tables.hidden.any()), tables.counts[0, -1].tolist()
    (False, [81, 42, 39, 162])
    """
    threshold = check_threshold(threshold)
    given = as_counts(counts, dimensions=3)
    statements, rows, kinds = given.shape
    if kinds != 3 or rows < 1:
        raise ValueError(f"counts must be statements x (groups + 1) x 3, got {' x '.join(map(str, given.shape))}.")
    shown = np.empty((statements, rows + 1, 4), dtype=np.int64)
    for table, answer in zip(given, shown, strict=True):
        if rows == 1:
            single = rule_of_three(Answers(*table[0].tolist()), threshold)
            told = (single.agree, single.disagree, single.passed, single.total)
            answer[:] = [-1 if count is None else count for count in told]
        else:
            answer[:] = two_way(table, threshold).counts
    hidden = shown < 0
    figures = np.asarray(~hidden[:, :, [0, 1, 3]].any(axis=2))
    return OpinionTables(
        counts=shown,
        hidden=hidden,
        group_figures=figures[:, :-1],
        group_comparisons=figures[:, : rows - 1].all(axis=1) & (rows > 1),
        consensus=figures[:, -1],
        threshold=threshold,
    )


def group_sizes(
    sizes: Sequence[int], outside: int, threshold: int = PUBLISHED
) -> tuple[tuple[int | None, ...], int | None]:
    """Return what may be told of how many people are in each group of a map, and in none.

    A tree in which each group stands beside all after it and the people in no group, whatever the sizes. That nobody
    is in no group is no secret; so their number, if there are any, is told only above ``threshold``, and hidden it can
    be anything from 1 to ``threshold``.

    Parameters: ``sizes`` people in each group, one group at least; ``outside`` people in none; ``threshold`` int.

    Returns the sizes and the people in none, ``None`` where hidden. Invariant: for a reader who knows the rule each
    hidden number has at least ``threshold`` possible values. Raises ``ValueError`` for bad counts or a threshold
    below 5.

    >>> group_sizes([24, 18], 13), group_sizes([24, 18], 4), group_sizes([24, 18], 0)
    (((24, 18), 13), ((24, None), None), ((24, 18), 0))
    """
    names = [str(at) for at in range(len(sizes))]
    people = dict(zip(names, sizes, strict=True)) | ({"none": outside} if outside else {})
    told = tree_counts(one_after_another(list(people)), people, threshold, {"none": outside - 1}).counts
    return tuple(told[name] for name in names), told["none"] if outside else 0


def hexagons(positions: ArrayLike, radius: float, threshold: int = PUBLISHED, elsewhere: int = 0) -> Hexagons:
    """Draw people as hexagons that hold enough of them, so that nobody's own position is published.

    Pointy hexagons, one centred on the origin. Those with fewer than ``threshold`` people are left out; while the
    people left out are some, but fewer than ``threshold``, the smallest hexagon left is left out as well.

    Parameters: ``positions`` float [n, 2]; ``radius`` float above 0, centre to corner, in the units of the positions;
    ``elsewhere`` int, people who have no position and whose number may not be told: they count as left out from the
    start, since whoever knows how many people there are in all takes the drawn ones from it.

    Raises ``ValueError`` for a wrong shape, a number that is not finite, a radius of 0 or less.

    >>> hexagons([[0.1, 0.0]] * 12 + [[3.0, 3.0]] * 11 + [[9.0, 9.0]] * 10, radius=1.0).counts.tolist()
    [12, 11, 10]
    >>> hexagons([[0.1, 0.0]] * 12 + [[3.0, 3.0]] * 11 + [[9.0, 9.0]] * 10, radius=1.0, elsewhere=2).left_out
    12
    """
    least = check_threshold(threshold)
    places = np.asarray(positions, dtype=np.float64)
    if places.ndim != 2 or places.shape[1] != 2:
        raise ValueError(f"positions must be people x 2, got {' x '.join(map(str, places.shape))}.")
    if not np.isfinite(places).all():
        where = int(np.argwhere(~np.isfinite(places))[0, 0])
        raise ValueError(f"positions must be finite, got {places[where].tolist()} at {where}.")
    if not (np.isfinite(radius) and radius > 0):
        raise ValueError(f"radius must be above 0, got {radius}.")
    cells, counts = np.unique(_hexagon_of(places / radius), axis=0, return_counts=True)
    centres = radius * np.column_stack((np.sqrt(3) * (cells[:, 1] + cells[:, 0] / 2), 1.5 * cells[:, 0]))
    kept = counts >= least
    left_out = elsewhere + len(places) - int(counts[kept].sum())
    while 0 < left_out < least and kept.any():
        smallest = int(np.where(kept, counts, np.iinfo(np.int64).max).argmin())
        kept[smallest] = False
        left_out += int(counts[smallest])
    told = left_out if kept.any() or left_out >= least else None
    return Hexagons(centres[kept], counts[kept].astype(np.int64), float(radius), told)


def _hexagon_of(places: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the row and slanted column of the hexagon each place falls in (rounding in cube coordinates)."""
    row = places[:, 1] * 2 / 3
    column = places[:, 0] / np.sqrt(3) - places[:, 1] / 3
    cube = np.column_stack((row, column, -row - column))
    near = np.round(cube)
    worst = np.abs(near - cube).argmax(axis=1)
    picked = np.arange(len(near))
    near[picked, worst] -= near.sum(axis=1)
    return near[:, :2].astype(np.int64)
