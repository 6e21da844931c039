"""Time agreement between coders, beside krippendorff: `python bench/methods/agreement.py [--peers]`."""

from _measure import Board, peer, seconds  # first, since it pins the threads

# ruff: isort: split
import sys

import numpy as np

SIZES = ((2, 200), (3, 20_000), (5, 200_000))


def codings(coders: int, units: int) -> np.ndarray:
    """Five categories, a tenth of them missing, and coders who mostly agree."""
    rng = np.random.default_rng([0, coders, units])
    truth = rng.integers(5, size=units)
    values = np.where(rng.random((coders, units)) < 0.7, truth, rng.integers(5, size=(coders, units)))
    return np.where(rng.random((coders, units)) < 0.1, -1, values)


def main() -> int:
    from weft.methods.agreement import agreement

    board = Board("Percent agreement, kappa and alpha; the peer computes alpha only")
    for coders, units in SIZES:
        values = codings(coders, units)
        taken = seconds(lambda values=values: agreement(values))
        board.row(f"{coders} coders, {units:,} units", taken, other=peer("agreement", coders, units))
    return board.end()


if __name__ == "__main__":
    sys.exit(main())
