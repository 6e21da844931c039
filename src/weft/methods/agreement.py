"""How far coders coded the same text alike: a start for a conversation, and no grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Span = tuple[int, int]
UNIVERSES = ("all", "touched")
MISSING = -1
LEAST_CODED = 50
LEAST_TEXTS = 2


@dataclass(frozen=True, eq=False)
class Units:
    """Pieces of text that every coder coded as one: ``values`` int64 [coders, units], -1 where a coder did not work.

    ``weights`` int64 [units] are lengths in code points (1 for a story coded as a whole).
    """

    values: NDArray[np.int64]
    weights: NDArray[np.int64]


@dataclass(frozen=True)
class Agreement:
    """Three figures for one code; ``None`` where a figure does not exist.

    ``kappa`` exists for two coders who used more than one category between them, ``alpha`` for any number.
    ``coded_weight`` is the weight that at least one coder gave the code, ``weight`` that which at least two coders
    worked on.
    """

    percent: float | None
    kappa: float | None
    alpha: float | None
    coded_weight: int
    weight: int
    coders: int


def units(
    length: int,
    codings: Sequence[Sequence[Span] | None],
    *,
    universe: str = "all",
    others: Sequence[Sequence[Span] | None] | None = None,
) -> Units:
    """Cut a text at every boundary of every coder, so that each piece was coded as one.

    This gives the same figures as one unit for each code point.

    Parameters: ``length`` code points; ``codings`` the spans [start, end) of one code, coder by coder, ``None`` for a
    coder who did not work on this text; ``universe`` ``all`` for the whole text, or ``touched`` for the pieces that at
    least one coder gave any code, those being the spans in ``others`` (by default only the code itself).

    Returns ``Units``: 1 coded, 0 not, -1 missing. Raises ``ValueError`` for a span outside the text, an unknown
    universe, fewer than two coders. Cost: a sort of the boundaries.

    >>> cut = units(40, [[(0, 10), (20, 30)], [(5, 10), (20, 35)]])
    >>> cut.weights.tolist(), cut.values.tolist()
    ([5, 5, 10, 10, 5, 5], [[1, 1, 0, 1, 0, 0], [0, 1, 0, 1, 1, 0]])
    """
    if universe not in UNIVERSES:
        raise ValueError(f"universe must be all or touched, got {universe}.")
    _need_two(len(codings))
    touching = [*codings, *(others or [])]
    bounds = {0, length}
    for start, end in (span for spans in touching for span in spans or ()):
        if not 0 <= start < end <= length:
            raise ValueError(f"A span must have 0 <= start < end <= {length}, got {start}..{end}.")
        bounds.update((start, end))
    edges = np.array(sorted(bounds), dtype=np.int64)
    values = np.array([_covered(edges, spans) for spans in codings], dtype=np.int64).reshape(len(codings), -1)
    weights = np.diff(edges)
    if universe == "touched":
        touched = np.any([_covered(edges, spans) > 0 for spans in touching], axis=0)
        values, weights = values[:, touched], weights[touched]
    return Units(values, weights)


def agreement(values: ArrayLike, weights: ArrayLike | None = None) -> Agreement:
    """Say how far coders agree on one question.

    Percent agreement: the weight where two coders are equal over that where both worked, its mean over pairs of
    coders. Cohen's kappa: (po - pe) / (1 - pe), for two coders. Krippendorff's alpha: nominal, any number of coders,
    missing values allowed.

    Parameters: ``values`` int [coders, units], any category of 0 or more, -1 where missing; ``weights`` of the units,
    0 or more, 1 by default.

    Returns an ``Agreement``. ``kappa`` is ``None`` when both used one category only, ``alpha`` when only one category
    was used, and all when nothing was worked on by two. Renaming categories or coders, and cutting a unit in two,
    change nothing. Raises ``ValueError`` for fewer than two coders or a wrong shape. Cost: coders x units.

    References: Cohen 1960, doi:10.1177/001316446002000104; Krippendorff 2011, repository.upenn.edu/asc_papers/43;
    Hayes and Krippendorff 2007, doi:10.1080/19312450709336664.

    >>> told = agreement([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]])
    >>> round(told.percent, 10), round(told.alpha, 10)
    (0.6, 0.0952380952)
    """
    given = np.asarray(values)
    if given.ndim != 2 or (given.size and given.dtype.kind not in "iu"):
        raise ValueError(
            f"values must be whole numbers by coder and unit, got {given.dtype} of {given.ndim} dimensions."
        )
    _need_two(len(given))
    if (given < MISSING).any():
        raise ValueError(f"values must be -1 or a category of 0 or more, got {given.min()}.")
    weight = np.ones(given.shape[1]) if weights is None else np.asarray(weights, dtype=np.float64)
    if weight.shape != given.shape[1:] or not np.isfinite(weight).all() or (weight < 0).any():
        raise ValueError(f"weights must be {given.shape[1]} numbers of 0 or more, got {weight.tolist()[:5]}.")
    pairable = (given != MISSING).sum(axis=0) >= 2
    return Agreement(
        percent=_percent(given, weight),
        kappa=_kappa(given, weight) if len(given) == 2 else None,
        alpha=_alpha(given[:, pairable], weight[pairable]),
        coded_weight=round(float(weight[(given > 0).any(axis=0)].sum())),
        weight=round(float(weight[pairable].sum())),
        coders=len(given),
    )


def may_be_shown(told: Agreement, texts: int) -> bool:
    """Tell whether figures rest on enough coded text (50 code points) and enough texts (2) to be shown.

    >>> may_be_shown(agreement([[1, 0], [1, 1]], [40, 60]), texts=2)
    True
    """
    return told.coded_weight >= LEAST_CODED and texts >= LEAST_TEXTS


def pool(texts: Sequence[Units]) -> Units:
    """Put the units of several texts, with the same coders in the same order, end to end.

    >>> pool([units(4, [[(0, 2)], []]), units(3, [None, [(0, 3)]])]).values.tolist()
    [[1, 0, -1], [0, 0, 1]]
    """
    if not texts:
        raise ValueError("Agreement needs at least one text.")
    coders = {len(text.values) for text in texts}
    if len(coders) > 1:
        raise ValueError(f"texts must have the same coders, got {min(coders)} and {max(coders)}.")
    values = np.concatenate([text.values for text in texts], axis=1)
    return Units(values, np.concatenate([text.weights for text in texts]))


def from_labels(labels: Mapping[str, Sequence[str | None]]) -> NDArray[np.int64]:
    """Return values for coders who gave each unit one of several named categories, or ``None``.

    >>> from_labels({"Ama": ["a", "b", None], "Bo": ["b", "b", "a"]}).tolist()
    [[0, 1, -1], [1, 1, 0]]
    """
    if len({len(row) for row in labels.values()}) > 1:
        raise ValueError("labels must have the same units for every coder, got rows of unequal length.")
    names = sorted({label for row in labels.values() for label in row if label is not None})
    number = {name: at for at, name in enumerate(names)}
    rows = [[MISSING if label is None else number[label] for label in row] for row in labels.values()]
    return np.array(rows, dtype=np.int64)


def _need_two(coders: int) -> None:
    if coders < 2:
        raise ValueError("Agreement needs at least two coders.")


def _covered(edges: NDArray[np.int64], spans: Sequence[Span] | None) -> NDArray[np.int64]:
    """Return 1 for each piece inside a span, 0 for the others, -1 everywhere for nobody."""
    if spans is None:
        return np.full(len(edges) - 1, MISSING, dtype=np.int64)
    depth = np.zeros(len(edges), dtype=np.int64)
    for start, end in spans:
        depth[np.searchsorted(edges, start)] += 1
        depth[np.searchsorted(edges, end)] -= 1
    return (np.cumsum(depth)[:-1] > 0).astype(np.int64)


def _percent(values: NDArray[np.int64], weight: NDArray[np.float64]) -> float | None:
    """Return the mean over the pairs of coders who worked on something together."""
    shares = []
    for one, other in combinations(values, 2):
        both = (one != MISSING) & (other != MISSING)
        if weight[both].sum() > 0:
            shares.append(weight[both & (one == other)].sum() / weight[both].sum())
    return float(np.mean(shares)) if shares else None


def _kappa(values: NDArray[np.int64], weight: NDArray[np.float64]) -> float | None:
    """Return Cohen's kappa of two coders over the units both worked on."""
    both = (values != MISSING).all(axis=0)
    one, other = values[:, both]
    total = weight[both].sum()
    if total <= 0:
        return None
    kinds = int(values.max()) + 1
    shares = [np.bincount(coder, weights=weight[both], minlength=kinds) / total for coder in (one, other)]
    by_chance = float(shares[0] @ shares[1])
    if (shares[0] + shares[1] > 0).sum() < 2:
        return None
    agreed = float(weight[both][one == other].sum() / total)
    return (agreed - by_chance) / (1 - by_chance)


def _alpha(values: NDArray[np.int64], weight: NDArray[np.float64]) -> float | None:
    """Return Krippendorff's nominal alpha over units with at least two values each."""
    if values.size == 0:
        return None
    used = np.unique(values[values != MISSING])
    counts = np.array([(values == kind).sum(axis=0) for kind in used], dtype=np.float64)
    here = counts.sum(axis=0)
    pairs_alike = (counts * (counts - 1) * (weight / (here - 1))).sum()
    by_kind = counts @ weight
    total = by_kind.sum()
    if (by_kind > 0).sum() < 2:
        return None
    expected = (total * total - by_kind @ by_kind) / (total - 1)
    return float(1 - (total - pairs_alike) / expected)
