"""Make the database, or bring it up to date with this version of Weft. Doing it twice does no harm."""

import argparse

from weft.commands import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when all goes well")


def run(args: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings
    from django.core.management import call_command

    for folder in (settings.DATA, settings.STATIC_ROOT):
        folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0 if args.quiet else 1)
    return 0
