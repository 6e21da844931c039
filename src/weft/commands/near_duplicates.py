"""Propose texts that say the same in almost the same words. A person decides: words alike can mean the opposite."""

import argparse
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from weft.commands._answer import add_json, after_a_second, begin, one_sentence, write_json
from weft.commands._table import texts
from weft.methods.themes import NEARLY_THE_SAME, SAME_WORDS, Pair, duplicate_groups, near_duplicates

WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("file", metavar="FILE.csv", type=Path, help="a table with one text a row")
    add_json(parser)
    parser.add_argument("--column", metavar="NAME", help="the column of texts (default text or comment-body)")
    parser.add_argument("--id", metavar="NAME", help="the column of ids (default id or comment-id, else row numbers)")
    parser.add_argument(
        "--threshold",
        metavar="SHARE",
        type=float,
        default=NEARLY_THE_SAME,
        help=f"how alike, above 0 and at most 1 (default {NEARLY_THE_SAME})",
    )


def run(args: argparse.Namespace) -> int:
    """Read, compare and print."""
    with after_a_second(f"weft near-duplicates: working on {args.file} ..."), one_sentence():
        ids, bodies = texts(args.file, args.column, args.id)
        pairs = near_duplicates(bodies, args.threshold)
        groups = duplicate_groups(pairs)
    if args.json is None:
        sys.stdout.write(_as_text(pairs, groups, ids, bodies))
        return 0
    found = begin(
        "near-duplicates",
        {"file": str(args.file), "column": args.column, "id": args.id, "threshold": args.threshold},
    )
    found["texts"] = len(bodies)
    found["pairs"] = [
        {"first": ids[pair.first], "second": ids[pair.second], "jaccard": pair.jaccard, "words": pair.words}
        for pair in pairs
    ]
    found["groups"] = [[ids[at] for at in group] for group in groups]
    write_json(args.json, found)
    return 0


def _as_text(pairs: Sequence[Pair], groups: Sequence[Sequence[int]], ids: Sequence[str], bodies: Sequence[str]) -> str:
    lines = [f"{len(bodies):,} texts, {len(pairs):,} pairs to look at. Words alike can mean the opposite."]
    for pair in pairs:
        lines += ["", f"{pair.jaccard:.2f}  {pair.words}"]
        wide = max(len(ids[pair.first]), len(ids[pair.second]))
        for at in (pair.first, pair.second):
            begins = f"  {ids[at]:>{wide}}  "
            body = " ".join(bodies[at].split())
            lines += textwrap.wrap(body, WIDTH, initial_indent=begins, subsequent_indent=" " * len(begins))
    if groups:
        lines += ["", f"Together from {SAME_WORDS} up: " + "; ".join(", ".join(ids[at] for at in g) for g in groups)]
    return "\n".join(lines) + "\n"
