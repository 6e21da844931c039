"""Say what a file or folder is and how that was told, what is in it, and what Weft could not keep of it."""

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import Any, TypeAlias

from weft.commands._answer import after_a_second, begin, one_sentence, write_json
from weft.commands._exchange import add_json, as_object, grouped, items, named, warned
from weft.exchange.convert import targets
from weft.exchange.errors import printable
from weft.exchange.formats import in_words
from weft.exchange.loss import LossReport
from weft.exchange.recognise import Recognised, recognised_as

Rows: TypeAlias = tuple[tuple[str, str], ...]


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
        parameters = {"path": str(args.path), "from": args.source.key if args.source else None}
        write_json("-", begin("inspect", parameters) | _object(found, held, rows, warnings))
    else:
        sys.stdout.write("\n".join(_lines(args.path, found, held.loss, rows, warnings)) + "\n")
    return 0


def _object(found: Recognised, held: Any, rows: Rows, warnings: tuple[str, ...]) -> dict[str, Any]:
    told = {
        "is": as_object(found.format),
        "told_by": found.told_by,
        "holds": [{"label": label, "value": value} for label, value in rows],
        "warnings": list(warnings),
        "loss": items(held.loss),
        "can_become": [each.key for each in targets(found.format)],
    }
    reading = getattr(held, "reading", None)
    return told if reading is None else told | {"reading": dataclasses.asdict(reading)}


def _lines(path: Path, found: Recognised, loss: LossReport, rows: Rows, warnings: tuple[str, ...]) -> list[str]:
    """What a person reads; a warning that is also a row is told once."""
    plain = [(printable(label), printable(value)) for label, value in rows if value not in warnings]
    wide = max((len(label) for label, _ in plain), default=0)
    can = in_words(targets(found.format))
    return [
        printable(str(path)),
        f"  {found.format.name}: {printable(found.told_by)}",
        "",
        *(f"  {label:{wide}}  {value}" for label, value in plain),
        *warned(warnings),
        "",
        *(["Lost in reading", *grouped(loss)] if loss else ["Nothing is lost in reading."]),
        "",
        f"weft convert can make of it: {can}." if can else "It can be converted to nothing else.",
    ]
