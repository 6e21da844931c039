"""Where people stand: the leading directions in which their votes differ, and everybody's place on them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from weft.methods.opinion_map.votes import CHUNK, Bools, Floats, Ints, Numbers, Votes, rows_of, tally

DENSE_CELLS = 1_000_000  # people x live statements up to which everything stays dense and NumPy alone does
GRAM_SIZE = 64  # with this few statements (or people) their table of products is the cheapest way
SPARSE_CHEAPER = 40  # multiplications of a full product that take as long as one of a sparse product
GRAM_LARGEST = 4000  # live statements whose table of products still fits well in memory (128 MB)
PEOPLE_AT_ONCE = 20_000
STRIPS = 6  # of the upper half of a sparse product
MANY_PASSES = 150  # passes over the votes that Lanczos needs, at the least, where no gap follows the leading directions
MANY_VOTES = 5_000_000  # above it Lanczos stops at 1e-9


@dataclass(frozen=True)
class Centred:
    """Votes less the mean of their statement on the live columns, for some people, all others being 0 (1.2, step 3)."""

    matrix: Any  # float64 [people, live]: an array, or a SciPy CSR matrix where that is too large
    starts: npt.NDArray[np.int64]  # [people + 1]
    columns: Ints  # [votes] live column of each vote
    values: Floats  # [votes]
    live: int

    @property
    def people(self) -> int:
        return self.starts.size - 1

    @property
    def votes_each(self) -> Ints:
        """Live votes of each person."""
        return np.diff(self.starts).astype(np.int32)

    @property
    def dense(self) -> bool:
        return isinstance(self.matrix, np.ndarray)


@dataclass(frozen=True)
class Components:
    """Leading right singular vectors of a centred table, on its live columns."""

    eigenvalues: Floats  # [K] descending
    vectors: Floats  # [live, K]
    anchors: Ints  # [K] the live column that fixes the sign, -1 for a direction that is all zeros
    ambiguous: bool


def centre(votes: Votes, people: Numbers | None = None, *, dense: bool | None = None) -> tuple[Centred, Floats]:
    """Centre the live columns over `people` (default everybody); also returns the means, over all columns, 0 if zeroed.

    `dense` forces the storage; by default it follows the size.
    """
    starts, columns, raw = votes.starts, votes.columns, votes.values
    if people is not None and people.size < votes.people:
        starts, columns, raw = take_people(starts, columns, raw, people)
    size, live_mask = votes.statements.size, ~votes.zeroed
    if not live_mask.all():
        starts, columns, raw = _live_only(starts, columns, raw, live_mask)
    live = int(live_mask.sum())
    count, total = tally(columns, live), tally(columns, live, raw)
    mean = np.divide(total, count, out=np.zeros(live), where=count > 0)
    values = np.empty(columns.size)
    for start in range(0, columns.size, CHUNK):
        part = slice(start, start + CHUNK)
        np.subtract(raw[part], mean[columns[part]], out=values[part])
    if dense is None:
        dense = (starts.size - 1) * live <= DENSE_CELLS
    full = np.zeros(size)
    full[live_mask] = mean
    return Centred(table(starts, columns, values, live, dense=dense), starts, columns, values, live), full


def table(starts: npt.NDArray[np.int64], columns: Ints, values: Floats, live: int, *, dense: bool) -> Any:
    """The same votes as an array or as a CSR matrix."""
    people = starts.size - 1
    if dense:
        array = np.zeros((people, live))
        array[rows_of(starts), columns] = values
        return array
    from scipy.sparse import csr_matrix

    matrix = csr_matrix((values, columns, starts), shape=(people, live), copy=False)
    matrix.has_sorted_indices = matrix.has_canonical_format = True
    return matrix


def take_people(
    starts: npt.NDArray[np.int64], columns: Ints, values: npt.NDArray[Any], people: Numbers
) -> tuple[npt.NDArray[np.int64], Ints, npt.NDArray[Any]]:
    """The votes of these people alone, in the order given."""
    sizes = np.diff(starts)[people]
    ends = np.cumsum(sizes)
    at = np.arange(int(ends[-1]) if ends.size else 0) + np.repeat(starts[people] - (ends - sizes), sizes)
    return np.concatenate([[0], ends]).astype(np.int64), columns[at], values[at]


def _live_only(
    starts: npt.NDArray[np.int64], columns: Ints, values: npt.NDArray[Any], live: Bools
) -> tuple[npt.NDArray[np.int64], Ints, npt.NDArray[Any]]:
    """Leave out votes on zeroed columns and number the others without gaps."""
    kept = live[columns]
    before = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])
    number = np.cumsum(live, dtype=np.int32) - np.int32(1)
    return before[starts], number[columns[kept]], values[kept]


def leading(centred: Centred, count: int, *, structured: bool = True) -> Components:
    """The `count` directions that hold most of the variance (1.2, step 4).

    `structured` says whether a gap after the leading directions is expected; without one a larger Lanczos space needs
    fewer passes.
    """
    people, live = centred.people, centred.live
    if min(people, live) == 0:
        return Components(np.zeros(count), np.zeros((live, count)), np.full(count, -1, dtype=np.int32), False)
    if live <= people and (centred.dense or live <= GRAM_SIZE):
        return finish(*largest(gram_of(centred), count), count)
    if people < live and (centred.dense or people <= GRAM_SIZE):
        values, left = largest(_to_array(centred.matrix @ centred.matrix.T), count)
        right = np.asarray(centred.matrix.T @ left)
        length = np.linalg.norm(right, axis=0)
        return finish(values, right / np.where(length > 0, length, 1.0), count)
    return finish(*_lanczos(centred, count, structured), count)


def largest(gram: Floats, count: int) -> tuple[Floats, Floats]:
    """The leading eigenpairs of a small symmetric table, descending."""
    values, vectors = np.linalg.eigh(gram)
    return values[::-1][:count], vectors[:, ::-1][:, :count]


def finish(eigenvalues: Floats, vectors: Floats, count: int) -> Components:
    """Blank directions without variance, fix the signs and say whether the first two can be told apart."""
    values, directions = np.zeros(count), np.zeros((vectors.shape[0], count))
    values[: eigenvalues.size], directions[:, : eigenvalues.size] = np.maximum(eigenvalues, 0), vectors
    anchors = np.full(count, -1, dtype=np.int32)
    for k in range(count):
        size = np.abs(directions[:, k])
        if values[k] <= 1e-12 * values[0] or not size.any():
            values[k], directions[:, k] = 0.0, 0.0
            continue
        anchors[k] = np.argmax(size >= size.max() * (1 - 1e-9))
        if directions[anchors[k], k] < 0:
            directions[:, k] *= -1
    second = values[1] if count > 1 else 0.0
    return Components(values, directions, anchors, bool(values[0] > 0 and values[0] - second <= 1e-9 * values[0]))


def place_all(centred: Centred, vectors: Floats, statements: int, zeroed: int) -> Floats:
    """Everybody's position (1.2, step 5): with few votes a place is stretched, as Polis does it."""
    stretch = np.sqrt(statements / np.maximum(centred.votes_each + zeroed, 1))
    return np.asarray(centred.matrix @ vectors) * stretch[:, None]


