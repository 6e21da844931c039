"""One run of the method of equal shares: in floats where they decide, exactly where they do not."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import inf, lcm

import numpy as np
from numpy.typing import NDArray

from weft.methods.equal_shares.ballots import Election
from weft.methods.equal_shares.exact import Ledger
from weft.methods.equal_shares.ties import Tie, TieBreaker

_EPS = 2.0**-52


@dataclass(frozen=True)
class Run:
    """What a share for each voter buys: positions of projects in the order of purchase."""

    share: Fraction
    bought: tuple[int, ...]
    spent: Fraction
    ties: tuple[Tie, ...]


class Runner:
    """Runs the rule on one election for one share after another."""

    def __init__(self, election: Election, breaker: TieBreaker) -> None:
        """Prepare the arrays that every run reads."""
        self.election = election
        self.breaker = breaker
        weights = election.weights.astype(np.float64)
        values = np.array(election.level_values, dtype=np.float64)
        self.scale = lcm(*(cost.denominator for cost in election.costs))
        self.whole_cost = [cost.numerator * (self.scale // cost.denominator) for cost in election.costs]
        self.cost = [cost / self.scale for cost in self.whole_cost]
        self.weight = [weights[groups] for groups in election.supporters]
        self.unit: list[NDArray[np.float64] | None] = [None] * len(election.ids)
        self.mass_of = self.weight
        if election.levels is not None:
            units = [values[level] for level in election.levels]
            self.unit = list(units)
            self.mass_of = [weight * unit for weight, unit in zip(self.weight, units, strict=True)]
        self.mass = [float(mass.sum()) for mass in self.mass_of]
        self.exact_mass = list(election.votes)
        if election.levels is not None:
            self.exact_mass = [
                sum(int(n) * election.level_values[at] for at, n in enumerate(np.bincount(level, weights=weight)))
                for level, weight in zip(election.levels, self.weight, strict=True)
            ]
        # A key is the price of one unit of utility: of one unit of money where utility is cost.
        self.by_cost = election.utility == "cost"
        self.free = [at for at, cost in enumerate(election.costs) if cost == 0 and election.votes[at]]
        self.paid = [at for at, cost in enumerate(election.costs) if cost > 0 and election.votes[at]]
        self.supported = len(self.free) + len(self.paid)

    def run(self, share: Fraction) -> Run:
        """Buy what a share for each voter can buy.

        The project with the least price for a unit of utility is bought again and again, while any is affordable.
        """
        return _Race(self, share).run()


class _Race:
    """The state of one run. Prices only rise within a run, so an old price is a lower bound for the new one."""

    def __init__(self, runner: Runner, share: Fraction) -> None:
        self.runner = runner
        self.share = share
        self.balance = np.full(len(runner.election.weights), float(share))
        self.bought: list[int] = list(runner.free)
        self.ties: list[Tie] = []
        self.ledger: Ledger | None = None
        self.ledger_bought = len(self.bought)
        projects = len(runner.cost)
        self.price = [0.0] * projects
        self.error = [0.0] * projects
        self.done_at = [-1] * projects
        self.widest = 0.0

    def run(self) -> Run:
        """Pop the least bound; buy if it is a price, else raise it."""
        heap = []
        above, below, votes = self.share.numerator, self.share.denominator, self.runner.election.votes
        for at in self.runner.paid:
            if votes[at] * above * self.runner.scale >= self.runner.whole_cost[at] * below:
                self.price[at] = self.runner.cost[at] / self.runner.mass[at]
                self._set_error(at, self.runner.mass[at])
                if self.runner.unit[at] is None:
                    self.done_at[at] = len(self.bought)
                heap.append((self._key(at), at))
        heapify(heap)
        while heap:
            _, at = heappop(heap)
            if self.done_at[at] == len(self.bought):
                self._buy(self._settle(at, heap))
            elif self._raise(at, heap[0][0] if heap else inf):
                heappush(heap, (self._key(at), at))
        spent = sum(self.runner.whole_cost[at] for at in self.bought)
        return Run(self.share, tuple(self.bought), Fraction(spent, self.runner.scale), tuple(self.ties))

    def _key(self, at: int) -> float:
        return self.price[at] / self.runner.cost[at] if self.runner.by_cost else self.price[at]

    def _set_error(self, at: int, rich: float) -> None:
        """Bound the rounding error of the key: sums of as many terms as groups, balances after as many purchases."""
        terms = len(self.runner.weight[at]) + 2 * len(self.bought) + 16
        error = 8 * _EPS * terms / rich
        self.error[at] = error if self.runner.by_cost else error * self.runner.cost[at]
        self.widest = max(self.widest, self.error[at])

    def _raise(self, at: int, limit: float) -> bool:
        """Raise the price of a project from below, until it is exact or passes the limit; false if unaffordable."""
        runner = self.runner
        balance = self.balance.take(runner.election.supporters[at])
        weight, unit, mass_of, cost = runner.weight[at], runner.unit[at], runner.mass_of[at], runner.cost[at]
        money = float(weight.dot(balance))
        near = 2 * _EPS * (len(weight) + 2 * len(self.bought) + 8) * (money + cost)
        if abs(money - cost) <= near:
            return self._raise_exactly(at)
        if money < cost:
            return False
        divisor = cost if runner.by_cost else 1.0
        price, mass, before = self.price[at], runner.mass[at], -1
        while True:
            poor = balance < (price if unit is None else price * unit)
            how_many = int(np.count_nonzero(poor))
            if how_many <= before:
                self.done_at[at] = len(self.bought)
                break
            before = how_many
            if how_many:
                where = poor.nonzero()[0]
                theirs = weight.take(where)
                mass = runner.mass[at] - float((theirs if unit is None else mass_of.take(where)).sum())
                price = max(price, (cost - float(theirs.dot(balance.take(where)))) / mass)
            else:
                price = max(price, cost / mass)
            if price / divisor > limit:
                break
        self.price[at] = price
        self._set_error(at, mass)
        return True

    def _raise_exactly(self, at: int) -> bool:
        """Settle a project whose supporters have almost exactly its cost."""
        ledger = self._exact()
        if ledger.money(at) < self.runner.election.costs[at]:
            return False
        self.price[at] = float(ledger.unit_price(at))
        self.error[at] = 4 * _EPS * self._key(at)
        self.widest = max(self.widest, self.error[at])
        self.done_at[at] = len(self.bought)
        return True

    def _settle(self, first: int, heap: list[tuple[float, int]]) -> int:
        """Return the winner: the first, unless others could stand before it, which exact prices then decide."""
        edge = self._key(first) + self.error[first]
        contenders = [first]
        near = []
        while heap and heap[0][0] <= edge + self.widest:
            near.append(heappop(heap)[1])
        for at in near:
            if self.done_at[at] != len(self.bought) and not self._raise(at, edge + 2 * self.widest):
                continue
            if self._key(at) - self.error[at] <= edge:
                contenders.append(at)
            else:
                heappush(heap, (self._key(at), at))
        if len(contenders) == 1:
            return first
        keys = {at: self._exact_key(at) for at in contenders}
        least = min(keys.values())
        tied = sorted(at for at in contenders if keys[at] == least)
        winner = tied[0]
        if len(tied) > 1:
            winner, rule = self.runner.breaker.choose(tied)
            names = self.runner.election.named
            self.ties.append(Tie(len(self.bought) + 1, names(tied), names([winner])[0], rule))
        for at in contenders:
            if at != winner:
                heappush(heap, (self._key(at), at))
        return winner

    def _exact_key(self, at: int) -> Fraction:
        """Return the exact price of a unit of utility; where nobody is poor it needs no balances."""
        runner = self.runner
        balance = self.balance.take(runner.election.supporters[at])
        unit = runner.unit[at]
        due = self.price[at] if unit is None else self.price[at] * unit
        if float((balance - due).min()) > 1e-9 * float(self.share):
            price = runner.election.costs[at] / runner.exact_mass[at]
        else:
            price = self._exact().unit_price(at)
        return price / runner.election.costs[at] if runner.by_cost else price

    def _exact(self) -> Ledger:
        """Return the exact balances as they are now."""
        if self.ledger is None:
            self.ledger = Ledger(self.runner.election, self.share)
        for at in self.bought[self.ledger_bought :]:
            self.ledger.buy(at)
        self.ledger_bought = len(self.bought)
        return self.ledger

    def _buy(self, at: int) -> None:
        """Take the price from the supporters; what is left of a balance by rounding alone is nothing."""
        if self.done_at[at] != len(self.bought):
            self._raise(at, inf)
        groups, unit = self.runner.election.supporters[at], self.runner.unit[at]
        left = self.balance.take(groups)
        left -= self.price[at] if unit is None else self.price[at] * unit
        left[left < 8 * _EPS * (len(self.bought) + 2) * float(self.share)] = 0.0
        self.balance[groups] = left
        self.bought.append(at)
