"""The small programme of these tests, whole or changed, and what an empty database makes of it."""

from pathlib import Path

from django.db import transaction

from weft.filing.lines import Faulty, parse
from weft.filing.loading import Progress, quietly
from weft.people.programmes.models import Programme
from weft.programme_file.dump import dump
from weft.programme_file.load import load

SMALL = (Path(__file__).parent / "small.yaml").read_text("utf-8")


def loaded(text: str = SMALL, progress: Progress = quietly) -> Programme:
    """Load the text of a file."""
    return load(parse(text, "pell.yaml"), progress)


def dumped_from_empty(text: str) -> str:
    """Load into an empty database and dump; the database is empty again afterwards."""
    with transaction.atomic():
        written = dump(loaded(text))
        transaction.set_rollback(True)
    assert not Programme.objects.exists()
    return written


def changed(old: str, new: str, text: str = SMALL) -> str:
    """The small programme with one thing changed."""
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def faults_of(text: str) -> list[str]:
    """What loading says, a line each."""
    try:
        loaded(text)
    except Faulty as faulty:
        return str(faulty).split("\n")
    return []


def line_of(part: str, text: str) -> int:
    """The line in which something stands first."""
    return text[: text.index(part)].count("\n") + 1
