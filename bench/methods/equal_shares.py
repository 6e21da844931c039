"""Time equal shares on the shared Pabulib elections: `python bench/methods/equal_shares.py`."""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import resource
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "src"))

from tests.methods.pabulib_files import expected, read
from weft.methods.equal_shares import compare, election, equal_shares, receipts, rounds, why_not


def median_seconds(job, times=3):
    """The median CPU time of a job."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        job()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def row(name):
    """One line of figures for an election."""
    reading = median_seconds(lambda: read.__wrapped__(name), 1)
    costs, listed, _, counts, budget, _ = read(name)
    grouping = median_seconds(lambda: election(costs, listed, "cost", counts))
    chosen = election(costs, listed, "cost", counts)
    once = median_seconds(lambda: equal_shares(chosen, budget, completion="none"))
    add1 = median_seconds(lambda: equal_shares(chosen, budget, completion="add1"))
    outcome = equal_shares(chosen, budget, completion="add1")
    why = median_seconds(lambda: (rounds(outcome), why_not(outcome), compare(outcome)), 1)
    slips = median_seconds(lambda: receipts(outcome), 1)
    runs = outcome.increments + 1
    return f"{name:<50} {reading:7.3f} {grouping:7.3f} {once:8.4f} {add1:7.3f} {runs:5} {why:6.2f} {slips:8.2f}"


def main():
    print(
        f"{'CPU seconds':<50} {'read':>7} {'group':>7} {'one run':>8} {'Add1':>7} {'runs':>5} {'why':>6} "
        f"{'receipts':>8}"
    )
    for name in sorted(expected()):
        print(row(name))
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
