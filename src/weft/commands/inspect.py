"""Say what a file or folder is and how that was told, what is in it, and what Weft could not keep of it."""

import argparse
import sys
from pathlib import Path
from typing import Any

from weft.commands._answer import after_a_second, begin, one_sentence, write_json
from weft.commands._exchange import add_json, as_object, grouped, items, named, warned
from weft.exchange.convert import targets
from weft.exchange.errors import printable
from weft.exchange.formats import in_words
from weft.exchange.recognise import Recognised, recognised_as


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("path", metavar="FILE_OR_FOLDER", type=Path, help="what somebody gave you")
    parser.add_argument(
        "--from", dest="source", metavar="FORMAT", type=named, help="the format, where it cannot be told"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Recognise, read and print."""
    with after_a_second(f"weft inspect: reading {args.path} ..."), one_sentence():
        found = recognised_as(args.path, args.source)
        held = found.format.read(args.path)
        rows = found.format.describe(held)
    warnings = (*found.warnings, *getattr(held, "warnings", ()))
    if args.json:
        parameters = {"path": printable(str(args.path)), "from": args.source.key if args.source else None}
        write_json("-", begin("inspect", parameters) | _object(found, rows, warnings, held.loss))
    else:
        name = printable(str(args.path))
        lines = [name, f"  {found.format.name}: {printable(found.told_by)}", "", *_aligned(rows), *warned(warnings), ""]
        lines += ["Lost in reading", *grouped(held.loss)] if held.loss else ["Nothing is lost in reading."]
        can = in_words(targets(found.format))
        lines += ["", f"weft convert can make of it: {can}." if can else "It can be converted to nothing else."]
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _object(
    found: Recognised, rows: tuple[tuple[str, str], ...], warnings: tuple[str, ...], loss: Any
) -> dict[str, Any]:
    return {
        "is": as_object(found.format),
        "told_by": found.told_by,
        "holds": [{"label": label, "value": value} for label, value in rows],
        "warnings": list(warnings),
        "loss": items(loss),
        "can_become": [each.key for each in targets(found.format)],
    }


def _aligned(rows: tuple[tuple[str, str], ...]) -> list[str]:
    wide = max((len(label) for label, _ in rows), default=0)
    return [f"  {printable(label):{wide}}  {printable(value)}".rstrip() for label, value in rows]
