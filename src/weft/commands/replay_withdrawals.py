"""Take back again what was taken back before a backup was restored. Doing it twice does no harm."""

import argparse

from weft.commands import Failed, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It has no options."""


def run(args: argparse.Namespace) -> int:
    start_django()
    from django.db import Error

    from weft.commands._withdrawals import check_journal, entries_read, standing, take_back_again
    from weft.core.inserts import first_line

    entries, torn = entries_read()
    try:
        again = standing(entries)
        for entry in again:
            take_back_again(entry)
    except Error as error:
        raise Failed(f"the database does not let it be done: {first_line(error)}. `weft check` may say why.") from None
    check_journal()
    print(f"Taken back again: {len(again):,}, of {len(entries):,} in the journal of withdrawals.")
    if torn:
        print(f"Lines of the journal that cannot be read: {torn:,}.")
    return 0
