"""Loading asks the database little, however much a file holds."""

from typing import Any

import pytest
from django.db import connection, transaction

from bench._large import UNIT, large
from tests.programme_file.files import loaded

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