def gram_of(centred: Centred) -> Floats:
    """`C'C` as an array, some people at a time."""
    matrix, live = centred.matrix, centred.live
    if centred.dense:
        return np.asarray(matrix.T @ matrix)
    dense = centred.people * live**2 < SPARSE_CHEAPER * _squares(centred)
    block = max(1, DENSE_CELLS // max(live, 1)) if dense else PEOPLE_AT_ONCE
    total = np.zeros((live, live))
    for start in range(0, centred.people, block):
        part = matrix[start : start + block]
        if dense:
            part = part.toarray()
            total += part.T @ part
        else:
            _add_upper(total, part)
    return total if dense else np.triu(total) + np.triu(total, 1).T


def _add_upper(total: Floats, part: Any) -> None:
    """Add the sparse product of these people, strip by strip and little more than its upper half."""
    turned = part.T.tocsr()
    live = total.shape[0]
    step = max(GRAM_SIZE, -(-live // STRIPS))
    for low in range(0, live, step):
        total[low : low + step, low:] += _to_array(turned[low : low + step] @ part[:, low:])


def _squares(centred: Centred) -> float:
    """Multiplications of a sparse product."""
    each = centred.votes_each.astype(np.float64)
    return float(each @ each)


def _to_array(matrix: Any) -> Floats:
    return matrix if isinstance(matrix, np.ndarray) else np.asarray(matrix.toarray())


def _lanczos(centred: Centred, count: int, structured: bool) -> tuple[Floats, Floats]:
    if not centred.values.any():
        return np.zeros(count), np.zeros((centred.live, count))
    matrix = centred.matrix
    if not structured and centred.live <= GRAM_LARGEST and _squares(centred) < MANY_PASSES * centred.values.size:
        return lanczos(gram_of(centred).__matmul__, centred.live, count, space=80)
    turned = matrix.T  # a free view; converting it would double the memory
    return lanczos(
        lambda x: turned @ (matrix @ x),
        centred.live,
        count,
        tolerance=1e-9 if centred.values.size > MANY_VOTES else 0.0,
        space=20 if structured else 80,
    )


def lanczos(
    product: Callable[[Floats], Floats], size: int, count: int, *, tolerance: float = 0.0, space: int = 20
) -> tuple[Floats, Floats]:
    """The leading eigenpairs of a symmetric product, descending, always from the same start."""
    from scipy.sparse.linalg import LinearOperator, eigsh

    values, vectors = eigsh(
        LinearOperator((size, size), matvec=product, dtype=np.float64),
        k=count,
        v0=np.random.default_rng(0).standard_normal(size),
        tol=tolerance,
        ncv=min(size, space),
    )
    order = np.argsort(-values, kind="stable")
    return values[order], vectors[:, order]
