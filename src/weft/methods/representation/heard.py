"""Who was heard beside who lives there."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import ArrayLike, NDArray

from weft.methods import category_tree
from weft.methods.disclosure import PUBLISHED, as_counts, check_threshold
from weft.methods.representation.intervals import Z, wilson

_LEAST_EXPECTED = 5
_Counts = NDArray[np.int64]
_UNDER, _OVER = 80, 120


@dataclass(frozen=True)
class Category:
    """One category; what may not be shown is ``None``, and ``reason`` says why.

    ``verdict`` is ``under-heard``, ``over-heard``, ``about right``, ``too few to tell``, or empty when not shown.
    ``index`` is 100 when the share heard equals the share living there; ``gap`` is in percentage points; ``short`` is
    how many more people would bring the index to 100. Without a benchmark figure the share heard may still stand.
    """

    heard: int | None
    population: int
    population_share: float
    share: float | None
    share_low: float | None
    share_high: float | None
    index: float | None
    index_low: float | None
    index_high: float | None
    gap: float | None
    short: int | None
    verdict: str
    reason: str


@dataclass(frozen=True)
class Together:
    """Neighbouring categories that are told as one: their positions, and the comparison of all of them."""

    categories: tuple[int, ...]
    row: Category


@dataclass(frozen=True)
class Heard:
    """The comparison; ``None`` is a hidden number of people, or one that was never offered.

    ``everybody`` are those who are known, did not say (``unknown`` and ``prefer_not_to_say``) or were not asked.
    ``together`` are the categories that are too small to be told apart, merged. ``somebody`` and ``few_or_none`` are
    the range view: positions of categories with at least ``threshold`` people, and of the others, which include any
    hidden to protect another.
    """

    categories: tuple[Category, ...]
    together: tuple[Together, ...]
    everybody: int | None
    known: int | None
    unknown: int | None
    prefer_not_to_say: int | None
    did_not_say: int | None
    not_asked: int | None
    somebody: tuple[int, ...]
    few_or_none: tuple[int, ...]
    threshold: int
    z: float


def heard_beside_population(
    heard: ArrayLike,
    population: ArrayLike,
    *,
    unknown: int | None = None,
    prefer_not_to_say: int | None = None,
    not_asked: int | None = None,
    threshold: int = PUBLISHED,
) -> Heard:
    """Compare the people heard with the people who live there, category by category, and say what can be told.

    A category is called under-heard only if the whole interval of its index is below 80, over-heard only if it is
    above 120. Nothing is compared when fewer than ``threshold`` people are known, when the category's count is hidden,
    when nobody of it lives there, or when fewer than 5 people were to be expected.

    What may be told is a tree (see ``category_tree``): everybody; those known, who did not say, who were not asked;
    below those known the categories, halved in the order given, so that a small one is merged with its neighbours.
    Put next to each other what belongs together. As how many took part is known, a few who did not say leave only
    everybody.

    Parameters: ``heard`` int64 [g], people who took part; ``population`` int64 [g], benchmark counts;
    ``unknown``, ``prefer_not_to_say``, ``not_asked`` people who are part of no share, ``None`` for what was never
    offered (a true 0 is small); ``threshold`` int, people.

    Returns a ``Heard``, categories in the order given. Raises ``ValueError`` for counts that are no whole numbers of 0
    or more, unequal lengths, a population of 0 in total, a threshold below 5. Deterministic; cost: a sort.

    References: Newcombe 1998 (the interval, see ``wilson``).

    >>> result = heard_beside_population([15, 133], [20, 80])
    >>> round(result.categories[0].index, 2), result.categories[0].short, result.categories[0].verdict
    (50.68, 15, 'too few to tell')
    """
    threshold = check_threshold(threshold)
    people = as_counts(heard, "heard")
    living = as_counts(population, "population")
    if people.shape != living.shape:
        raise ValueError(f"heard and population must have the same categories, got {len(people)} and {len(living)}.")
    if living.sum() == 0:
        raise ValueError("population must be positive in total.")
    others = {"unknown": unknown, "prefer_not_to_say": prefer_not_to_say, "not_asked": not_asked}
    bars = {name: int(as_counts([count], name)[0]) for name, count in others.items() if count is not None}
    names = [str(at) for at in range(len(people))]
    known = category_tree.by_halves(names)
    tree = _who_told(known, bars.keys())
    told = category_tree.tree_counts(tree, dict(zip(names, people.tolist(), strict=True)) | bars, threshold)

    return _compared(tree, known.id, told, living)


def _compared(tree: category_tree.Category, known: str, told: category_tree.TreeCounts, living: _Counts) -> Heard:
    """Compare each category, and those that are told together, with the people who live there."""

    def row(node: str) -> Category:
        lives = sum(int(living[at]) for at in _positions(node))
        is_few = told.counts[tree.id] is None
        return _category(told.counts[node], lives, int(living.sum()), told.counts[known], told.threshold, is_few)

    names = [str(at) for at in range(len(living))]
    merged = [node for node in told.finest if ", " in node and node != known]
    others = ("unknown", "prefer_not_to_say", "did_not_say", "not_asked")
    return Heard(
        categories=tuple(row(name) for name in names),
        together=tuple(Together(_positions(node), row(node)) for node in merged),
        everybody=told.counts[tree.id],
        known=told.counts[known],
        somebody=tuple(at for at, name in enumerate(names) if told.counts[name] is not None),
        few_or_none=tuple(at for at, name in enumerate(names) if told.counts[name] is None),
        threshold=told.threshold,
        z=Z,
        **{name: told.counts.get(name) for name in others},
    )


def _who_told(known: category_tree.Category, offered: AbstractSet[str]) -> category_tree.Category:
    """Return the tree of everybody: those known beside those who did not say and were not asked, if that can be."""
    silent = tuple(category_tree.Category(each) for each in ("unknown", "prefer_not_to_say") if each in offered)
    others = [category_tree.Category("did_not_say", silent)] if silent else []
    if "not_asked" in offered:
        others.append(category_tree.Category("not_asked"))
    return category_tree.Category("everybody", (known, *others)) if others else known


def _positions(node: str) -> tuple[int, ...]:
    """Return the positions of the categories of a node."""
    return tuple(int(at) for at in node.split(", "))


def _category(
    count: int | None, lives: int, everybody: int, known: int | None, threshold: int, is_few: bool
) -> Category:
    """Return one category; ``count`` and ``known`` are ``None`` where hidden, ``is_few`` where all are too few."""
    living_share = lives / everybody
    low = high = share = None
    if count is not None and known is not None:
        share = count / known
        low, high = wilson(count, known)
    if is_few:
        reason = f"fewer than {threshold} people are known"
    elif count is None or known is None:
        reason = f"hidden: fewer than {threshold}, or needed to protect such a number"
    elif lives == 0:
        reason = "nobody in this category lives there"
    elif living_share * known < _LEAST_EXPECTED:
        reason = f"fewer than {_LEAST_EXPECTED} people were to be expected"
    else:
        reason = ""
    if reason or count is None or known is None or share is None or low is None or high is None:
        return Category(
            count, lives, living_share, share, low, high, None, None, None, None, None, verdict="", reason=reason
        )
    index_low, index_high = 100 * low / living_share, 100 * high / living_share
    return Category(
        heard=count,
        population=lives,
        population_share=living_share,
        share=share,
        share_low=low,
        share_high=high,
        index=100 * share / living_share,
        index_low=index_low,
        index_high=index_high,
        gap=100 * (share - living_share),
        short=max(0, ceil(living_share * known - count - 1e-9)),
        verdict=_verdict(index_low, index_high),
        reason="",
    )


def _verdict(low: float, high: float) -> str:
    """Return the words for an index whose interval is given; the index alone never decides."""
    if high < _UNDER:
        return "under-heard"
    if low > _OVER:
        return "over-heard"
    if low >= _UNDER and high <= _OVER:
        return "about right"
    return "too few to tell"
