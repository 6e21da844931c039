"""A database of version 0.1.0 after `weft migrate`: every row and column is still there, and its pages open."""

import pytest

from tests.upgrade.conftest import RENAMED, Upgraded

pytestmark = pytest.mark.django_db  # it stands beside that of the tests, so that both kinds are upgraded

TAKEN_BACK = "/pell-coast/story/Y-4NTNR/"


def test_it_held_rows_in_every_table(upgraded: Upgraded) -> None:
    assert len(upgraded.rows) > 60
    assert [table for table, rows in upgraded.rows.items() if not rows] == []


def test_every_table_and_column_is_still_there(upgraded: Upgraded) -> None:
    was = {(table, column) for table, columns in upgraded.columns.items() for column in columns}
    now = {(table, column) for table, columns in upgraded.now.columns().items() for column in columns}
    assert {RENAMED.get(one, one) for one in was} - now == set()


def test_every_row_still_says_the_same(upgraded: Upgraded) -> None:
    lost = {table: sorted(gone)[:3] for table, rows in upgraded.rows.items() if (gone := rows - upgraded.after[table])}
    assert lost == {}


def test_its_pages_and_receipts_open(upgraded: Upgraded) -> None:
    visited = upgraded.now.run("-m", "tests.upgrade.visit").splitlines()
    assert len(visited) > 30
    assert [line for line in visited if not line.startswith("200 ")] == [f"410 {TAKEN_BACK}"]
