"""Who was heard beside who lives there."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from numpy.typing import ArrayLike

from weft.methods.disclosure import PUBLISHED, as_counts, check_threshold, one_way
from weft.methods.representation.intervals import Z, wilson

_LEAST_EXPECTED = 5
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
class Heard:
    """The comparison; ``None`` is a hidden number of people.

    ``somebody`` and ``few_or_none`` are the range view: positions of categories with at least ``threshold`` people,
    and of the others, which include any hidden to protect another.
    """

    categories: tuple[Category, ...]
    known: int | None
    unknown: int | None
    prefer_not_to_say: int | None
    not_asked: int | None
    somebody: tuple[int, ...]
    few_or_none: tuple[int, ...]
    threshold: int
    z: float


def heard_beside_population(
    heard: ArrayLike,
    population: ArrayLike,
    *,
    unknown: int = 0,
    prefer_not_to_say: int = 0,
    not_asked: int = 0,
    threshold: int = PUBLISHED,
) -> Heard:
    """Compare the people heard with the people who live there, category by category, and say what can be told.

    A category is called under-heard only if the whole interval of its index is below 80, over-heard only if it is
    above 120. Nothing is compared when fewer than ``threshold`` people are known, when the category's count is hidden
    by ``one_way``, when nobody of it lives there, or when fewer than 5 people were to be expected.

    Parameters: ``heard`` int64 [g], people who took part; ``population`` int64 [g], benchmark counts;
    ``unknown``, ``prefer_not_to_say``, ``not_asked`` people who are part of no share; ``threshold`` int, people.

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
    everybody = int(living.sum())
    if everybody == 0:
        raise ValueError("population must be positive in total.")
    others = {"unknown": unknown, "prefer_not_to_say": prefer_not_to_say, "not_asked": not_asked}
    bars = {name: int(as_counts([count], name)[0]) for name, count in others.items()}
    table = one_way(people, threshold)
    categories = tuple(
        _category(count, int(lives), everybody, table.total, threshold)
        for count, lives in zip(table.cells, living, strict=True)
    )
    shown = {name: count if count >= threshold else None for name, count in bars.items()}
    return Heard(
        categories=categories,
        known=table.total,
        somebody=tuple(at for at, count in enumerate(table.cells) if count is not None),
        few_or_none=tuple(at for at, count in enumerate(table.cells) if count is None),
        threshold=threshold,
        z=Z,
        **shown,
    )


def _category(count: int | None, lives: int, everybody: int, known: int | None, threshold: int) -> Category:
    """Return one category; ``count`` and ``known`` are ``None`` where hidden."""
    living_share = lives / everybody
    low = high = share = None
    if count is not None and known is not None:
        share = count / known
        low, high = wilson(count, known)
    if known is None:
        reason = f"fewer than {threshold} people are known"
    elif count is None:
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
