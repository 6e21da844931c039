"""The rule most councils use today, for comparison: the most wanted first, while it fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from weft.methods.equal_shares.ballots import Election, Number, exact
from weft.methods.equal_shares.ties import DEFAULT, Tie, TieBreaker

ORDERS = ("cost", "cardinality")


@dataclass(frozen=True)
class Greedy:
    """Winners in order, those it started with first; a tie is reported where more than one of the equals still fits."""

    winners: tuple[str, ...]
    spent: Fraction
    ties: tuple[Tie, ...]


def greedy(
    election: Election,
    budget: Number,
    *,
    order: str = "cost",
    ties: Iterable[str] = DEFAULT,
    seed: int = 0,
    start_with: Iterable[str] = (),
) -> Greedy:
    """Go down the list of approved projects, buy what still fits, skip what does not.

    Parameters: ``order`` by number of voters who approve (``cost``), or by that number for each unit of cost
    (``cardinality``, a project that costs nothing first); ``start_with`` ids already bought; ``ties``, ``seed`` as in
    ``equal_shares``.

    Returns a ``Greedy``; no approved project left over fits into what is left. Projects nobody approves are left out.
    Raises ``ValueError`` for a budget of 0 or less, an unknown order or id, or start projects beyond the budget.
    Deterministic; cost: a sort.

    >>> from weft.methods.equal_shares.ballots import election
    >>> greedy(election({"A": 70, "B": 40, "C": 30}, [["A"], ["A", "B"], ["C", "B"], ["A"]]), 100).winners
    ('A', 'C')
    """
    money = exact(budget, "budget")
    if money <= 0:
        raise ValueError(f"budget must be above 0, got {budget}.")
    if order not in ORDERS:
        raise ValueError(f"order must be one of {', '.join(ORDERS)}, got {order}.")
    breaker = TieBreaker(election.costs, election.approvals, tuple(ties), seed)
    place = {name: at for at, name in enumerate(election.ids)}
    bought = []
    for name in start_with:
        if name not in place:
            raise ValueError(f"start_with names project {name}, which has no cost.")
        bought.append(place[name])
    left = money - sum((election.costs[at] for at in bought), Fraction(0))
    if left < 0:
        raise ValueError(f"start_with must cost at most the budget, got {money - left}.")
    events = []
    for equal in _ranked(election, order, set(bought)):
        while fitting := [at for at in equal if election.costs[at] <= left and at not in bought]:
            at = fitting[0]
            if len(fitting) > 1:
                at, rule = breaker.choose(fitting)
                events.append(Tie(None, election.named(fitting), election.ids[at], rule))
            bought.append(at)
            left -= election.costs[at]
    return Greedy(election.named(bought), money - left, tuple(events))


def _ranked(election: Election, order: str, bought: set[int]) -> list[list[int]]:
    """Return the approved projects, best first, those that stand equal together."""
    places: dict[tuple[bool, Fraction], list[int]] = {}
    for at, (votes, cost) in enumerate(zip(election.approvals, election.costs, strict=True)):
        if votes and at not in bought:
            if order == "cardinality" and cost > 0:
                rank = (False, votes / cost)
            else:
                rank = (order == "cardinality", Fraction(votes))
            places.setdefault(rank, []).append(at)
    return [places[rank] for rank in sorted(places, reverse=True)]
