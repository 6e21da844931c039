"""The Polis figures of each group and statement (1.2, steps 7 to 12), from raw votes."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from weft.methods.opinion_map.votes import CHUNK, Floats, Ints, Numbers, Votes

THRESHOLD = 1.2816  # z of 90 %, one-sided
AT_MOST = 5  # statements in a list
META_PRIORITY = 49.0

Whole = npt.NDArray[np.int64]
Direction = Literal["agree", "disagree"]


@dataclass(frozen=True)
class Counts:
    """Agrees, disagrees and votes (passes included) of each group on each column."""

    agree: Whole  # [G, S]
    disagree: Whole  # [G, S]
    seen: Whole  # [G, S]

    @property
    def passed(self) -> Whole:
        return self.seen - self.agree - self.disagree


@dataclass(frozen=True)
class Figures:
    """How far each group stands for each statement, beside all other groups together (1.2, step 8).

    The `repness_` arrays are `nan` with a single group: there is nobody to compare with.
    """

    p_agree: Floats  # [G, S]
    p_disagree: Floats
    p_agree_test: Floats
    p_disagree_test: Floats
    repness_agree: Floats
    repness_disagree: Floats
    repness_agree_test: Floats
    repness_disagree_test: Floats


@dataclass(frozen=True)
class Representative:
    """A statement that stands for a group, with the figures of the direction in which it does."""

    statement: int  # position among the statements given
    direction: Direction
    best_agree: bool
    n_success: int
    n_trials: int
    p_success: float
    p_test: float
    repness: float
    repness_test: float


@dataclass(frozen=True)
class Agreed:
    """A statement on which everybody agrees (or disagrees)."""

    statement: int
    n_success: int
    n_trials: int
    p_success: float
    p_test: float


@dataclass(frozen=True)
class Consensus:
    """Up to five statements most people agree with, and up to five most disagree with, strongest first."""

    agree: tuple[Agreed, ...]
    disagree: tuple[Agreed, ...]


def count_votes(votes: Votes, group: Ints, groups: int) -> Counts:
    """Tallies for groups `0..groups-1`; `group` is one number a person, -1 being in none."""
    size = votes.statements.size
    cells = (groups + 1) * size * 3
    total = np.zeros(cells, dtype=np.int64)
    sizes, people = np.diff(votes.starts), 0
    while people < votes.people and size:
        until = int(np.searchsorted(votes.starts, votes.starts[people] + CHUNK, side="right")) - 1
        until = min(max(until, people + 1), votes.people)
        part = slice(int(votes.starts[people]), int(votes.starts[until]))
        base = (group[people:until].astype(np.int64) + 1) * (size * 3) + 1
        cell = np.repeat(base, sizes[people:until])
        cell += votes.columns[part] * np.int64(3)
        cell += votes.values[part]
        total += np.bincount(cell, minlength=cells)
        people = until
    counted = total.reshape(groups + 1, size, 3)[1:]
    return Counts(counted[:, :, 2].copy(), counted[:, :, 0].copy(), counted.sum(axis=2))


def figures(counts: Counts) -> Figures:
    """Success rates and their tests for every group and column."""
    sides = (_side(counts.agree, counts.seen), _side(counts.disagree, counts.seen))
    (pa, pat, ra, rat), (pd, pdt, rd, rdt) = sides
    return Figures(pa, pd, pat, pdt, ra, rd, rat, rdt)


def _side(success: Whole, trials: Whole) -> tuple[Floats, Floats, Floats, Floats]:
    p, test = _rate(success, trials)
    if success.shape[0] < 2:
        nothing = np.full(p.shape, np.nan)
        return p, test, nothing, nothing.copy()
    others, others_trials = success.sum(axis=0) - success, trials.sum(axis=0) - trials
    repness = p / ((others + 1) / (others_trials + 2))
    here, there = (success + 1) / (trials + 1), (others + 1) / (others_trials + 1)
    pooled = (success + others + 2) / (trials + others_trials + 2)
    spread = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / (trials + 1) + 1 / (others_trials + 1)))
    difference = np.divide(here - there, spread, out=np.zeros_like(p), where=(pooled != 1) & (spread > 0))
    return p, test, repness, difference


def _rate(success: Whole, trials: Whole) -> tuple[Floats, Floats]:
    """Success rate with one success and one failure added, and its distance from a half in standard errors."""
    return (success + 1) / (trials + 2), 2 * np.sqrt(trials + 1) * ((success + 1) / (trials + 1) - 0.5)


@dataclass(frozen=True)
class _Side:
    """One direction of one group, column by column."""

    direction: Direction
    success: Whole
    trials: Whole
    p: Floats
    p_test: Floats
    repness: Floats
    repness_test: Floats

    @property
    def sufficient(self) -> npt.NDArray[np.bool_]:
        return (self.repness_test > THRESHOLD) & (self.p_test > THRESHOLD)

    @property
    def weight(self) -> Floats:
        """What orders the list of a group."""
        return self.repness * self.repness_test * self.p * self.p_test

    def entry(self, statements: Ints, j: int, *, best: bool = False) -> Representative:
        return Representative(
            statement=int(statements[j]),
            direction=self.direction,
            best_agree=best,
            n_success=int(self.success[j]),
            n_trials=int(self.trials[j]),
            p_success=float(self.p[j]),
            p_test=float(self.p_test[j]),
            repness=float(self.repness[j]),
            repness_test=float(self.repness_test[j]),
        )


def representative(votes: Votes, counts: Counts, figure: Figures) -> tuple[tuple[Representative, ...], ...]:
    """Up to five statements for each group (1.2, step 9); empty lists with a single group."""
    groups = int(counts.seen.shape[0])
    if groups < 2:
        return tuple(() for _ in range(groups))
    shown = np.flatnonzero(~votes.zeroed)
    f = figure
    found: list[tuple[Representative, ...]] = []
    for g in range(groups):
        n, a, d = counts.seen[g], counts.agree[g], counts.disagree[g]
        for_it = _Side("agree", a, n, f.p_agree[g], f.p_agree_test[g], f.repness_agree[g], f.repness_agree_test[g])
        against = _Side(
            "disagree", d, n, f.p_disagree[g], f.p_disagree_test[g], f.repness_disagree[g], f.repness_disagree_test[g]
        )
        found.append(_for_group(votes.statements, shown, for_it, against))
    return tuple(found)


def _for_group(statements: Ints, shown: Numbers, agree: _Side, disagree: _Side) -> tuple[Representative, ...]:
    agrees = agree.repness_test > disagree.repness_test
    best = _best_agree(shown[(agree.success + disagree.success)[shown] > 0], agree)
    sufficient = shown[(agree.sufficient | disagree.sufficient)[shown]]
    first = [] if best is None else [agree.entry(statements, best, best=True)]
    if sufficient.size == 0:
        if not first and shown.size:
            j = int(shown[np.argmax(np.maximum(agree.repness_test, disagree.repness_test)[shown])])
            first = [(agree if agrees[j] else disagree).entry(statements, j)]
        return tuple(first)
    weight = np.where(agrees, agree.weight, disagree.weight)[sufficient]
    others = [int(j) for j in sufficient[np.argsort(-weight, kind="stable")] if j != best]
    listed = first + [(agree if agrees[j] else disagree).entry(statements, j) for j in others]
    return tuple(sorted(listed[:AT_MOST], key=lambda each: each.direction != "agree"))


def _best_agree(candidates: Numbers, side: _Side) -> int | None:
    """The statement the group agrees with most tellingly, scanned in order with Polis's own rule."""
    best: int | None = None
    p, p_test, r, weight = side.p, side.p_test, side.repness, side.weight
    for j in candidates.tolist():
        if best is None:
            better = p_test[j] > THRESHOLD or (r[j] > 1 and p[j] > 0.5)
        elif r[best] > 1:
            better = weight[j] > weight[best]
        else:
            better = p[j] * p_test[j] > p[best] * p_test[best]
        if better:
            best = int(j)
    return best


