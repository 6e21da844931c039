"""How alike two groupings of the same people are."""

import numpy as np
import numpy.typing as npt


def adjusted_rand_index(first: npt.ArrayLike, second: npt.ArrayLike) -> float:
    """Agreement of two groupings, corrected for chance.

    Counts the pairs of people that both groupings put together and compares that count with what chance would give for
    groups of these sizes.

    Parameters
    ----------
    first, second : int [n]
        The group of each person. Any whole numbers: only who shares one matters.

    Returns
    -------
    float
        1 for the same grouping, about 0 for chance, below 0 for less than chance. 1 too where chance leaves no room
        (everybody together or everybody apart in both) and for fewer than two people. Symmetric.

    Raises
    ------
    ValueError
        "Both groupings must cover the same people, got N and M."

    Notes
    -----
    Deterministic; O(n log n).

    References
    ----------
    Hubert and Arabie 1985, doi:10.1007/BF01908075.

    Examples
    --------
    >>> round(adjusted_rand_index([0, 0, 1, 1], [0, 0, 1, 2]), 10)
    0.5714285714
    >>> adjusted_rand_index([0, 0, 1, 1], [1, 1, 0, 0])
    1.0
    """
    a, b = np.asarray(first), np.asarray(second)
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError(f"Both groupings must cover the same people, got {a.size} and {b.size}.")
    if a.size < 2:
        return 1.0
    names_a, a = np.unique(a, return_inverse=True)
    names_b, b = np.unique(b, return_inverse=True)
    _, both = np.unique(a.astype(np.int64) * names_b.size + b, return_counts=True)
    together = _pairs(both)
    in_a = _pairs(np.bincount(a, minlength=names_a.size))
    in_b = _pairs(np.bincount(b, minlength=names_b.size))
    by_chance = in_a * in_b / (a.size * (a.size - 1) / 2)
    room = (in_a + in_b) / 2 - by_chance
    return 1.0 if room == 0 else (together - by_chance) / room


def _pairs(counts: npt.NDArray[np.int64]) -> float:
    """Number of pairs inside groups of these sizes; exact up to 9e15."""
    sizes = counts.astype(np.float64)
    return float(np.sum(sizes * (sizes - 1) / 2))
