"""What is deleted leaves the files of an SQLite database, and not its tables alone."""

from pathlib import Path

import pytest
from django.db import connection

from tests.listen.conftest import Talk
from weft.listen.receipts.actions import withdraw_participant
from weft.listen.stories.actions import tell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]
LONG = " ".join(f"lighthouse{number:03}" for number in range(330))  # more than a page of the file


def held() -> bytes:
    """All that stands in the files."""
    name = str(connection.settings_dict["NAME"])
    return b"".join(Path(name + end).read_bytes() for end in ("", "-wal") if Path(name + end).exists())


def test_no_word_of_what_was_taken_back_is_left_in_the_files(talk: Talk) -> None:
    one = talk.person()
    for number in range(3):
        tell(by=one, participant=one, text=f"{LONG} {number}", scopes=["analyse"])
    assert b"lighthouse299" in held()
    withdraw_participant(by=None, participant=one)
    left = held()
    assert not [number for number in range(330) if f"lighthouse{number:03}".encode() in left]
