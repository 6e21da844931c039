"""Load a whole programme from one YAML file, all of it or nothing. docs/programme-file.md describes the file."""

import argparse
import sys
from pathlib import Path

from weft.commands import Failed, start_django
from weft.commands._progress import progress

STDIN = Path("-")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the file, such as programme.yaml; - is standard input")


def run(args: argparse.Namespace) -> int:
    start_django()
    from weft.filing.lines import Faulty, read, read_from
    from weft.programme_file.load import load

    try:
        with progress() as told:
            document = read_from(sys.stdin.buffer, "standard input") if args.file == STDIN else read(args.file)
            programme = load(document, told)
    except Faulty as faulty:
        raise Failed(f"nothing was loaded.\n{faulty}") from None
    print(
        f"{programme.name} is at {programme.get_absolute_url()}, with {programme.nodes.count():,} items on its thread."
    )
    return 0
