"""What a result of equal shares rests on: purchases, receipts, why not, and what greedy would have done."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from weft.methods.equal_shares.ballots import Election
from weft.methods.equal_shares.completion import Outcome
from weft.methods.equal_shares.exact import Ledger
from weft.methods.equal_shares.greedy import Greedy, greedy
from weft.methods.equal_shares.rule import Runner
from weft.methods.equal_shares.ties import TieBreaker

FACTORS = tuple(Fraction(percent, 100) for percent in range(105, 301, 5))


@dataclass(frozen=True)
class Round:
    """One purchase of the final run; ``rho`` is the price of a unit of utility.

    ``effective_votes``, the cost over the most anyone paid, is ``None`` for points and rankings and for free projects.
    """

    round: int
    project: str
    cost: Fraction
    rho: Fraction
    max_payment: Fraction
    effective_votes: float | None
    supporters: int
    paid_all_they_had: int


@dataclass(frozen=True)
class Receipt:
    """What one voter's share bought; the same for each of the ``voters`` with this ballot.

    ``ballots`` are the positions of the ballots as given. The payments and what is left add up to the share exactly.
    """

    ballots: tuple[int, ...]
    voters: int
    share: Fraction
    paid: tuple[tuple[str, Fraction], ...]
    left: Fraction


@dataclass(frozen=True)
class Loser:
    """Why a project was not bought.

    ``supporters_money`` is what its supporters have at the end of the final run, ``lacked`` the rest of its cost;
    ``priced_out_by`` the purchase after which they first had too little, ``None`` if never enough;
    ``bought_at_factor`` the least of the shares 1.05, 1.10, ... 3.00 times as large with which it is bought.
    """

    project: str
    cost: Fraction
    supporters: int
    supporters_money: Fraction
    lacked: Fraction
    priced_out_by: str | None
    effective_votes_before: float | None
    bought_at_factor: Fraction | None
    fits_in_left: bool


@dataclass(frozen=True)
class Comparison:
    """Equal shares beside greedy on the same ballots; winners of a voter are winners that voter approves."""

    greedy: Greedy
    voters_without_winner: int
    voters_without_winner_greedy: int
    mean_winners: float
    mean_winners_greedy: float
    voters_with_more: int
    voters_with_equal: int
    voters_with_fewer: int


def rounds(outcome: Outcome) -> tuple[Round, ...]:
    """Replay the final run exactly, and tell of every purchase.

    >>> from weft.methods.equal_shares import election, equal_shares
    >>> outcome = equal_shares(election({"A": 3, "B": 2}, [["A"], ["A", "B"], ["B"]]), 6)
    >>> [(row.project, str(row.max_payment)) for row in rounds(outcome)]
    [('B', '1'), ('A', '2')]
    """
    election = outcome.election
    ledger = Ledger(election, outcome.share)
    told = []
    for number, at in enumerate(outcome.run.bought, 1):
        cost, paid = election.costs[at], ledger.buy(at)
        rho = paid.unit_price * election.level_scale
        if election.utility == "cost":
            rho = paid.unit_price / cost if cost else Fraction(0)
        effective = _effective(election, cost, paid.max_payment)
        votes = election.votes[at]
        told.append(
            Round(number, election.ids[at], cost, rho, paid.max_payment, effective, votes, paid.paid_all_they_had)
        )
    return tuple(told)


def receipts(outcome: Outcome) -> tuple[Receipt, ...]:
    """Replay the final run exactly, and tell what the share of every voter bought.

    One receipt for all voters with the same ballot, in the order in which their ballots were first met. Raises
    ``ArithmeticError`` if a receipt did not add up to the share.

    >>> from weft.methods.equal_shares import election, equal_shares
    >>> outcome = equal_shares(election({"A": 3, "B": 2}, [["A"], ["A", "B"], ["B"]]), 6)
    >>> [([name for name, _ in row.paid], str(row.left)) for row in receipts(outcome)]
    [(['A'], '0'), (['B', 'A'], '0'), (['B'], '1')]
    """
    election = outcome.election
    ledger = Ledger(election, outcome.share, remember=True)
    for at in outcome.run.bought:
        ledger.buy(at)
    class_of, accounts = ledger.accounts()
    named = []
    for payments, left in accounts:
        if sum((amount for _, amount in payments), left) != outcome.share:
            raise ArithmeticError(f"A receipt does not add up to the share of {outcome.share}.")
        named.append((tuple((election.ids[at], amount) for at, amount in payments), left))
    order = np.argsort(election.group_of, kind="stable").tolist()
    ends = np.cumsum(np.bincount(election.group_of)).tolist()
    groups = zip([0, *ends[:-1]], ends, election.weights.tolist(), class_of.tolist(), strict=True)
    return tuple(
        Receipt(tuple(order[start:end]), voters, outcome.share, *named[at]) for start, end, voters, at in groups
    )


def why_not(outcome: Outcome) -> tuple[Loser, ...]:
    """Say of every project that was not bought what it lacked, and what priced it out.

    Sorted by supporters, most first, then id. ``bought_at_factor`` comes from runs at the stated points and is no
    threshold: purchases are not steady in the share. Cost: up to 40 runs.

    >>> from weft.methods.equal_shares import election, equal_shares
    >>> outcome = equal_shares(election({"A": 3, "B": 2}, [["A"], ["A"], ["B"]]), 3, completion="none")
    >>> [(row.project, int(row.lacked), row.priced_out_by, str(row.bought_at_factor)) for row in why_not(outcome)]
    [('A', 1, None, '3/2'), ('B', 1, None, '2')]
    """
    election = outcome.election
    won = set(outcome.winners)
    losers = [at for at, name in enumerate(election.ids) if name not in won]
    losers.sort(key=lambda at: (-election.votes[at], election.ids[at]))
    ledger, priced_out, effective = _watch(outcome, losers)
    factors = _factors(outcome, losers)
    answer = []
    for at in losers:
        money, cost = ledger.money(at), election.costs[at]
        answer.append(
            Loser(
                project=election.ids[at],
                cost=cost,
                supporters=election.votes[at],
                supporters_money=money,
                lacked=cost - money,
                priced_out_by=priced_out.get(at),
                effective_votes_before=effective.get(at),
                bought_at_factor=factors.get(at),
                fits_in_left=cost <= outcome.left,
            )
        )
    return tuple(answer)


def compare(outcome: Outcome) -> Comparison:
    """Set the outcome beside greedy by votes, with the same budget and rules for ties."""
    election = outcome.election
    other = greedy(election, outcome.budget, ties=outcome.tie_rules, seed=outcome.seed)
    mine, theirs = (_winners_of_groups(election, winners) for winners in (outcome.winners, other.winners))
    voters, weights = election.voters, election.weights
    return Comparison(
        greedy=other,
        voters_without_winner=int(weights[mine == 0].sum()),
        voters_without_winner_greedy=int(weights[theirs == 0].sum()),
        mean_winners=float(weights @ mine) / voters,
        mean_winners_greedy=float(weights @ theirs) / voters,
        voters_with_more=int(weights[mine > theirs].sum()),
        voters_with_equal=int(weights[mine == theirs].sum()),
        voters_with_fewer=int(weights[mine < theirs].sum()),
    )


def _watch(outcome: Outcome, losers: list[int]) -> tuple[Ledger, dict[int, str], dict[int, float]]:
    """Replay the final run, and note for each loser what priced it out and its effective votes just before."""
    election = outcome.election
    ledger = Ledger(election, outcome.share)
    affordable = [at for at in losers if election.votes[at] and ledger.money(at) >= election.costs[at]]
    priced_out: dict[int, str] = {}
    effective: dict[int, float] = {}
    before = np.full(len(election.weights), float(outcome.share))
    for bought in outcome.run.bought:
        ledger.buy(bought)
        after = ledger.rough_balances()
        still = []
        for at in affordable:
            if _affordable(ledger, election, at, after):
                still.append(at)
                continue
            priced_out[at] = election.ids[bought]
            votes = _effective_float(election, at, before)
            if votes is not None:
                effective[at] = votes
        affordable, before = still, after
    return ledger, priced_out, effective


def _affordable(ledger: Ledger, election: Election, at: int, balance: NDArray[np.float64]) -> bool:
    """Tell whether the supporters have the cost, exactly where floats are too close to tell."""
    groups, cost = election.supporters[at], election.costs[at]
    gap = float(election.weights[groups] @ balance[groups]) - float(cost)
    return gap > 0 if abs(gap) > 1e-9 * float(cost) else ledger.money(at) >= cost


def _effective(election: Election, cost: Fraction, max_payment: Fraction) -> float | None:
    """Return the cost over the most anyone pays, where one supporter's utility is like another's."""
    if election.levels is not None or max_payment == 0:
        return None
    return float(cost / max_payment)


def _effective_float(election: Election, at: int, balance: NDArray[np.float64]) -> float | None:
    """Return the effective votes a project had with these balances."""
    if election.levels is not None or election.costs[at] == 0:
        return None
    groups = election.supporters[at]
    order = np.argsort(balance[groups], kind="stable")
    money, voters = balance[groups][order], election.weights[groups][order]
    paid_before = np.concatenate(([0.0], np.cumsum(money * voters)[:-1]))
    rich = voters.sum() - np.concatenate(([0], np.cumsum(voters)[:-1]))
    need = float(election.costs[at]) - paid_before
    first = int(np.argmax(money * rich >= need)) if (money * rich >= need).any() else len(money) - 1
    return float(election.costs[at]) / float(need[first] / rich[first])


def _factors(outcome: Outcome, losers: list[int]) -> dict[int, Fraction]:
    """Return the least of the stated factors with which a plain run buys each loser."""
    election = outcome.election
    runner = Runner(election, TieBreaker(election.costs, election.votes, outcome.tie_rules, outcome.seed))
    found: dict[int, Fraction] = {}
    wanted = {at for at in losers if election.votes[at]}
    for factor in FACTORS:
        if not wanted:
            break
        for at in wanted.intersection(runner.run(outcome.share * factor).bought):
            found[at] = factor
            wanted.discard(at)
    return found


def _winners_of_groups(election: Election, winners: tuple[str, ...]) -> NDArray[np.int64]:
    """Return how many winners each group approves."""
    place = {name: at for at, name in enumerate(election.ids)}
    approved = [election.approvers[place[name]] for name in winners]
    together = np.concatenate(approved) if approved else np.zeros(0, dtype=np.int64)
    return np.bincount(together, minlength=len(election.weights))
