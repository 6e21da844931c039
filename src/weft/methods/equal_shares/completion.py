"""The method of equal shares, completed so that little of the budget is left over."""

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
    """Give each voter the same share of the money, and buy what its supporters can pay for together.

    Each round buys the project that costs its supporters least for a unit of utility; they pay the same for a unit,
    or all they have. ``add1`` repeats this from scratch with a share larger by ``step`` each time, until the result
    would cost more than the budget, everything supported is bought, or (``stop="exhaustive"``) nothing supported fits
    into what is left. ``add1u`` then spends the rest on the projects with the most votes. No share is skipped, because
    costs do not grow steadily with the share.

    Parameters: ``election`` (which holds the utility); ``budget`` above 0; ``start`` share budget / voters, or that
    rounded down (``floor``); ``step`` above 0; ``ties`` rules in order, ending with ``id`` or ``lot``; ``seed`` int of
    0 or more, for lots only.

    Returns an ``Outcome``; what was spent is at most the budget. Raises ``ValueError`` with one sentence for a bad
    parameter. Deterministic: where floats cannot decide, fractions do. Cost: runs x purchases x supporters.

    References: Peters and Skowron 2020, arXiv:1911.11747; Peters, Pierczynski and Skowron 2021, arXiv:2008.13276.

    >>> from weft.methods.equal_shares.ballots import election
    >>> votes = [["A", "B"]] * 3 + [["A"]] * 3 + [["C", "D"]] * 3 + [["D"]]
    >>> outcome = equal_shares(election({"A": 100, "B": 60, "C": 50, "D": 30}, votes), 200)
    >>> outcome.winners, int(outcome.spent), int(outcome.share), outcome.stopped_because
    (('A', 'D', 'C'), 180, 25, 'exhaustive')
    """
    money, increment = exact(budget, "budget"), exact(step, "step")
    if money <= 0:
        raise ValueError(f"budget must be above 0, got {budget}.")
    if increment <= 0:
        raise ValueError(f"step must be above 0, got {step}.")
    for name, value, known in (
        ("start", start, STARTS),
        ("completion", completion, COMPLETIONS),
        ("stop", stop, STOPS),
    ):
        if value not in known:
            raise ValueError(f"{name} must be one of {', '.join(known)}, got {value}.")
    rules = tuple(ties)
    runner = Runner(election, TieBreaker(election.costs, election.votes, rules, seed))
    first = money / election.voters
    if start == "floor":
        first = Fraction(first.numerator // first.denominator)
    run, increments, reason, events = _complete(runner, money, first, completion, increment, stop)
    winners, spent, tie_events = election.named(run.bought), run.spent, run.ties
    more: tuple[str, ...] = ()
    if completion == "add1u":
        rest = greedy(election, money, ties=rules, seed=seed, start_with=winners)
        more, winners, spent = rest.winners[len(winners) :], rest.winners, rest.spent
        tie_events += rest.ties
    return Outcome(
        election=election,
        budget=money,
        winners=winners,
        spent=spent,
        start_share=first,
        share=run.share,
        increments=increments,
        stopped_because=reason,
        completed_by_greedy=more,
        ties=tie_events,
        tie_events_all_rounds=events,
        run=run,
        tie_rules=rules,
        seed=int(seed),
    )


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
    bought = set(run.bought)
    return any(at not in bought and runner.election.costs[at] <= left for at in runner.paid)
