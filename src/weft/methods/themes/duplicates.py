"""Propose texts that say the same in almost the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from weft.methods.themes.words import tokens

SAME_WORDS = 0.8
NEARLY_THE_SAME = 0.6
_WINDOW = 4
_BLOCK = 256


@dataclass(frozen=True)
class Pair:
    """Two texts by position, ``first`` below ``second``, and how much of their four-character windows they share."""

    first: int
    second: int
    jaccard: float

    @property
    def words(self) -> str:
        """Return what a reader is told."""
        if self.jaccard >= SAME_WORDS:
            return "the same words"
        return "nearly the same, please read both" if self.jaccard >= NEARLY_THE_SAME else "some of the same words"


def near_duplicates(texts: Sequence[str], threshold: float = NEARLY_THE_SAME) -> tuple[Pair, ...]:
    """Propose the pairs of texts whose words are nearly the same.

    A text is the set of all windows of four characters of its tokens joined by single spaces (the whole text if
    shorter). Two are compared by what they share over what either has. They are never merged without a person: words
    alike can mean the opposite.

    Parameters: ``texts``; ``threshold`` above 0 and at most 1.

    Returns pairs, most alike first, then by position. A text without words pairs with nothing. Raises ``ValueError``
    for a bad threshold. Deterministic. Cost: one sparse product, in blocks of rows.

    References: Broder 1997, doi:10.1109/SEQUEN.1997.666900.

    >>> [(pair.first, pair.second, pair.words) for pair in near_duplicates(["More buses!", "No", "more BUSES"])]
    [(0, 2, 'the same words')]
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must be above 0 and at most 1, got {threshold}.")
    table = _windows(texts)
    sizes = np.diff(table.indptr)
    other = table.T.tocsr()
    pairs = []
    for start in range(0, len(texts), _BLOCK):
        shared = (table[start : start + _BLOCK] @ other).tocoo()
        rows, columns = shared.row + start, shared.col
        share = shared.data / (sizes[rows] + sizes[columns] - shared.data)
        wanted = (columns > rows) & (share >= threshold)
        pairs += list(zip(rows[wanted].tolist(), columns[wanted].tolist(), share[wanted].tolist(), strict=True))
    return tuple(Pair(*pair) for pair in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])))


def duplicate_groups(pairs: Iterable[Pair], threshold: float = SAME_WORDS) -> tuple[tuple[int, ...], ...]:
    """Return the groups of texts joined by pairs at or above the threshold, each in order, by their first text.

    >>> duplicate_groups([Pair(0, 2, 0.9), Pair(2, 5, 0.8), Pair(1, 3, 0.7)])
    ((0, 2, 5),)
    """
    group_of: dict[int, set[int]] = {}
    for pair in pairs:
        if pair.jaccard >= threshold:
            joined = group_of.get(pair.first, {pair.first}) | group_of.get(pair.second, {pair.second})
            for member in joined:
                group_of[member] = joined
    return tuple(sorted({tuple(sorted(group)) for group in group_of.values()}))


def _windows(texts: Sequence[str]) -> Any:
    """Return texts x windows, 1 where the text has the window."""
    from scipy.sparse import csr_array

    number: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for text in texts:
        line = " ".join(tokens(text))
        windows = {line[at : at + _WINDOW] for at in range(max(1, len(line) - _WINDOW + 1))} if line else set()
        columns += sorted(number.setdefault(window, len(number)) for window in windows)
        ends.append(len(columns))
    ones = np.ones(len(columns), dtype=np.int32)
    return csr_array((ones, columns, ends), shape=(len(texts), len(number)))
