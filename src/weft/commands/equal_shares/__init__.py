"""Share the money of a participatory budget equally among its voters, from a Pabulib file."""

import argparse
import sys
from fractions import Fraction
from pathlib import Path

from weft.commands import Failed
from weft.commands._answer import add_json, after_a_second, at_least, begin, one_sentence, write_json
from weft.commands.equal_shares.figures import Found, as_object
from weft.commands.equal_shares.reading import counted
from weft.commands.equal_shares.report import as_text
from weft.exchange.pabulib import read_pabulib
from weft.methods.equal_shares import (
    COMPLETIONS,
    DEFAULT_TIES,
    STARTS,
    STOPS,
    TIE_RULES,
    UTILITIES,
    compare,
    equal_shares,
    receipts,
    rounds,
    why_not,
)

USUAL = {"approval": "cost", "choose-1": "cost", "cumulative": "points", "scoring": "points", "ordinal": "borda"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("election", metavar="ELECTION.pb", type=Path, help="a Pabulib file")
    add_json(parser)
    parser.add_argument(
        "--utility",
        choices=UTILITIES,
        help="what a project gives its supporter (default cost; points or borda where ballots have them)",
    )
    parser.add_argument("--start", choices=STARTS, default="exact", help="share at the start: budget / voters, or less")
    parser.add_argument(
        "--completion", choices=COMPLETIONS, default="add1u", help="how the rest of the budget is spent (default add1u)"
    )
    parser.add_argument("--step", metavar="N", type=amount, default=Fraction(1), help="how much a share grows by")
    parser.add_argument("--stop", choices=STOPS, default="exhaustive", help="when shares stop growing")
    parser.add_argument(
        "--ties",
        metavar="RULES",
        type=tie_rules,
        default=DEFAULT_TIES,
        help=f"rules in the order they apply, of {', '.join(TIE_RULES)} (default {','.join(DEFAULT_TIES)})",
    )
    parser.add_argument("--seed", metavar="N", type=at_least(0), default=0, help="seed of lots (default 0)")
    parser.add_argument("--budget", metavar="N", type=amount, help="replaces the budget of the file")
    parser.add_argument("--voters", action="store_true", help="add what the share of every voter bought")
    parser.add_argument("--no-compare", action="store_true", help="leave out what votes alone would have bought")


def amount(text: str) -> Fraction:
    """An argument type: numbers above 0, exactly."""
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError(f"must be a number above 0, got {text}") from None
    if value <= 0:
        raise argparse.ArgumentTypeError(f"must be a number above 0, got {text}")
    return value


def tie_rules(text: str) -> tuple[str, ...]:
    """An argument type: rules with a comma between."""
    rules = tuple(text.split(","))
    for rule in rules:
        if rule not in TIE_RULES:
            raise argparse.ArgumentTypeError(f"must be of {', '.join(TIE_RULES)}, got {rule}")
    if rules[-1] not in ("id", "lot"):
        raise argparse.ArgumentTypeError("must end with id or lot, so that every tie can be broken")
    return rules


def run(args: argparse.Namespace) -> int:
    """Read, compute and print; bad input is `Failed` with one sentence, and nothing is written."""
    with after_a_second(f"weft equal-shares: working on {args.election} ..."), one_sentence():
        file = read_pabulib(args.election)
        utility = args.utility or USUAL[file.vote_type]
        budget = args.budget if args.budget is not None else Fraction(file.budget)
        if budget <= 0:
            raise Failed(f"{args.election}: budget must be above 0, got {budget}.")
        election = counted(args.election, file, utility)
        outcome = equal_shares(
            election,
            budget,
            start=args.start,
            completion=args.completion,
            step=args.step,
            stop=args.stop,
            ties=args.ties,
            seed=args.seed,
        )
        found = Found(
            file,
            outcome,
            rounds(outcome),
            why_not(outcome),
            None if args.no_compare else compare(outcome),
            receipts(outcome) if args.voters else None,
        )
    if args.json is None:
        sys.stdout.write(as_text(found))
    else:
        write_json(args.json, begin("equal-shares", _parameters(args, utility, budget)) | as_object(found))
    return 0


def _parameters(args: argparse.Namespace, utility: str, budget: Fraction) -> dict[str, object]:
    return {
        "election": str(args.election),
        "utility": utility,
        "start": args.start,
        "completion": args.completion,
        "step": str(args.step),
        "stop": args.stop,
        "ties": list(args.ties),
        "seed": args.seed,
        "budget": None if args.budget is None else str(budget),
        "voters": args.voters,
        "compare": not args.no_compare,
    }
