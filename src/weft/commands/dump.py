"""Write a whole programme into one YAML file, from which `weft load` makes the same programme."""

import argparse
import sys
from pathlib import Path

from weft.commands import Failed, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("programme", help="the programme's short name, as in its address")
    parser.add_argument("-o", "--output", type=Path, help="the file to write (default: print it)")


def run(args: argparse.Namespace) -> int:
    start_django()
    from django.db import transaction

    from weft.people.programmes.models import Programme
    from weft.programme_file.dump import dump
    from weft.provenance.models import Node
    from weft.provenance.registry import spoken
    from weft.provenance.visibility import sealed

    programme = Programme.objects.filter(slug=args.programme).first()
    if programme is None:
        raise Failed(f"there is no programme {args.programme}.")
    with transaction.atomic():
        text, left_out = dump(programme), Node.every.filter(sealed(), programme=programme, kind__in=spoken()).count()
    if left_out:
        print(f"Left out, since passed to a safeguarding lead: {left_out:,}.", file=sys.stderr)
    if args.output is None:
        sys.stdout.write(text)
        return 0
    try:
        args.output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Failed(f"{args.output} cannot be written: {error.strerror}.") from None
    return 0
