"""The interval of a share of people."""

from __future__ import annotations

from math import sqrt

Z = 1.959963984540054


def wilson(count: int, people: int, z: float = Z) -> tuple[float, float]:
    """Return the Wilson interval of a share, 95 % at the default ``z``, within 0 and 1.

    Parameters: ``count`` of ``people``, 0 <= count <= people, people above 0; ``z`` normal quantile.

    Raises ``ValueError`` when the count does not fit.

    References: Newcombe 1998, method 3, doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E.

    >>> [round(end, 10) for end in wilson(15, 148)]
    [0.0623863995, 0.1604872417]
    """
    if people < 1 or not 0 <= count <= people:
        raise ValueError(f"count must be between 0 and the number of people, got {count} of {people}.")
    share = count / people
    square = z * z
    middle = share + square / (2 * people)
    half = z * sqrt(share * (1 - share) / people + square / (4 * people * people))
    scale = 1 + square / people
    # The ends are kept around the share itself, from which rounding can move them by a last bit at 0 and 1.
    return min(share, max(0.0, (middle - half) / scale)), max(share, min(1.0, (middle + half) / scale))