def consensus(votes: Votes, everybody: Counts) -> Consensus:
    """What most of all people agree with, and what most disagree with (1.2, step 10)."""

    def strongest(success: Whole) -> tuple[Agreed, ...]:
        seen = everybody.seen[0]
        p, test = _rate(success, seen)
        fit = np.flatnonzero(~votes.zeroed & (p > 0.5) & (test > THRESHOLD))
        chosen = fit[np.argsort(-(p * test)[fit], kind="stable")][:AT_MOST]
        return tuple(
            Agreed(int(votes.statements[j]), int(success[j]), int(seen[j]), float(p[j]), float(test[j])) for j in chosen
        )

    return Consensus(strongest(everybody.agree[0]), strongest(everybody.disagree[0]))


def group_aware(counts: Counts) -> Floats:
    """How far every group agrees with each statement: the product of their rates (1.2, step 11)."""
    return np.asarray(np.prod((counts.agree + 1) / (counts.seen + 2), axis=0))


def priority(
    agree: npt.ArrayLike, disagree: npt.ArrayLike, seen: npt.ArrayLike, extremity: npt.ArrayLike, meta: npt.ArrayLike
) -> Floats:
    """How much each statement deserves to be asked next (1.2, step 12).

    High for statements that divide people, are agreed with, are seldom passed, and for new ones.

    >>> priority([0, 1], [0, 0], [0, 1], [0.0, 0.0], [False, False]).round(4).tolist()
    [5.0625, 12.5297]
    """
    a, n = np.asarray(agree, dtype=np.float64), np.asarray(seen, dtype=np.float64)
    passes = n - a - np.asarray(disagree)
    told = (1 - (passes + 1) / (n + 2)) * (np.asarray(extremity) + 1) * ((a + 1) / (n + 2))
    return np.where(np.asarray(meta, dtype=bool), META_PRIORITY, (told * (1 + 8 * 2 ** (-n / 5))) ** 2)
