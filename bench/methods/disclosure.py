"""Time the hiding of small numbers: `python bench/methods/disclosure.py`."""

from _measure import Board, seconds  # first, since it pins the threads

# ruff: isort: split
import sys

import numpy as np


def main() -> int:
    from weft.methods.disclosure import two_way
    from weft.methods.map_disclosure import opinion_tables

    rng = np.random.default_rng(0)
    table = rng.poisson(rng.gamma(1.2, 30.0, size=(20, 20)))
    board = Board("Hiding small numbers")
    words = f"20 x 20, {int((table < 10).sum())} small, {int(two_way(table).hidden.sum())} hidden"
    board.row(words, seconds(lambda: two_way(table)), floor=0.2)
    statements = rng.poisson(rng.gamma(1.2, 40.0, size=(900, 4, 3)))
    board.row("900 statements, 3 groups and no group", seconds(lambda: opinion_tables(statements), 3))
    return board.end()


if __name__ == "__main__":
    sys.exit(main())
