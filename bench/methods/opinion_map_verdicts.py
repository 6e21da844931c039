"""How often made-up conversations get each verdict: `python bench/methods/opinion_map_verdicts.py [--full]`.

Each cell says none/tentative/clear. Numbers of votes are log-normal (sigma 0.9), statements are met unequally, 60 % of
them divide people. Noise must not be called groups; planted groups must be found where there are enough votes. Run r of
a size draws from `default_rng([r, people])`, and the map has the seed 0. `--full` is 20 runs of each cell, 100 without
structure, a few minutes; without it 4 and 20. Exit code 1 when a rate that is promised is not reached.
"""

import _measure  # noqa: F401 first, since it pins the threads

# ruff: isort: split
import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from weft.methods.opinion_map import adjusted_rand_index, opinion_map

RUNS, FEW = 20, 4
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


def spectrum(strength: float, traits: int = 1, *, even: bool = False) -> Leaning:
    """Traits that people have more or less of, normal or evenly spread."""

    def lean(rng: Rng, people: int, statements: int) -> tuple[np.ndarray, None]:
        total = np.zeros((people, statements))
        for _ in range(traits):
            trait = rng.uniform(-(3**0.5), 3**0.5, people) if even else rng.normal(size=people)
            total += np.outer(trait, loadings(rng, statements, strength))
        return total, None

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


def crossing(strength: float) -> Leaning:
    """Two issues that cut across each other make four groups."""

    def lean(rng: Rng, people: int, statements: int) -> tuple[np.ndarray, np.ndarray]:
        sides = rng.integers(2, size=(people, 2))
        total = np.zeros((people, statements))
        for issue in range(2):
            total += np.outer(2 * sides[:, issue] - 1, loadings(rng, statements, strength))
        return total, sides[:, 0] * 2 + sides[:, 1]

    return lean


def loadings(rng: Rng, statements: int, strength: float) -> np.ndarray:
    return rng.normal(0, strength, statements) * (rng.random(statements) < 0.6)


TRUTHS: dict[str, Leaning] = {
    "no structure": nothing,
    "readiness to agree": readiness,
    "spectrum, normal, weak": spectrum(1),
    "spectrum, normal, strong": spectrum(2),
    "spectrum, even, strong": spectrum(2, even=True),
    "two crossing spectra": spectrum(2, 2),
    "spectrum, even, extreme": spectrum(4, even=True),
    "2 groups, weak": planted(2, 1),
    "2 groups, medium": planted(2, 1.5),
    "2 groups, strong": planted(2, 2.5),
    "2 groups 85:15, strong": planted(2, 2.5, (0.85, 0.15)),
    "3 groups, medium": planted(3, 1.5),
    "3 groups, strong": planted(3, 2.5),
    "4 groups, two crossing issues": crossing(2.5),
    "4 groups, all different, medium": planted(4, 2),
    "4 groups, all different, strong": planted(4, 3),
}
PROMISED = {  # shares of runs at the last size: groups shown at all, and the right number of them
    "2 groups, weak": (0.9, 0.9),
    "2 groups, medium": (0.9, 0.9),
    "2 groups, strong": (0.9, 0.9),
    "2 groups 85:15, strong": (0.9, 0.9),
    "3 groups, medium": (0.9, 0.9),
    "3 groups, strong": (0.9, 0.9),
    "4 groups, two crossing issues": (0.9, 0.9),
    "4 groups, all different, medium": (0.9, 0.9),
    "4 groups, all different, strong": (0.9, 0.9),
}
QUIET = 0.95  # the least share of runs without structure that must be called none, at each size


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


@dataclass(frozen=True)
class Cell:
    """What the runs of one truth and size were called, and how well planted groups were found where they were."""

    said: dict[str, int]
    right: int
    scores: list[float]

    @property
    def runs(self) -> int:
        return sum(self.said.values())

    @property
    def shown(self) -> str:
        return "/".join(map(str, self.said.values()))

    @property
    def found(self) -> str:
        return f"{self.right} of {self.runs}, {np.mean(self.scores):.2f}" if self.scores else ""


def cell(lean: Leaning, size: tuple[int, int, int], runs: int) -> Cell:
    """Run one truth at one size."""
    people, statements, median = size
    said = {"none": 0, "tentative": 0, "clear": 0}
    right, scores = 0, []
    for run in range(runs):
        rng = np.random.default_rng([run, people])
        leaning, member = lean(rng, people, statements)
        found = opinion_map(**votes(rng, leaning, median), people=people).grouping
        said[found.verdict] += 1
        if member is not None and found.count:
            inside = found.labels >= 0
            scores.append(adjusted_rand_index(found.labels[inside], member[inside]))
            right += found.count == member.max() + 1
    return Cell(said, right, scores)


def broken(name: str, cells: list[Cell]) -> list[str]:
    """The promises that these cells do not keep."""
    if name == "no structure":
        return [f"noise called groups: {each.shown}" for each in cells if each.said["none"] < QUIET * each.runs]
    shown, right = PROMISED.get(name, (0, 0))
    last = cells[-1]
    kept = last.runs - last.said["none"] >= shown * last.runs and last.right >= right * last.runs
    return [] if kept else [f"{name} not found: {last.shown}, {last.found}"]


def main() -> int:
    runs = RUNS if "--full" in sys.argv[1:] else FEW
    heads = [f"{people} x {statements}" for people, statements, _ in SIZES]
    print(
        f"none/tentative/clear of {runs} runs, {runs * NOISE_RUNS} without structure; run r: default_rng([r, people])"
    )
    print(f"{'truth':34}" + "".join(f"{head:>12}" for head in heads) + "   right number, ARI at the last")
    problems = []
    for name, lean in TRUTHS.items():
        cells = [cell(lean, size, runs * NOISE_RUNS if lean is nothing else runs) for size in SIZES]
        print(f"{name:34}" + "".join(f"{each.shown:>12}" for each in cells) + f"   {cells[-1].found}", flush=True)
        problems += broken(name, cells)
    print("\n".join(problems) if problems else "every promised rate is reached")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
