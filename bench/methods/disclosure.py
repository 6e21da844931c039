"""Time the hiding of a 20 x 20 table with about 80 small cells: `python bench/methods/disclosure.py`."""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import statistics
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from weft.methods.disclosure import two_way
from weft.methods.map_disclosure import opinion_tables

BUDGET = 0.2


def median_seconds(job, times=5):
    """The median CPU time of a job."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        job()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def main():
    rng = np.random.default_rng(0)
    table = rng.poisson(rng.gamma(1.2, 30.0, size=(20, 20)))
    hidden = int(two_way(table).hidden.sum())
    seconds = median_seconds(lambda: two_way(table))
    print(f"20 x 20, {int((table < 10).sum())} small, {hidden} hidden: {seconds:.4f} s (budget {BUDGET} s)")
    statements = rng.poisson(rng.gamma(1.2, 40.0, size=(900, 4, 3)))
    seconds = median_seconds(lambda: opinion_tables(statements), times=3)
    print(f"900 statements, 3 groups and no group: {seconds:.2f} s")


if __name__ == "__main__":
    main()
