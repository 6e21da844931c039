"""What was taken back according to the journal of withdrawals, and whether the database knows of it."""

from collections.abc import Iterable

from django.conf import settings
from django.db import Error, transaction

from weft.commands import Failed
from weft.core.inserts import first_line
from weft.provenance.journal import WAYS, Entry, complete, read

BATCH = 500
MEND = "Run `weft replay-withdrawals` before anybody reads it."


def check_journal() -> None:
    """Refuse a database that is older than its journal; in one that is not, all that it knows is in the journal."""
    entries = entries_read()[0]
    try:
        again = len(standing(entries))
        missing = [] if again else known()
    except Error as error:
        if entries:
            reason = first_line(error)
            said = f"the database cannot be compared with the journal of withdrawals ({reason})"
            raise Failed(f"{said}. `weft check` may say why.") from None
        return  # nothing was taken back in a database that has no tables yet
    if again:
        raise Failed(older(again))
    try:
        complete(missing)
    except OSError as error:
        raise Failed(unwritable(error)) from None


def older(again: int) -> str:
    """The sentence about a database in which something stands again."""
    lines = "1 line" if again == 1 else f"{again:,} lines"
    return f"what was taken back stands in the database again ({lines} of the journal of withdrawals). {MEND}"


def unwritable(error: OSError) -> str:
    """The sentence about a journal that is closed to Weft."""
    return (
        f"the journal of withdrawals, {settings.WITHDRAWALS}, cannot be used ({error.strerror}). See WEFT_WITHDRAWALS."
    )


def entries_read() -> tuple[list[Entry], int]:
    """The journal, or one sentence on why it cannot be read."""
    try:
        return read()
    except OSError as error:
        raise Failed(unwritable(error)) from None


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """What was taken back and stands in the database nevertheless, the first one first, each once."""
    wanted = {(one.what, one.id, one.of): one for one in entries}  # where it was taken back twice, the later time
    found: list[Entry] = []
    for what, way in WAYS.items():
        ids = list(dict.fromkeys(one.id for one in wanted.values() if one.what == what))
        for start in range(0, len(ids), BATCH):
            there = [(wanted.get((what, key, of)), since) for key, of, since in way.stands(ids[start : start + BATCH])]
            found += [one for one, since in there if one and since < one.at]
    return sorted(dict.fromkeys(found), key=lambda one: one.at)


@transaction.atomic
def take_back_again(entry: Entry) -> None:
    """Do again what was done then, unless something else has done it meanwhile."""
    if standing([entry]):
        WAYS[entry.what].again(entry)


def known() -> list[Entry]:
    """All that the database says was taken back."""
    return [one for way in WAYS.values() for one in way.known()]
