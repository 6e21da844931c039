"""Turn a file of one format into another, and say item by item what was left out or changed on the way."""

import argparse
import sys
from pathlib import Path
from typing import Any

from weft.commands._answer import after_a_second, begin, one_sentence, write_json
from weft.commands._exchange import add_json, as_object, grouped, items, named, warned
from weft.exchange.convert import Converted, convert
from weft.exchange.errors import printable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("path", metavar="IN", type=Path, help="a file or folder")
    parser.add_argument("out", metavar="OUT", type=Path, help="what to write; the end of its name tells the format")
    parser.add_argument(
        "--from", dest="source", metavar="FORMAT", type=named, help="the format of IN, where it cannot be told"
    )
    parser.add_argument(
        "--to", dest="target", metavar="FORMAT", type=named, help="the format of OUT, where its name does not tell"
    )
    parser.add_argument("--force", action="store_true", help="replace OUT if it is there")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Read, project, write and say what was lost."""
    with after_a_second(f"weft convert: reading {args.path} ..."), one_sentence():
        done = convert(args.path, args.out, source=args.source, target=args.target, force=args.force)
    if args.json:
        parameters = {
            "path": str(args.path),
            "out": str(args.out),
            "from": args.source.key if args.source else None,
            "to": args.target.key if args.target else None,
            "force": args.force,
        }
        write_json("-", begin("convert", parameters) | _object(done))
    else:
        sys.stdout.write("\n".join(_lines(args, done)) + "\n")
    return 0


def _object(done: Converted) -> dict[str, Any]:
    return {
        "is": as_object(done.source.format),
        "told_by": done.source.told_by,
        "became": as_object(done.target),
        "warnings": list(done.warnings),
        "steps": [{"does": step.does, "loss": items(step.loss)} for step in done.steps],
    }


def _lines(args: argparse.Namespace, done: Converted) -> list[str]:
    lines = [
        f"{printable(str(args.path))}: {done.source.format.name}",
        f"{printable(str(args.out))}: {done.target.name}",
    ]
    lines += warned(done.warnings)
    for step in done.steps:
        if step.loss:
            lines += ["", f"Lost in {step.does}", *grouped(step.loss)]
    return lines if any(step.loss for step in done.steps) else [*lines, "", "Nothing was lost."]
