"""Propose groups of texts that share words. A person names them, or throws them away."""

import argparse
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from weft.commands._answer import add_json, after_a_second, begin, one_sentence, write_json
from weft.commands._table import texts
from weft.methods.themes import Themes, propose_themes

WIDTH = 100
SHOWN = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("file", metavar="FILE.csv", type=Path, help="a table with one text a row, in one language")
    add_json(parser)
    parser.add_argument("--column", metavar="NAME", help="the column of texts (default text or comment-body)")
    parser.add_argument("--id", metavar="NAME", help="the column of ids (default id or comment-id, else row numbers)")
    parser.add_argument(
        "--k", metavar="N", type=int, help="how many groups, 2 to 20 (default a tenth of the texts, 2 to 8)"
    )


def run(args: argparse.Namespace) -> int:
    """Read, propose and print."""
    with after_a_second(f"weft themes: working on {args.file} ..."), one_sentence():
        ids, bodies = texts(args.file, args.column, args.id)
        proposed = propose_themes(bodies, args.k)
    if args.json is None:
        sys.stdout.write(_as_text(proposed, ids, bodies))
        return 0
    found = begin("themes", {"file": str(args.file), "column": args.column, "id": args.id, "k": args.k})
    found["texts"] = len(bodies)
    found["themes"] = [
        {"terms": list(theme.terms), "texts": [ids[at] for at in theme.texts]} for theme in proposed.themes
    ]
    found["in_no_theme"] = [ids[at] for at in _without(proposed)]
    found["unexplained"] = proposed.unexplained
    found["rounds"] = proposed.rounds
    write_json(args.json, found)
    return 0


def _without(proposed: Themes) -> list[int]:
    return [int(at) for at in np.flatnonzero(proposed.theme_of < 0)]


def _as_text(proposed: Themes, ids: Sequence[str], bodies: Sequence[str]) -> str:
    lines = [
        f"{len(bodies):,} texts, {len(proposed.themes)} groups that share words. They account for "
        f"{1 - proposed.unexplained:.0%} of the weight of words.",
        "Shared words are not shared meaning.",
    ]
    for theme in proposed.themes:
        lines += ["", f"{' '.join(theme.terms)}: {len(theme.texts):,} texts"]
        for at in theme.texts[:SHOWN]:
            body = textwrap.shorten(bodies[at], WIDTH - len(ids[at]) - 4, placeholder=" ...")
            lines.append(f"  {ids[at]}  {body}")
        if len(theme.texts) > SHOWN:
            lines.append(f"  and {len(theme.texts) - SHOWN:,} more")
    without = len(_without(proposed))
    if without:
        lines += ["", f"In no group: {without:,} texts"]
    return "\n".join(lines) + "\n"
