"""A result of equal shares as the JSON object of `weft equal-shares`."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from weft.exchange.pabulib import Election as File
from weft.methods.equal_shares import Comparison, Loser, Outcome, Receipt, Round, Tie


@dataclass(frozen=True)
class Found:
    """Everything the command tells; `compared` and `receipts` only where they are asked for."""

    file: File
    outcome: Outcome
    rounds: tuple[Round, ...]
    losers: tuple[Loser, ...]
    compared: Comparison | None
    receipts: tuple[Receipt, ...] | None


def money(value: Fraction) -> str:
    """An exact amount: a whole number, a finite decimal, or p/q.

    >>> money(Fraction(3)), money(Fraction(25, 2)), money(Fraction(10, 3))
    ('3', '12.5', '10/3')
    """
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    if rest > 1 or places == 0:
        return str(value)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' * (value < 0)}{digits[:-places]}.{digits[-places:]}"


def both(name: str, value: Fraction) -> dict[str, Any]:
    """An amount, exactly and as a float."""
    return {name: money(value), f"{name}_float": float(value)}


def as_object(found: Found) -> dict[str, Any]:
    """All keys after the parameters."""
    outcome = found.outcome
    told: dict[str, Any] = {
        "voters": outcome.election.voters,
        "projects": len(outcome.election.ids),
        "distinct_ballots": len(outcome.election.weights),
        **both("budget", outcome.budget),
        **both("spent", outcome.spent),
        **both("left", outcome.left),
        "winners": list(outcome.winners),
        "final": {
            **both("start_share", outcome.start_share),
            **both("share", outcome.share),
            "rounds": outcome.increments,
            "stopped_because": outcome.stopped_because,
            "completed_by_greedy": list(outcome.completed_by_greedy),
        },
        "rounds": [_round(each) for each in found.rounds],
        "ties": [_tie(each) for each in outcome.ties],
        "tie_events_all_rounds": outcome.tie_events_all_rounds,
        "losers": [_loser(each) for each in found.losers],
        "greedy": None if found.compared is None else _greedy(found.compared),
    }
    if found.receipts is not None:
        told["ballots"] = [_ballot(found, each) for each in found.receipts]
    return told | {"warnings": list(found.file.warnings)}


def _round(each: Round) -> dict[str, Any]:
    return {
        "round": each.round,
        "project": each.project,
        **both("cost", each.cost),
        **both("rho", each.rho),
        **both("max_payment", each.max_payment),
        "effective_votes": each.effective_votes,
        "supporters": each.supporters,
        "paid_all_they_had": each.paid_all_they_had,
    }


def _tie(each: Tie) -> dict[str, Any]:
    return {"round": each.round, "tied": list(each.tied), "chosen": each.chosen, "decided_by": each.decided_by}


def _loser(each: Loser) -> dict[str, Any]:
    return {
        "project": each.project,
        **both("cost", each.cost),
        "supporters": each.supporters,
        **both("supporters_money", each.supporters_money),
        **both("lacked", each.lacked),
        "priced_out_by": each.priced_out_by,
        "effective_votes_before": each.effective_votes_before,
        "bought_at_factor": None if each.bought_at_factor is None else float(each.bought_at_factor),
        "fits_in_left": each.fits_in_left,
    }


def _greedy(compared: Comparison) -> dict[str, Any]:
    return {
        "winners": list(compared.greedy.winners),
        **both("spent", compared.greedy.spent),
        "ties": [_tie(each) for each in compared.greedy.ties],
        "voters_without_winner": {
            "equal_shares": compared.voters_without_winner,
            "greedy": compared.voters_without_winner_greedy,
        },
        "mean_winners": {"equal_shares": compared.mean_winners, "greedy": compared.mean_winners_greedy},
        "voters_with_more": compared.voters_with_more,
        "voters_with_equal": compared.voters_with_equal,
        "voters_with_fewer": compared.voters_with_fewer,
    }


def _ballot(found: Found, receipt: Receipt) -> dict[str, Any]:
    return {
        "voters": [str(found.file.voters[voter]) for voter in receipt.ballots],
        **both("share", receipt.share),
        "paid": [{"project": name, **both("amount", paid)} for name, paid in receipt.paid],
        **both("left", receipt.left),
    }
