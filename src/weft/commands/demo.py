"""Load the demonstration and say what to look at, who to sign in as and which receipts to try. Needs WEFT_DEMO."""

import argparse
import json
from typing import TYPE_CHECKING

from weft.commands import Failed, start_django
from weft.commands._progress import progress

if TYPE_CHECKING:
    from weft.people.programmes.models import Programme
    from weft.programme_file.demo import Tour

TRIED = 6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--if-empty", action="store_true", help="load it only where there is no programme yet")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")


def run(args: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings

    from weft.programme_file.demo import tour

    if not settings.DEMO:
        raise Failed("the demonstration lets anyone sign in as anyone. Set WEFT_DEMO=1 where that is wanted.")
    programme = loaded(if_empty=args.if_empty)
    if programme is None:
        print("There are programmes here already, and none of them is the demonstration.")
        return 0
    found = tour(programme)
    if args.json:
        print(json.dumps(found.as_json(), indent=2, ensure_ascii=False))
    else:
        print("\n".join(as_text(found, settings.ADDRESS)))
    return 0


def loaded(*, if_empty: bool) -> "Programme | None":
    """The demonstration, loaded now unless it is there; nothing where only an empty database was to be filled."""
    from weft.filing.lines import Faulty
    from weft.people.programmes.models import Programme
    from weft.programme_file.demo import fill, there

    programme = there()
    if programme is not None or (if_empty and Programme.objects.exists()):
        return programme
    try:
        with progress() as told:
            return fill(told)
    except Faulty as faulty:
        raise Failed(f"nothing was loaded.\n{faulty}") from None


def as_text(found: "Tour", address: str) -> list[str]:
    """What to look at, for a person at a terminal."""
    wide = max(len(one.path) for one in found.visit) + len(address) + 2
    lines = ["Worth visiting:", *(f"  {address + one.path:{wide}}{one.what}" for one in found.visit)]
    lines += ["", f"Sign in with one tap at {address}/demo/, as one of:"]
    wide = max(len(one.name) for one in found.sign_ins) + 2
    lines += [f"  {one.name:{wide}}{one.role}{f' of {one.team}' if one.team else ''}" for one in found.sign_ins]
    lines += ["", f"Receipts to try at {address}/r/, the conversation's code and four words:"]
    lines += [f"  {one.conversation:14}{one.words}" for one in found.receipts[:TRIED]]
    return lines
