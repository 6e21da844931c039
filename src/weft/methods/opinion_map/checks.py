"""Three checks on the groups: could chance do as well, do they last, is there a gap between them? (1.5 to 1.7)"""

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from weft.methods.opinion_map.components import GRAM_LARGEST, Centred, gram_of, lanczos, largest, table, take_people
from weft.methods.opinion_map.groups import kmeans
from weft.methods.opinion_map.votes import Floats, Ints, Numbers, rows_of
from weft.methods.rand import adjusted_rand_index

BLOCK = 8  # directions followed in the shuffle test
POWER_ROUNDS = 5
DIRECTIONS = 4
FEWEST_SHUFFLES, LOST, FAR = 19, 5, 10.0
GRAM_CHEAPER = 176  # live statements up to which one table of products costs less than eleven passes
RESAMPLE_STARTS = 5
EIGH_CHEAPER = 128  # statements up to which all eigenpairs cost less than starting Lanczos
SAME = 1 - 1e-9  # two tables that are equally good by the mathematics must not differ by the last bits


@dataclass(frozen=True)
class Shuffled:
    """Outcome of the shuffle test."""

    null_share: float  # share of shuffled tables that did as well as the real one
    shuffles: int
    z: float | None  # distance of the real table from the shuffled ones in their standard deviations
    directions: int  # leading directions that no shuffled table reached, 0 to 4


def shuffle_test(centred: Centred, permutations: int, rng: np.random.Generator) -> Shuffled:
    """Compare the map with maps of the same votes, shuffled inside each statement."""
    if min(centred.people, centred.live) == 0:
        return Shuffled(1.0, 0, None, 0)
    order = np.argsort(centred.columns, kind="stable")
    rows = rows_of(centred.starts)[order]
    edges = np.concatenate([[0], np.cumsum(np.bincount(centred.columns, minlength=centred.live))])
    values = centred.values[order]
    build = _filler(centred, rows, edges, values)
    start = np.random.default_rng(0).standard_normal((centred.live, min(BLOCK, centred.live, centred.people)))
    start = np.linalg.qr(start)[0]
    product = centred.dense and centred.live <= GRAM_CHEAPER
    real = _power(build(), start, product)
    real_sum, tops = float(real[:2].sum()), real[:DIRECTIONS]
    columns = [values[a:b] for a, b in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True) if b - a > 1]
    both, hits, sums = 0, np.zeros(tops.size, dtype=np.int64), []
    for _ in range(permutations):
        for column in columns:
            rng.shuffle(column)
        found = _power(build(), start, product)
        sums.append(float(found[:2].sum()))
        both += sums[-1] >= real_sum * SAME
        hits += found[: tops.size] >= tops - (1 - SAME) * tops[0]
        if both == LOST:
            break
        if both == 0 and len(sums) >= FEWEST_SHUFFLES and _distance(real_sum, sums) >= FAR:
            break
    z = _distance(real_sum, sums)
    directions = int(np.argmax(hits > 0)) if hits.any() else hits.size
    return Shuffled(both / len(sums), len(sums), z if math.isfinite(z) else None, directions)


def _distance(real: float, sums: list[float]) -> float:
    if len(sums) < 2:
        return math.nan
    spread = float(np.std(sums, ddof=1))
    if spread == 0:
        return math.inf if real > sums[0] else math.nan
    return (real - float(np.mean(sums))) / spread


def _filler(centred: Centred, rows: Ints, edges: npt.NDArray[np.int64], values: Floats) -> Any:
    """A function that makes the centred table from the current `values`, which stand statement by statement."""
    live = centred.live
    if not centred.dense:
        from scipy.sparse import csc_matrix

        matrix = csc_matrix((values, rows, edges), shape=(centred.people, live), copy=False)
        return lambda: matrix
    cells = rows * np.int64(live) + np.repeat(np.arange(live), np.diff(edges))
    array = np.zeros((centred.people, live))
    flat = array.reshape(-1)

    def fill() -> Any:
        flat[cells] = values
        return array.T @ array if live <= GRAM_CHEAPER else array

    return fill


