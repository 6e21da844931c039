"""Weft's own groups: k-means weighted by votes, compared by a weighted silhouette (1.4)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weft.methods.opinion_map.votes import Floats, Ints, Numbers

LARGEST_K = 5
ROUNDS = 100  # Lloyd steps
STARTS, STARTS_LARGE, LARGE = 40, 10, 2000
CELLS = 1 << 20  # pairwise distances held at once


@dataclass(frozen=True)
class Clustering:
    """The best of several k-means starts."""

    labels: Numbers  # [n]
    centres: Floats  # [k, d]
    inertia: float


def kmeans(
    points: Floats, weight: Floats, k: int, draws: Floats, *, smallest: int = 0, shared: bool = True
) -> Clustering | None:
    """Weighted k-means from k-means++ starts, the lowest inertia winning.

    `draws` holds one row of k uniform numbers a start, so that the caller owns the stream. A start whose smallest group
    has fewer than `smallest` members is thrown away; none left: `None`. All starts run at once; each does what it would
    do alone.
    """
    labels, centres = lloyd(points, weight, seeds(points, weight, k, draws))
    inertia = np.empty(len(labels))
    best: int | None = None
    for start in range(len(labels)):
        if np.bincount(labels[start], minlength=k).min() < smallest:
            continue
        away = points - centres[start][labels[start]]
        inertia[start] = weight @ np.einsum("ij,ij->i", away, away)
        if best is None or inertia[start] < inertia[best] * (1 - 1e-9):
            best = start
    return None if best is None else Clustering(labels[best], centres[best], float(inertia[best]))


def seeds(points: Floats, weight: Floats, k: int, draws: Floats) -> Floats:
    """k-means++: each next centre is a person drawn by weight times squared distance to the nearest centre."""
    n, starts = weight.size, draws.shape[0]
    chosen = np.minimum(np.searchsorted(np.cumsum(weight), draws[:, 0] * weight.sum(), side="right"), n - 1)
    centres = np.empty((starts, k, points.shape[1]))
    centres[:, 0] = points[chosen]
    nearest = np.full((starts, n), np.inf)
    for step in range(1, k):
        square = np.zeros((starts, n))
        for axis in range(points.shape[1]):
            square += (points[:, axis] - centres[:, step - 1, axis, None]) ** 2
        np.minimum(nearest, square, out=nearest)
        mass = weight * nearest
        reached = np.cumsum(mass, axis=1) <= (draws[:, step] * mass.sum(axis=1))[:, None]
        centres[:, step] = points[np.minimum(reached.sum(axis=1), n - 1)]
    return centres


def lloyd(points: Floats, weight: Floats, centres: Floats) -> tuple[Numbers, Floats]:
    """Lloyd steps for every start until its labels rest, or 100 steps; a group that lost everyone keeps its centre."""
    centres = centres.copy()
    starts, k, axes = centres.shape
    weighted = np.column_stack([points * weight[:, None], weight])
    turned = np.ascontiguousarray(points.T)
    labels = nearest_centre(turned, centres)
    busy = np.arange(starts)
    for _ in range(ROUNDS):
        for group in range(k):
            sums = (labels[busy] == group).astype(np.float64) @ weighted
            mass = sums[:, axes]
            full = mass > 0
            centres[busy[full], group] = sums[full, :axes] / mass[full, None]
        moved = nearest_centre(turned, centres[busy])
        changed = (moved != labels[busy]).any(axis=1)
        labels[busy] = moved
        busy = busy[changed]
        if busy.size == 0:
            break
    return labels.astype(np.intp), centres


def nearest_centre(turned: Floats, centres: Floats) -> npt.NDArray[np.int8]:
    """Nearest centre of every person for every start, the lowest on ties; `turned` is axes x people."""
    starts, k = centres.shape[:2]
    best = np.zeros(0)
    labels = np.zeros((starts, turned.shape[1]), dtype=np.int8)
    for group in range(k):
        centre = centres[:, group]
        score = (-2.0 * centre) @ turned
        score += np.einsum("ij,ij->i", centre, centre)[:, None]
        if group == 0:
            best = score
        elif group == 1:  # labels are 0 so far, and a comparison says 0 or 1
            np.less(score, best, out=labels.view(np.bool_))
        else:
            np.copyto(labels, group, where=score < best)
        if 0 < group < k - 1:
            np.minimum(best, score, out=best)
    return labels


def assign(points: Floats, centres: Floats) -> Numbers:
    """The nearest centre by squared distance, the lowest on ties."""
    best = np.full(points.shape[0], np.inf)
    labels = np.zeros(points.shape[0], dtype=np.intp)
    for group, centre in enumerate(centres):
        square = np.zeros(points.shape[0])
        for axis, at in enumerate(centre):
            square += (points[:, axis] - at) ** 2
        closer = square < best
        labels[closer] = group
        best[closer] = square[closer]
    return labels


def silhouettes(points: Floats, weight: Floats, groupings: list[tuple[int, Numbers]]) -> list[float]:
    """Silhouette of each `(k, labels)`, every mean weighted: how much nearer people are to their own than to others.

    Own means leave the person out; a group of one counts 0, and so does everybody where one group holds all.
    """
    n = weight.size
    members = [(labels[:, None] == np.arange(k)) * weight[:, None] for k, labels in groupings]
    everything = np.concatenate(members, axis=1)
    sums = np.empty((n, everything.shape[1]))
    block = max(1, CELLS // max(n, 1))
    for start in range(0, n, block):
        rows = points[start : start + block]
        square = np.zeros((rows.shape[0], n))
        for axis in range(points.shape[1]):
            square += (rows[:, axis, None] - points[:, axis]) ** 2
        sums[start : start + block] = np.sqrt(square, out=square) @ everything
    ends = np.cumsum([k for k, _ in groupings])
    return [
        _silhouette(sums[:, end - k : end], weight, labels, each.sum(axis=0))
        for end, (k, labels), each in zip(ends, groupings, members, strict=True)
    ]


def _silhouette(sums: Floats, weight: Floats, labels: Numbers, mass: Floats) -> float:
    rows = np.arange(weight.size)
    others_mass = mass[labels] - weight
    alone = np.bincount(labels, minlength=mass.size)[labels] == 1
    own = np.divide(sums[rows, labels], others_mass, out=np.zeros(weight.size), where=~alone)
    away = np.divide(sums, mass, out=np.full(sums.shape, np.inf), where=mass > 0)
    away[rows, labels] = np.inf
    other = away.min(axis=1)
    scale = np.maximum(own, other)
    known = ~alone & np.isfinite(other) & (scale > 0)
    score = np.divide(other - own, scale, out=np.zeros(weight.size), where=known)
    return float(weight @ score / weight.sum())


@dataclass(frozen=True)
class Fit:
    """The winning number of groups, with everybody in the conversation in one of them."""

    labels: Ints  # [people]
    centres: Floats  # [k, d]
    silhouette: float


def fit_groups(
    points: Floats,
    weight: Floats,
    fit: Numbers,
    witnesses: Numbers,
    *,
    directions: int,
    min_group: int,
    rng: np.random.Generator,
) -> tuple[Fit | None, dict[int, float]]:
    """Steps 5 to 7 of 1.4; also the silhouette of every possible k.

    `fit` and `witnesses` are positions among `points`, one row for each person in the conversation.
    """
    starts = STARTS_LARGE if weight.size > LARGE else STARTS
    possible: dict[int, Clustering] = {}
    for k in range(2, LARGEST_K + 1):
        if k * min_group > fit.size:
            break
        used = min(max(2, min(k - 1, directions)), points.shape[1])
        found = kmeans(points[fit, :used], weight[fit], k, rng.random((starts, k)), smallest=min_group)
        if found is not None:
            possible[k] = found
    if not possible:
        return None, {}
    common = points[witnesses, : min(max(2, directions), 3)]
    groupings = [(k, assign(points[witnesses, : c.centres.shape[1]], c.centres)) for k, c in possible.items()]
    tried = dict(zip(possible, silhouettes(common, weight[witnesses], groupings), strict=True))
    best = max(tried, key=lambda k: (tried[k], -k))
    centres = possible[best].centres
    labels, order = number_groups(assign(points[:, : centres.shape[1]], centres), best)
    return Fit(labels, centres[order], tried[best]), tried


def number_groups(labels: Numbers, k: int) -> tuple[Ints, Numbers]:
    """Number groups by size, largest first, ties by their first member; also the old number of each new one."""
    sizes = np.bincount(labels, minlength=k)
    first = np.full(k, labels.size)
    first[labels[::-1]] = np.arange(labels.size)[::-1]
    order = np.lexsort((first, -sizes))
    number = np.empty(k, dtype=np.int32)
    number[order] = np.arange(k, dtype=np.int32)
    return number[labels], order
