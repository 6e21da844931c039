"""Run one of Django's own commands with Weft's settings: `weft manage shell`, `weft manage collectstatic`."""

import argparse

from weft.commands import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND ...", help="the command and its options")


def run(args: argparse.Namespace) -> int:
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["weft manage", *args.words])
    return 0