def _power(matrix: Any, start: Floats, product: bool) -> Floats:
    """Leading eigenvalues after five rounds of subspace iteration; `product`: the table is given as its `C'C`."""
    basis = start
    for _ in range(POWER_ROUNDS):
        basis = np.linalg.qr(matrix @ basis if product else matrix.T @ (matrix @ basis))[0]
    if product:
        small = basis.T @ (matrix @ basis)
    else:
        image = matrix @ basis
        small = image.T @ image
    return np.linalg.eigvalsh(small)[::-1]


def stability(
    centred: Centred,
    witnesses: Numbers,
    labels: Numbers,
    *,
    k: int,
    axes: int,
    statements: int,
    resamples: int,
    halves: np.random.Generator,
    starts: np.random.Generator,
) -> float:
    """Would the same people stand together had half of the statements been asked? Mean adjusted Rand index.

    `witnesses` are rows of `centred`, the check sample, and `labels` their groups on the full map.
    """
    live, half_size = centred.live, math.ceil(statements / 2)
    asked = [halves.permutation(statements)[:half_size] for _ in range(resamples)]
    chosen = [half[half < live] for half in asked]
    inside = np.zeros((live, resamples))
    vectors = np.zeros((live, resamples, axes))
    gram = gram_of(centred) if live <= GRAM_LARGEST else None
    for i, half in enumerate(chosen):
        inside[half, i] = 1.0
        if half.size >= 2:
            found = _half_map(centred, gram, half, axes)
            vectors[half, i, : found.shape[1]] = found
    kept, marks = _witness_tables(centred, witnesses)
    places = np.asarray(kept @ vectors.reshape(live, -1)).reshape(witnesses.size, resamples, axes)
    answered = np.asarray(marks @ inside)
    scores = np.zeros(resamples)
    for i, half in enumerate(chosen):
        enough = answered[:, i] >= min(4, half.size)
        if half.size < 2 or enough.sum() < 2 * k:
            continue
        votes = answered[enough, i]
        points = places[enough, i] * np.sqrt(half_size / np.maximum(votes + half_size - half.size, 1))[:, None]
        again = kmeans(points, votes, k, starts.random((RESAMPLE_STARTS, k)))
        if again is not None:
            scores[i] = adjusted_rand_index(labels[enough], again.labels)
    return float(scores.mean())


def _half_map(centred: Centred, gram: Floats | None, half: npt.NDArray[np.int64], axes: int) -> Floats:
    """Leading directions of the check sample on these live columns; their signs do not matter to k-means."""
    if gram is None:
        part = centred.matrix[:, half]
        product: Any = lambda x: part.T @ (part @ x)  # noqa: E731
    else:
        table_of_products = gram[np.ix_(half, half)]
        if half.size <= EIGH_CHEAPER:
            return largest(table_of_products, axes)[1]
        product = table_of_products.__matmul__
    return lanczos(product, half.size, axes)[1]


def _witness_tables(centred: Centred, witnesses: Numbers) -> tuple[Any, Any]:
    """The witnesses' centred votes, and a 1 wherever they voted."""
    starts, columns, values = centred.starts, centred.columns, centred.values
    if witnesses.size < centred.people:
        starts, columns, values = take_people(starts, columns, values, witnesses)
    kept = centred.matrix if witnesses.size == centred.people else centred.matrix[witnesses]
    return kept, table(starts, columns, np.ones(values.size), centred.live, dense=centred.dense)


def between(points: Floats, weight: Floats, labels: Numbers, centres: Floats) -> float:
    """How full the middle between two groups is, beside the rest of the way: 1 is a spectrum, small is a gap."""
    fullest = 0.0
    for a, b in combinations(range(len(centres)), 2):
        pair = (labels == a) | (labels == b)
        line = centres[b] - centres[a]
        length = float(line @ line)
        if length == 0:
            continue
        t, w = (points[pair] - centres[a]) @ line / length, weight[pair]
        way = float(w[(t >= 0) & (t <= 1)].sum())
        if way > 0:
            fullest = max(fullest, float(w[(t >= 0.35) & (t <= 0.65)].sum()) / (0.3 * way))
    return fullest
