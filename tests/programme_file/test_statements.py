"""Loading asks the database little, however much a file holds."""

import gc
from typing import Any

import pytest
from django.db import connection, transaction

from bench._large import UNIT, large
from tests.programme_file.files import loaded
from weft.filing.loading import SELDOM

pytestmark = pytest.mark.django_db
AN_ITEM = 0.4


def statements(items: int) -> int:
    """How many it takes to load so many items of every kind; they are gone again afterwards."""
    said: list[str] = []

    def listen(execute: Any, sql: str, *more: Any) -> Any:
        said.append(sql)
        return execute(sql, *more)

    with transaction.atomic():
        with connection.execute_wrapper(listen):
            loaded(large(items))
        transaction.set_rollback(True)
    return len([sql for sql in said if "SAVEPOINT" not in sql])


def test_an_item_more_asks_next_to_nothing() -> None:
    more = statements(2 * UNIT) - statements(UNIT)
    assert more / UNIT < AN_ITEM


def test_garbage_is_looked_for_as_often_as_before_afterwards() -> None:
    before = gc.get_threshold()
    seen = []
    loaded(progress=lambda done, total: seen.append(gc.get_threshold()))
    assert {one[0] for one in seen} == {max(SELDOM, before[0])}
    assert gc.get_threshold() == before
