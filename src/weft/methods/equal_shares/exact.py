"""Exact balances of all voters through a run, kept for classes of voters who paid the same so far."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from weft.methods.equal_shares.ballots import Election

History = tuple["History | None", int, Fraction] | None


@dataclass(frozen=True)
class Paid:
    """What a purchase cost: money for one unit of utility, the most anyone paid, how many paid their last money."""

    unit_price: Fraction
    max_payment: Fraction
    paid_all_they_had: int


@dataclass(frozen=True)
class _Classes:
    """The supporters of a project by class and utility: rows of both, the row of each group, and voters a row."""

    class_of_row: NDArray[np.int64]
    unit_of_row: list[int]
    row_of_group: NDArray[np.int64]
    voters: list[int]


class Ledger:
    """Balances as whole numbers over one common denominator, which grows with the purchases.

    64-bit numbers would overflow: each purchase can multiply the denominator by the number of those who pay.
    """

    def __init__(self, election: Election, share: Fraction, remember: bool = False) -> None:
        """Give everybody the same share; with ``remember`` keep what each class paid for."""
        self._election = election
        self._scale = lcm(share.denominator, *(cost.denominator for cost in election.costs))
        self._values = np.array([int(share * self._scale)], dtype=object)
        self._class_of = np.zeros(len(election.weights), dtype=np.int64)
        self._history: list[History] | None = [None] if remember else None

    def money(self, project: int) -> Fraction:
        """Return what the supporters of a project have together."""
        groups = self._election.supporters[project]
        voters = np.bincount(
            self._class_of[groups], weights=self._election.weights[groups], minlength=len(self._values)
        )
        return Fraction(sum(int(n) * self._values[at] for at, n in enumerate(voters.tolist()) if n), self._scale)

    def unit_price(self, project: int) -> Fraction:
        """Return what supporters pay for a unit of utility, at most their balance; the project must be affordable.

        A unit is the whole project where all its supporters have the same utility.
        """
        return self._price(project, self._classes(project))

    def buy(self, project: int) -> Paid:
        """Take the price of a project from its supporters."""
        classes = self._classes(project)
        price = self._price(project, classes)
        self._refine((price * self._scale).denominator)
        unit = int(price * self._scale)
        before = [self._values[at] for at in classes.class_of_row.tolist()]
        paid = [min(value, unit * worth) for value, worth in zip(before, classes.unit_of_row, strict=True)]
        last = sum(
            voters
            for value, payment, voters in zip(before, paid, classes.voters, strict=True)
            if value == payment and value > 0
        )
        if self._history is not None:
            history = self._history
            history += [
                (history[at], project, Fraction(payment, self._scale)) if payment else history[at]
                for at, payment in zip(classes.class_of_row.tolist(), paid, strict=True)
            ]
        self._class_of[self._election.supporters[project]] = len(self._values) + classes.row_of_group
        left = np.array([value - payment for value, payment in zip(before, paid, strict=True)], dtype=object)
        self._values = np.concatenate((self._values, left))
        self._drop_empty_classes()
        return Paid(price, Fraction(max(paid), self._scale), last)

    def rough_balances(self) -> NDArray[np.float64]:
        """Return what a voter of each group has left, in floats."""
        left = np.array([value / self._scale for value in self._values], dtype=np.float64)
        return left[self._class_of]

    def accounts(self) -> tuple[NDArray[np.int64], list[tuple[tuple[tuple[int, Fraction], ...], Fraction]]]:
        """Return the class of each group, and what one voter of each class paid, in order, and has left.

        Payments are known only to a ledger that was made to remember.
        """
        told = []
        nodes = self._history or [None] * len(self._values)
        for node, value in zip(nodes, self._values.tolist(), strict=True):
            steps = []
            while node is not None:
                node, project, amount = node
                steps.append((project, amount))
            told.append((tuple(reversed(steps)), Fraction(value, self._scale)))
        return self._class_of.copy(), told

    def _classes(self, project: int) -> _Classes:
        """Sort the supporters of a project by class and utility, without sorting."""
        groups = self._election.supporters[project]
        kinds = len(self._election.level_values)
        key = self._class_of[groups]
        if self._election.levels is not None:
            key = key * kinds + self._election.levels[project]
        voters = np.bincount(key, weights=self._election.weights[groups], minlength=len(self._values) * kinds)
        rows = np.flatnonzero(voters)
        row_of_key = np.empty(len(voters), dtype=np.int64)
        row_of_key[rows] = np.arange(len(rows))
        units = [self._election.level_values[at] for at in (rows % kinds).tolist()]
        return _Classes(rows // kinds, units, row_of_key[key], voters[rows].astype(np.int64).tolist())

    def _price(self, project: int, classes: _Classes) -> Fraction:
        """Walk from the poorest class to the first that can pay in full."""
        common = lcm(*classes.unit_of_row)
        rows = sorted(
            (self._values[at] * (common // worth), self._values[at], worth, voters)
            for at, worth, voters in zip(
                classes.class_of_row.tolist(), classes.unit_of_row, classes.voters, strict=True
            )
        )
        need = int(self._election.costs[project] * self._scale)
        mass = sum(worth * voters for _, _, worth, voters in rows)
        for _, value, worth, voters in rows:
            if value * mass >= need * worth:
                break
            need -= value * voters
            mass -= worth * voters
        return Fraction(need, mass * self._scale)

    def _refine(self, factor: int) -> None:
        """Multiply the common denominator."""
        if factor > 1:
            self._scale *= factor
            self._values = self._values * factor

    def _drop_empty_classes(self) -> None:
        """Forget classes that nobody is in any more."""
        alive = np.bincount(self._class_of, minlength=len(self._values)) > 0
        if not alive.all():
            self._class_of = (np.cumsum(alive) - 1)[self._class_of]
            self._values = self._values[alive]
            if self._history is not None:
                self._history = [node for node, lives in zip(self._history, alive.tolist(), strict=True) if lives]
