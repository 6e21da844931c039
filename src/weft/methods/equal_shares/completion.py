"""The method of equal shares, completed so that little of the budget is left over.

Peters and Skowron 2020, arXiv:1911.11747; Peters, Pierczynski and Skowron 2021, arXiv:2008.13276 (utilities).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from weft.methods.equal_shares.ballots import Election, Number, exact
from weft.methods.equal_shares.greedy import greedy
from weft.methods.equal_shares.rule import Run, Runner
from weft.methods.equal_shares.ties import DEFAULT, Tie, TieBreaker

STARTS = ("exact", "floor")
COMPLETIONS = ("none", "add1", "add1u")
STOPS = ("exhaustive", "overspend")


@dataclass(frozen=True, eq=False)
class Outcome:
    """The winners, and the final run behind them.

    ``winners`` in order of purchase, ``completed_by_greedy`` last; ``increments`` is how many steps the share grew by;
    ``stopped_because`` is ``single_run``, ``exhaustive``, ``next_overspends`` or ``everything_bought``; ``ties`` are
    those of the final run, then of the greedy additions; ``tie_events_all_rounds`` counts those of every run.
    """

    election: Election
    budget: Fraction
    winners: tuple[str, ...]
    spent: Fraction
    start_share: Fraction
    share: Fraction
    increments: int
    stopped_because: str
    completed_by_greedy: tuple[str, ...]
    ties: tuple[Tie, ...]
    tie_events_all_rounds: int
    run: Run
    tie_rules: tuple[str, ...]
    seed: int

    @property
    def left(self) -> Fraction:
        """Return what is left of the budget."""
        return self.budget - self.spent


def equal_shares(
    election: Election,
    budget: Number,
    *,
    start: str = "exact",
    completion: str = "add1u",
    step: Number = 1,
    stop: str = "exhaustive",
    ties: Iterable[str] = DEFAULT,
    seed: int = 0,
) -> Outcome:
    """Give each voter the same share of the money, and buy what supporters can pay for together.

    Each round buys the project that costs its supporters least for a unit of utility; they pay the same for a unit,
    or all they have. ``add1`` starts again with a share larger by ``step``, until the result would cost more than the
    budget, everything supported is bought, or (``stop="exhaustive"``) nothing supported fits into what is left.
    ``add1u`` then buys greedily. No share is skipped: costs do not grow steadily with the share.

    Parameters: ``start`` share budget / voters, or that rounded down (``floor``); ``ties`` rules in order, the last
    ``id`` or ``lot``; ``seed`` int of 0 or more, for lots only. Utility is the election's.
    Returns an ``Outcome``, spent within the budget. Raises ``ValueError`` for a bad parameter. Deterministic: where
    floats cannot decide, exact numbers do. Cost: runs x purchases x supporters.

    >>> from weft.methods.equal_shares.ballots import election
    >>> votes = [["A", "B"]] * 3 + [["A"]] * 3 + [["C", "D"]] * 3 + [["D"]]
    >>> equal_shares(election({"A": 100, "B": 60, "C": 50, "D": 30}, votes), 200).winners
    ('A', 'D', 'C')
    """
    for name, value, known in (
        ("start", start, STARTS),
        ("completion", completion, COMPLETIONS),
        ("stop", stop, STOPS),
    ):
        if value not in known:
            raise ValueError(f"{name} must be one of {', '.join(known)}, got {value}.")
    money, increment, rules = _above_0(budget, "budget"), _above_0(step, "step"), tuple(ties)
    runner = Runner(election, TieBreaker(election.costs, election.votes, rules, seed))
    first = money / election.voters
    if start == "floor":
        first = Fraction(first.numerator // first.denominator)
    run, increments, reason, events = _complete(runner, money, first, completion, increment, stop)
    winners = election.named(run.bought)
    rest = greedy(election, money, ties=rules, seed=seed, start_with=winners) if completion == "add1u" else None
    return Outcome(
        election=election,
        budget=money,
        winners=rest.winners if rest else winners,
        spent=rest.spent if rest else run.spent,
        start_share=first,
        share=run.share,
        increments=increments,
        stopped_because=reason,
        completed_by_greedy=rest.winners[len(winners) :] if rest else (),
        ties=run.ties + (rest.ties if rest else ()),
        tie_events_all_rounds=events,
        run=run,
        tie_rules=rules,
        seed=int(seed),
    )


def _above_0(value: Number, name: str) -> Fraction:
    """Return the number exactly."""
    number = exact(value, name)
    if number <= 0:
        raise ValueError(f"{name} must be above 0, got {value}.")
    return number


def _complete(
    runner: Runner, budget: Fraction, first: Fraction, completion: str, step: Fraction, stop: str
) -> tuple[Run, int, str, int]:
    """Return the final run, how many steps its share grew by, why it is final, and the ties of all runs."""
    run = runner.run(first)
    events = len(run.ties)
    if completion == "none":
        return run, 0, "single_run", events
    increments = 0
    while True:
        if len(run.bought) == runner.supported:
            return run, increments, "everything_bought", events
        if stop == "exhaustive" and not _something_fits(runner, run, budget - run.spent):
            return run, increments, "exhaustive", events
        larger = runner.run(first + (increments + 1) * step)
        events += len(larger.ties)
        if larger.spent > budget:
            return run, increments, "next_overspends", events
        run, increments = larger, increments + 1


def _something_fits(runner: Runner, run: Run, left: Fraction) -> bool:
    """Tell whether a supported project that was not bought costs no more than what is left."""
    bought, most = set(run.bought), left * runner.scale
    whole = most.numerator // most.denominator
    return any(at not in bought and runner.whole_cost[at] <= whole for at in runner.paid)
