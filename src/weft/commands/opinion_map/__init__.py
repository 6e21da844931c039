"""Map the opinions in a Polis export: who agrees with whom, whether there are groups, and what each stands for."""

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np

from weft.commands import Failed
from weft.commands._answer import add_json, after_a_second, at_least, begin, one_sentence, write_json
from weft.commands.opinion_map import reading
from weft.commands.opinion_map.figures import as_object
from weft.commands.opinion_map.report import as_text
from weft.methods.opinion_map import OpinionMap, opinion_map

PUBLISHED = "published"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("export", metavar="EXPORT_DIR", type=Path, help="folder of a Polis export")
    add_json(parser)
    parser.add_argument(
        "--groups",
        metavar="FILE",
        help="CSV with participant and group: figures for these groups instead of looking for some; "
        "`published` uses the column group-id",
    )
    moderation = parser.add_mutually_exclusive_group()
    moderation.add_argument(
        "--moderation-out", metavar="FILE", type=Path, help="statements hidden, one a line; replaces moderated"
    )
    moderation.add_argument(
        "--strict-moderation", action="store_true", help="hide every statement that no moderator has accepted"
    )
    parser.add_argument(
        "--meta", metavar="FILE", type=Path, help="statements about the person, one a line; replaces is-meta"
    )
    for name, low, default, purpose in (
        ("seed", 0, 0, "seed of all random numbers"),
        ("min-votes", 1, 7, "votes that put a person in the conversation"),
        ("min-group", 2, 5, "people in the smallest group"),
        ("permutations", 19, 99, "shuffled tables to compare with, at most"),
        ("resamples", 1, 20, "halves of the statements to compare with"),
    ):
        parser.add_argument(
            f"--{name}", metavar="N", type=at_least(low), default=default, help=f"{purpose} (default {default})"
        )
    parser.add_argument(
        "--no-individuals", action="store_true", help="leave out where each person stands and who is in which group"
    )


def run(args: argparse.Namespace) -> int:
    """Read, compute and print; bad input is `Failed` with one sentence, and nothing is written."""
    with after_a_second(f"weft opinion-map: working on {args.export} ..."):
        export = reading.read_votes(args.export)
        comments = reading.read_comments(args.export)
        hidden, about, ignored = _zeroed(args, export, comments)
        names, given = _given(args, export)
        with one_sentence():
            m = opinion_map(
                export.participant,
                export.statement,
                export.vote,
                moderated_out=hidden,
                meta=about,
                groups=given,
                people=len(export.people),
                min_votes=args.min_votes,
                min_group=args.min_group,
                permutations=args.permutations,
                resamples=args.resamples,
                seed=args.seed,
            )
    if given is None:
        names = [str(g) for g in range(m.grouping.count)]
    if args.json is None:
        texts = [comments[each].body if each in comments else "" for each in export.statements]
        sys.stdout.write(as_text(m, export.statements, texts, names))
        return 0
    write_json(args.json, _object(args, m, export, names, ignored))
    return 0


def _zeroed(
    args: argparse.Namespace, export: reading.Export, comments: dict[str, reading.Comment]
) -> tuple[Any, Any, list[str]]:
    """Hidden statements, statements about the person, and ids in the option files that have no votes here."""
    voted = {export.statements[at] for at in np.unique(export.statement).tolist()}
    ignored: list[str] = []

    def listed(path: Path) -> set[str]:
        ids = reading.read_ids(path)
        ignored.extend(each for each in ids if each not in voted and each not in ignored)
        return set(ids)

    if args.moderation_out is not None:
        hidden = listed(args.moderation_out)
    elif args.strict_moderation:
        accepted = {on for on, comment in comments.items() if comment.moderated == "1"}
        hidden = set(export.statements) - accepted
    else:
        hidden = {on for on, comment in comments.items() if comment.moderated == "-1"}
    about = listed(args.meta) if args.meta is not None else {on for on, comment in comments.items() if comment.meta}
    return (
        np.array([each in hidden for each in export.statements], dtype=bool),
        np.array([each in about for each in export.statements], dtype=bool),
        ignored,
    )


def _given(args: argparse.Namespace, export: reading.Export) -> tuple[list[str], reading.Ints | None]:
    if args.groups is None:
        return [], None
    if args.groups == PUBLISHED:
        if export.published is None:
            raise Failed(f"{args.export} holds no participants-votes.csv with the column group-id.")
        return reading.named_groups(export.published)
    return reading.named_groups(*reading.read_groups(Path(args.groups), export.people))


def _object(
    args: argparse.Namespace, m: OpinionMap, export: reading.Export, names: list[str], ignored: list[str]
) -> dict[str, Any]:
    parameters = {
        "export": str(args.export),
        "groups": args.groups,
        "moderation_out": None if args.moderation_out is None else str(args.moderation_out),
        "strict_moderation": args.strict_moderation,
        "meta": None if args.meta is None else str(args.meta),
        "seed": args.seed,
        "min_votes": args.min_votes,
        "min_group": args.min_group,
        "permutations": args.permutations,
        "resamples": args.resamples,
        "individuals": not args.no_individuals,
    }
    found = begin("opinion-map", parameters)
    found |= as_object(m, export.people, export.statements, names, individuals=not args.no_individuals)
    if not export.history:
        found["repeat_votes"] = None
    return found | {"ignored_ids": ignored}
