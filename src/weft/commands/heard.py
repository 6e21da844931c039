"""Compare the people who were heard with the people who live there."""

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import Any

from weft.commands import Failed
from weft.commands._answer import add_json, after_a_second, aligned, at_least, begin, figure, one_sentence, write_json
from weft.commands._table import cells, whole
from weft.methods.disclosure import INSIDE_A_TEAM, PUBLISHED
from weft.methods.representation import Heard, heard_beside_population

BARS = ("unknown", "prefer not to say", "not asked")
SAID = ("everybody", "known", "unknown", "prefer not to say", "did not say", "not asked")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("heard", metavar="HEARD.csv", type=Path, help="columns category and people: who took part")
    parser.add_argument(
        "population", metavar="POPULATION.csv", type=Path, help="columns category and people: who lives there"
    )
    add_json(parser)
    parser.add_argument(
        "--threshold",
        metavar="N",
        type=at_least(INSIDE_A_TEAM),
        default=PUBLISHED,
        help=f"the least number of people that is shown (default {PUBLISHED}, at least {INSIDE_A_TEAM})",
    )


def run(args: argparse.Namespace) -> int:
    """Read, compare and print; small numbers are hidden."""
    with after_a_second(f"weft heard: working on {args.heard} ..."), one_sentence():
        took_part, living = _read(args.heard), _read(args.population)
        bars = {name.replace(" ", "_"): took_part.pop(name, None) for name in BARS}
        for here, there, path in ((took_part, living, args.population), (living, took_part, args.heard)):
            for name in here:
                if name not in there:
                    raise Failed(f"{path} has no category {name}.")
        found = heard_beside_population(
            list(took_part.values()), [living[name] for name in took_part], threshold=args.threshold, **bars
        )
    if args.json is None:
        sys.stdout.write(_as_text(found, list(took_part)))
    else:
        parameters = {"heard": str(args.heard), "population": str(args.population), "threshold": args.threshold}
        write_json(args.json, begin("heard", parameters) | _as_object(found, list(took_part)))
    return 0


def _read(path: Path) -> dict[str, int]:
    """People by category, in the order of the file; those of no category are told by words of any case."""
    found: dict[str, int] = {}
    for row, (category, count) in cells(path, ("category", "people")):
        name = category.casefold() if category.casefold() in BARS else category
        if not name:
            raise Failed(f"{path}, row {row}, column category: the name is missing.")
        if name in found:
            raise Failed(f"{path}, row {row}: category {category} is listed twice.")
        found[name] = whole(path, row, "people", count)
    return found


def _as_object(found: Heard, names: list[str]) -> dict[str, Any]:
    return {
        "categories": [
            {"category": name} | dataclasses.asdict(each) for name, each in zip(names, found.categories, strict=True)
        ],
        "together": [
            {"categories": [names[at] for at in each.categories]} | dataclasses.asdict(each.row)
            for each in found.together
        ],
        "everybody": found.everybody,
        "known": found.known,
        "unknown": found.unknown,
        "prefer_not_to_say": found.prefer_not_to_say,
        "did_not_say": found.did_not_say,
        "not_asked": found.not_asked,
        "somebody": [names[at] for at in found.somebody],
        "few_or_none": [names[at] for at in found.few_or_none],
        "z": found.z,
    }


def _as_text(found: Heard, names: list[str]) -> str:
    heads = ("category", "heard", "of all", "of the place", "index", "interval", "short of parity", "")
    told = [*zip(names, found.categories, strict=True)]
    told += [(" and ".join(names[at] for at in each.categories), each.row) for each in found.together]
    rows = [
        (
            name,
            _count(each.heard, found),
            figure(None if each.share is None else 100 * each.share, 1) + (" %" if each.share is not None else ""),
            f"{100 * each.population_share:.1f} %",
            figure(each.index, 1),
            "-" if each.index is None else f"{figure(each.index_low, 1)} to {figure(each.index_high, 1)}",
            "-" if each.short is None else f"{each.short:,}",
            each.verdict or each.reason,
        )
        for name, each in told
    ]
    lines = [*aligned(heads, rows, left=(0, 7)), ""]
    silent = [found.unknown, found.prefer_not_to_say, found.did_not_say, found.not_asked]
    for name, count in zip(SAID, [found.everybody, found.known, *silent], strict=True):
        if name == "known" or count is not None:
            lines.append(f"{name}: {_count(count, found)}")
    lines += ["", "An index of 100 is the same share as in the place. Listening seeks range, not proportion."]
    return "\n".join(lines) + "\n"


def _count(count: int | None, found: Heard) -> str:
    return f"fewer than {found.threshold}, or hidden" if count is None else f"{count:,}"
