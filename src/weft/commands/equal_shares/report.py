"""A result of equal shares as a page of plain text."""

import textwrap
from collections.abc import Iterator
from fractions import Fraction

from weft.commands._answer import aligned, figure
from weft.commands.equal_shares.figures import Found
from weft.methods.equal_shares import Tie

WIDTH = 100
ENDS = {
    "single_run": "with no completion",
    "exhaustive": "because nothing more that anybody wants would fit into the rest",
    "next_overspends": "because a larger one would cost more than the budget",
    "everything_bought": "because everything that anybody wants is bought",
}
DECIDED = {"cost": "as the cheaper", "votes": "as the one more people want", "id": "by its id", "lot": "by lot"}


def as_text(found: Found) -> str:
    """What was bought and why, what was not and why not, ties, and what votes alone would have bought."""
    lines = [*_summary(found), "", *_bought(found)]
    for part in (_added(found), _not_bought(found), _ties(found), _compared(found), _receipts(found), _warnings(found)):
        told = list(part)
        lines += ["", *told] if told else []
    return "\n".join(lines) + "\n"


def amount(value: Fraction) -> str:
    """Money for the eye: whole where it is whole, else to the hundredth, half to even."""
    if value.denominator == 1:
        return f"{int(value):,}"
    whole, hundredths = divmod(round(value * 100), 100)
    return f"{whole:,}.{hundredths:02}"


def _name(found: Found, project: str) -> str:
    name = next(each.name for each in found.file.projects if each.id == project)
    return textwrap.shorten(name, 50, placeholder=" ...")


def _summary(found: Found) -> list[str]:
    outcome = found.outcome
    steps = outcome.increments
    grown = (
        f"grew {steps:,} {'time' if steps == 1 else 'times'} to {amount(outcome.share)}" if steps else "did not grow"
    )
    return textwrap.wrap(
        f"{outcome.election.voters:,} voters chose among {len(outcome.election.ids):,} projects. Of "
        f"{amount(outcome.budget)} the {len(outcome.winners):,} bought cost {amount(outcome.spent)}, and "
        f"{amount(outcome.left)} is left. Everybody's share was {amount(outcome.start_share)} at the start; it "
        f"{grown}, and stopped there {ENDS[outcome.stopped_because]}.",
        WIDTH,
    )


def _bought(found: Found) -> list[str]:
    heads = ("round", "project", "cost", "supporters", "most paid", "effective votes", "paid their last", "name")
    rows = [
        (
            str(each.round),
            each.project,
            amount(each.cost),
            f"{each.supporters:,}",
            amount(each.max_payment),
            figure(each.effective_votes, 1),
            f"{each.paid_all_they_had:,}",
            _name(found, each.project),
        )
        for each in found.rounds
    ]
    return ["Bought, in this order", *aligned(heads, rows, left=(1, 7))]


def _added(found: Found) -> Iterator[str]:
    costs = dict(zip(found.outcome.election.ids, found.outcome.election.costs, strict=True))
    votes = dict(zip(found.outcome.election.ids, found.outcome.election.approvals, strict=True))
    rows = [
        (each, amount(costs[each]), f"{votes[each]:,}", _name(found, each))
        for each in found.outcome.completed_by_greedy
    ]
    if rows:
        yield "Then bought with the rest, by votes alone"
        yield from aligned(("project", "cost", "votes", "name"), rows, left=(0, 3))


def _not_bought(found: Found) -> Iterator[str]:
    heads = ("project", "cost", "supporters", "lacked", "priced out by", "bought if shares were", "name")
    rows = [
        (
            each.project,
            amount(each.cost),
            f"{each.supporters:,}",
            amount(each.lacked),
            each.priced_out_by or "-",
            "-" if each.bought_at_factor is None else f"{float(each.bought_at_factor):.2f} times",
            _name(found, each.project),
        )
        for each in found.losers
    ]
    if rows:
        yield "Not bought"
        yield from aligned(heads, rows, left=(0, 4, 6))


def _ties(found: Found) -> Iterator[str]:
    outcome = found.outcome
    if outcome.ties:
        yield "Ties"
        yield from (line for tie in outcome.ties for line in _tie(tie))
    elif outcome.tie_events_all_rounds:
        yield f"No ties in the final run; {outcome.tie_events_all_rounds:,} in all runs."


def _tie(tie: Tie) -> list[str]:
    where = "by votes alone" if tie.round is None else f"round {tie.round}"
    text = f"{where}: {', '.join(tie.tied)} stood equal; {tie.chosen} was chosen {DECIDED[tie.decided_by]}"
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _compared(found: Found) -> Iterator[str]:
    told = found.compared
    if told is None:
        return
    mine, theirs = set(found.outcome.winners), set(told.greedy.winners)
    nothing = told.voters_without_winner, told.voters_without_winner_greedy
    means = told.mean_winners, told.mean_winners_greedy
    more = told.voters_with_more, told.voters_with_fewer
    spent = found.outcome.spent, told.greedy.spent
    rows = [
        (name, str(len(won)), amount(spent[at]), f"{nothing[at]:,}", f"{means[at]:.2f}", f"{more[at]:,}")
        for at, (name, won) in enumerate((("equal shares", mine), ("votes alone", theirs)))
    ]
    yield "Beside votes alone"
    heads = ("", "bought", "spent", "voters with nothing", "bought for a voter, mean", "voters with more")
    yield from aligned(heads, rows)
    for words, only in (("Only by equal shares", mine - theirs), ("Only by votes alone", theirs - mine)):
        if only:
            yield from textwrap.wrap(f"{words}: {', '.join(sorted(only))}", WIDTH, subsequent_indent="  ")


def _receipts(found: Found) -> Iterator[str]:
    if found.receipts is None:
        return
    rows = [
        (
            f"{each.voters:,}",
            amount(each.share),
            amount(each.left),
            ", ".join(f"{name} {amount(paid)}" for name, paid in each.paid) or "nothing",
        )
        for each in found.receipts
    ]
    yield "What a share bought, for all voters with one ballot"
    yield from aligned(("voters", "share", "left", "paid"), rows, left=(3,))


def _warnings(found: Found) -> Iterator[str]:
    if found.file.warnings:
        yield "About the file"
        yield from (f"  {each}" for each in found.file.warnings)
