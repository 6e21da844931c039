"""The full-text index of SQLite forgets the words of what was taken back, with their places."""

import pytest
from django.db import connection

from tests.programme_file.files import changed, loaded
from weft.listen.stories.actions import withdraw_story
from weft.listen.stories.models import Story

pytestmark = [
    pytest.mark.django_db(transaction=True),  # what is not yet committed is not yet in the pages of the index
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's index points at rows and holds no places"),
]


def is_held(part: bytes) -> bool:
    """Whether a part of a word stands in the pages of the index; first letters are shared with the word before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM provenance_search_data")
        return any(part in bytes(row[0]) for row in cursor.fetchall())


def test_the_search_index_forgets_too() -> None:
    """An FTS5 index keeps the words of a deleted text until it is told not to, above all where it merges nothing."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO provenance_search(provenance_search, rank) VALUES ('automerge', 0)")
    loaded(changed("We queued in the rain", "We queued with xylophones in the rain"))
    assert is_held(b"lophone")
    withdraw_story(by=None, row=Story.objects.select_related("node__programme").get(node__code="Y-5555"))
    assert not is_held(b"lophone")
