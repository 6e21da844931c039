"""Load a whole programme from one YAML file, all of it or nothing. docs/programme-file.md describes the file."""

import argparse
from pathlib import Path

from weft.commands import Failed, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the file, such as programme.yaml")


def run(args: argparse.Namespace) -> int:
    start_django()
    from weft.filing.lines import Faulty
    from weft.programme_file.load import load_file

    try:
        programme = load_file(args.file)
    except Faulty as faulty:
        raise Failed(f"nothing was loaded.\n{faulty}") from None
    print(f"{programme.name} is at /{programme.slug}/, with {programme.nodes.count():,} items on its thread.")
    return 0
