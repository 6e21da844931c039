"""Propose groups of texts that share words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from weft.methods.themes.words import tokens

_MOST_ROUNDS = 200
_STILL = 1e-5
_TERMS = 6
_NOISE = 1e-9  # a share of the largest weight: what is less comes from rounding, another on each processor


@dataclass(frozen=True)
class Theme:
    """A proposal: the terms that stand for it until a person names it, most telling first, and its texts."""

    terms: tuple[str, ...]
    texts: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Themes:
    """Proposals, and how well they fit.

    ``theme_of`` int32 [texts], -1 where a text shares no words with any theme; ``unexplained`` the share of the squared
    word weights that no theme accounts for, high for short texts; ``rounds`` of fitting.
    """

    themes: tuple[Theme, ...]
    theme_of: NDArray[np.int32]
    unexplained: float
    rounds: int


def propose_themes(texts: Sequence[str], k: int | None = None) -> Themes:
    """Propose ``k`` groups of texts that share words.

    Words are weighted by how rare they are (TF-IDF); those in one text only, and those in more than a tenth of the
    texts, are left out. Non-negative matrix factorisation, started from the leading singular vectors, finds groups of
    words that stand together. Shared words are not shared meaning; run it for each language on its own.

    Parameters: ``texts``; ``k`` 2 to 20 and below the number of texts with words, by default a tenth of the texts,
    between 2 and 8.

    Returns ``Themes``. Raises ``ValueError`` for a bad ``k``. Deterministic to 2e-14. Cost: rounds x words x k.

    References: Lee and Seung 1999, doi:10.1038/44565; Boutsidis and Gallopoulos 2008, doi:10.1016/j.patcog.2007.09.010.

    >>> bins = ["empty the bins", "bins smell", "street bins", "buses come late", "no buses at night", "late buses"]
    >>> propose_themes(bins, 2).theme_of.tolist()
    [0, 0, 0, 1, 1, 1]
    """
    words = [tokens(text) for text in texts]
    how_many = max(2, min(8, len(texts) // 10)) if k is None else k
    with_words = sum(1 for line in words if line)
    if isinstance(how_many, bool) or not isinstance(how_many, int) or not 2 <= how_many <= min(20, with_words - 1):
        raise ValueError(f"k must be between 2 and 20 and below the number of texts with words, got {how_many}.")
    table, terms = _weighted(words)
    if not table.nnz:
        return Themes((), np.full(len(texts), -1, dtype=np.int32), 1.0, 0)
    w, h, unexplained, rounds = _factors(table, how_many)
    strength = w * h.sum(axis=1)
    theme_of = np.where(strength.any(axis=1), strength.argmax(axis=1), -1).astype(np.int32)
    themes = []
    for at, weights in enumerate(h):
        least = _NOISE * weights.max()
        best = [int(term) for term in np.argsort(-weights, kind="stable")[:_TERMS] if weights[term] > least]
        themes.append(Theme(tuple(terms[term] for term in best), tuple(np.flatnonzero(theme_of == at).tolist())))
    return Themes(tuple(themes), theme_of, unexplained, rounds)


def _weighted(words: Sequence[Sequence[str]]) -> tuple[Any, list[str]]:
    """Return texts x terms with rows of length 1 (or 0), and the terms in string order."""
    from scipy.sparse import csr_array

    counts = [Counter(line) for line in words]
    in_texts = Counter(term for line in counts for term in line)
    most = max(0.1 * len(words), 5)
    terms = sorted(term for term, number in in_texts.items() if 2 <= number <= most)
    column = {term: at for at, term in enumerate(terms)}
    rarity = {term: np.log((1 + len(words)) / (1 + in_texts[term])) + 1 for term in terms}
    columns: list[int] = []
    weights: list[float] = []
    ends = [0]
    for line in counts:
        mine = sorted(
            (column[term], (1 + np.log(number)) * rarity[term]) for term, number in line.items() if term in column
        )
        length = float(np.sqrt(sum(weight * weight for _, weight in mine)))
        columns += [at for at, _ in mine]
        weights += [weight / length for _, weight in mine]
        ends.append(len(columns))
    return csr_array((np.array(weights), columns, ends), shape=(len(words), len(terms))), terms


def _factors(table: Any, k: int) -> tuple[NDArray[np.float64], NDArray[np.float64], float, int]:
    """Return W, H with ``table`` near W H, the share of the squares not explained, and the rounds taken."""
    w, h = _start(table, k)
    across = table.T.tocsr()
    total = float((table.data**2).sum())
    before, error, rounds = np.inf, total, 0
    while rounds < _MOST_ROUNDS:
        rounds += 1
        _update(w, table @ h.T, h @ h.T)
        rows, among = (across @ w), w.T @ w
        turned = h.T.copy()
        _update(turned, rows, among)
        h = turned.T
        error = total - 2 * float((h * rows.T).sum()) + float((among * (h @ h.T)).sum())
        if abs(before - error) <= _STILL * total:
            break
        before = error
    return w, h, max(0.0, error / total), rounds


def _update(factor: NDArray[np.float64], target: NDArray[np.float64], among: NDArray[np.float64]) -> None:
    """Move each column in turn, in place, to its best place at 0 or above."""
    for j in range(factor.shape[1]):
        if among[j, j] > 0:
            step = (target[:, j] - factor @ among[:, j]) / among[j, j]
            np.maximum(factor[:, j] + step, 0, out=factor[:, j])


def _start(table: Any, k: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return W and H from the leading singular vectors, each the larger of its positive and negative part."""
    rows, columns = table.shape
    w, h = np.zeros((rows, k)), np.zeros((k, columns))
    for at, (left, size, right) in enumerate(_singular(table, k)):
        parts = []
        for sign in (1, -1):
            u, v = np.maximum(sign * left, 0), np.maximum(sign * right, 0)
            parts.append((float(np.linalg.norm(u) * np.linalg.norm(v)), u, v))
        weight, u, v = max(parts, key=lambda part: part[0])
        if weight > 0:
            w[:, at] = np.sqrt(size * weight) * u / np.linalg.norm(u)
            h[at] = np.sqrt(size * weight) * v / np.linalg.norm(v)
    least = table.sum() / (rows * columns) / 100
    w[w == 0] = least
    h[h == 0] = least
    return w, h


def _singular(table: Any, k: int) -> list[tuple[NDArray[np.float64], float, NDArray[np.float64]]]:
    """Return up to ``k`` leading singular triplets, largest first."""
    from scipy.sparse.linalg import svds

    least = min(table.shape)
    if k >= least:
        u, s, v = np.linalg.svd(table.toarray(), full_matrices=False)
    else:
        u, s, v = svds(table, k, v0=np.random.default_rng(0).standard_normal(least), tol=0)
    order = np.argsort(-s, kind="stable")[:k]
    return [(u[:, at], float(s[at]), v[at]) for at in order]
