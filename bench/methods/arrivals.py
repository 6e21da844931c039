"""Time effective counts and the search for bursts: `python bench/methods/arrivals.py`."""

from _measure import Board, seconds  # first, since it pins the threads

# ruff: isort: split
import sys

import numpy as np


def main() -> int:
    from weft.methods.arrivals import answered_alike, arrived_at_once, effective_answers

    rng = np.random.default_rng(0)
    board = Board("Arrivals")
    times = rng.integers(0, 10**6, 10_000)
    board.row("10,000 arrivals, many at once", seconds(lambda: arrived_at_once(times)), floor=0.2)
    person, card = np.divmod(np.arange(300_000), 30)
    answer = rng.integers(-1, 2, 300_000)
    board.row(
        "10,000 people, 30 answers each, alike", seconds(lambda: answered_alike(person, card, answer, 10_000)), floor=1
    )
    by_group = rng.integers(0, 5, (10_000, 3))
    board.row("10,000 groups, effective counts", seconds(lambda: effective_answers(by_group)), floor=0.2)
    return board.end()


if __name__ == "__main__":
    sys.exit(main())
