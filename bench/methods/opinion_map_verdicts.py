"""How often made-up conversations get each verdict: `python bench/methods/opinion_map_verdicts.py [RUNS]`.

Each cell says none/tentative/clear. Numbers of votes are log-normal (sigma 0.9), statements are met unequally, 60 % of
them divide people. Noise must not be called groups; planted groups must be found where there are enough votes.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from weft.methods.opinion_map import adjusted_rand_index, opinion_map

SIZES = ((30, 15, 12), (60, 30, 20), (200, 60, 25), (600, 120, 40))  # people, statements, median of votes
NOISE_RUNS = 5  # times as many runs where there is no structure

Rng = np.random.Generator
Leaning = Callable[[Rng, int, int], tuple[np.ndarray, np.ndarray | None]]


def nothing(rng: Rng, people: int, statements: int) -> tuple[np.ndarray, None]:
    """Everybody leans alike."""
    return np.zeros((people, statements)), None


def readiness(rng: Rng, people: int, statements: int) -> tuple[np.ndarray, None]:
    """People differ only in how readily they agree."""
    return np.repeat(rng.normal(0, 1, (people, 1)), statements, axis=1), None


def spectrum(strength: float) -> Leaning:
    """One normal trait."""

    def lean(rng: Rng, people: int, statements: int) -> tuple[np.ndarray, None]:
        return np.outer(rng.normal(size=people), loadings(rng, statements, strength)), None

    return lean


def planted(groups: int, strength: float, shares: tuple[float, ...] | None = None) -> Leaning:
    """Two groups lean to opposite sides; three or more each have leanings of their own."""

    def lean(rng: Rng, people: int, statements: int) -> tuple[np.ndarray, np.ndarray]:
        member = rng.choice(groups, people, p=shares)
        if groups == 2:
            each = np.outer([1, -1], loadings(rng, statements, strength))
        else:
            each = np.array([loadings(rng, statements, strength) for _ in range(groups)])
        return each[member], member

    return lean


def loadings(rng: Rng, statements: int, strength: float) -> np.ndarray:
    return rng.normal(0, strength, statements) * (rng.random(statements) < 0.6)


TRUTHS: dict[str, Leaning] = {
    "no structure": nothing,
    "readiness to agree": readiness,
    "spectrum, weak": spectrum(1),
    "spectrum, strong": spectrum(2),
    "2 groups, weak": planted(2, 1),
    "2 groups, medium": planted(2, 1.5),
    "2 groups, strong": planted(2, 2.5),
    "2 groups 85:15, strong": planted(2, 2.5, (0.85, 0.15)),
    "3 groups, strong": planted(3, 2.5),
    "4 groups, all different, strong": planted(4, 3),
}


def votes(rng: Rng, lean: np.ndarray, median: float) -> dict[str, np.ndarray]:
    """Votes of people with these leanings."""
    people, statements = lean.shape
    count = np.clip(rng.lognormal(np.log(median), 0.9, people).round(), 1, statements).astype(int)
    exposure = rng.gamma(2.0, 1.0, statements)
    exposure /= exposure.sum()
    chance = 1 / (1 + np.exp(-(rng.normal(0.8, 1.2, statements) + lean)))
    passing = rng.beta(2, 10, statements)
    person = np.repeat(np.arange(people), count)
    statement = np.concatenate([rng.choice(statements, n, replace=False, p=exposure) for n in count])
    vote = np.where(rng.random(person.size) < chance[person, statement], 1, -1)
    vote[rng.random(person.size) < passing[statement]] = 0
    hidden = np.zeros(statements, dtype=bool)
    return {"participant": person, "statement": statement, "vote": vote, "moderated_out": hidden, "meta": hidden}


def cell(lean: Leaning, size: tuple[int, int, int], runs: int) -> tuple[str, str]:
    """Verdicts over the runs, and how well planted groups were found where they were."""
    people, statements, median = size
    said = {"none": 0, "tentative": 0, "clear": 0}
    right, scores = 0, []
    for seed in range(runs):
        rng = np.random.default_rng([seed, people])
        leaning, member = lean(rng, people, statements)
        found = opinion_map(**votes(rng, leaning, median), people=people).grouping
        said[found.verdict] += 1
        if member is not None and found.count:
            inside = found.labels >= 0
            scores.append(adjusted_rand_index(found.labels[inside], member[inside]))
            right += found.count == member.max() + 1
    found_as = f"{right} of {runs}, {np.mean(scores):.2f}" if scores else ""
    return "/".join(str(each) for each in said.values()), found_as


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    heads = [f"{people} x {statements}" for people, statements, _ in SIZES]
    print(f"{'truth':34}" + "".join(f"{head:>12}" for head in heads) + "   right number, ARI at the last")
    for name, lean in TRUTHS.items():
        times = runs * NOISE_RUNS if lean is nothing else runs
        cells = [cell(lean, size, times) for size in SIZES]
        print(f"{name:34}" + "".join(f"{said:>12}" for said, _ in cells) + f"   {cells[-1][1]}", flush=True)


if __name__ == "__main__":
    main()
