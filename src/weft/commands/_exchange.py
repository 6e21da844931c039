"""What `inspect` and `convert` have in common: naming a format, and telling what was lost."""

import argparse
import dataclasses
import re
from collections.abc import Iterable
from typing import Any

from weft.exchange.errors import printable
from weft.exchange.formats import BY_KEY, Format
from weft.exchange.loss import LossItem, LossReport

MOST_GROUPS = 12
MOST_PLACES = 2
NAMED_BY_ID = re.compile(r"\S*[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\S*")


def named(key: str) -> Format:
    """An argument type: a format by its key."""
    if key not in BY_KEY:
        raise argparse.ArgumentTypeError(f"must be one of {', '.join(BY_KEY)}, got {printable(key)}")
    return BY_KEY[key]


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option that both have."""
    parser.add_argument("--json", action="store_true", help="print one JSON object, with every item of the loss report")


def as_object(form: Format) -> dict[str, Any]:
    """A format for the JSON object."""
    return {"key": form.key, "name": form.name, "holds": form.holds}


def items(loss: LossReport) -> list[dict[str, Any]]:
    """A whole loss report for the JSON object."""
    return [dataclasses.asdict(item) for item in loss]


def grouped(loss: LossReport) -> list[str]:
    """A loss report for the terminal: what happened for one reason together, counted, with the first places."""
    groups: dict[tuple[str, str], list[LossItem]] = {}
    for item in loss:
        groups.setdefault((item.kind, NAMED_BY_ID.sub("(...)", item.why)), []).append(item)
    lines = []
    for (kind, reason), members in list(groups.items())[:MOST_GROUPS]:
        count = sum(item.count for item in members)
        why = members[0].why if len(members) == 1 else reason
        lines.append(f"  {kind}, {_times(count)}: {printable(why)}")
        lines += [f"    {printable(_place(item))}" for item in members[:MOST_PLACES]]
        if len(members) > MOST_PLACES:
            lines.append(f"    and {len(members) - MOST_PLACES:,} more places")
    if len(groups) > MOST_GROUPS:
        lines.append(f"  and {len(groups) - MOST_GROUPS:,} more kinds of loss; --json has them all")
    return lines


def _place(item: LossItem) -> str:
    return f"{item.file}, {item.where}" + (f", {_times(item.count)}" if item.count > 1 else "")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def warned(warnings: Iterable[str]) -> list[str]:
    """Warnings for the terminal, if there are any."""
    lines = [f"  {printable(each)}" for each in warnings]
    return ["", "Warnings", *lines] if lines else []
