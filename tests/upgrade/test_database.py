"""A database of version 0.1.0 after `weft migrate`: every row and column is still there, and its pages open."""

import re
from collections import Counter

import pytest

from tests.upgrade.conftest import RENAMED, Upgraded

pytestmark = pytest.mark.django_db  # it stands beside that of the tests, so that both kinds are upgraded

STATES = """
SELECT state, visibility, count(*) FROM stories_story JOIN provenance_node ON id = node_id
WHERE withdrawn_at IS NULL GROUP BY state, visibility
"""
STATES_NOW = {("released", "public"): 47, ("held", "team"): 8, ("not_used", "team"): 5, ("kept", "team"): 3}
# how many rows repeated the words of a passage that they cite, and quote it by its code now
QUOTING = {"findings_finding": 2, "provenance_searchtext": 2, "reports_section": 1}
TAKEN_BACK = "/pell-coast/story/Y-4NTNR/"


def test_it_held_rows_in_every_table(upgraded: Upgraded) -> None:
    assert len(upgraded.rows) > 60
    assert [table for table, rows in upgraded.rows.items() if not rows] == []


def test_every_table_and_column_is_still_there(upgraded: Upgraded) -> None:
    was = {(table, column) for table, columns in upgraded.columns.items() for column in columns}
    now = {(table, column) for table, columns in upgraded.now.columns().items() for column in columns}
    assert {RENAMED.get(one, one) for one in was} - now == set()


def test_every_row_still_says_the_same(upgraded: Upgraded) -> None:
    gone = {table: rows - upgraded.after[table] for table, rows in upgraded.rows.items()}
    held, drawn = gone.pop("provenance_node"), gone.pop("maps_opinionmap")
    quoting = {table: rows for table, rows in gone.items() if table in QUOTING}
    assert {table: rows.total() for table, rows in quoting.items()} == QUOTING
    assert all("[[Q-" in row for rows in quoting.values() for row in rows)
    gone = {table: rows for table, rows in gone.items() if table not in QUOTING}
    assert {table: sorted(rows)[:3] for table, rows in gone.items() if rows} == {}
    assert all("'story'" in row and "'public'" in row for row in held)
    assert Counter({row.replace("'public'", "'team'"): 1 for row in held}) <= upgraded.after["provenance_node"]
    assert Counter(map(before_cards, drawn)) <= Counter(map(before_cards, upgraded.after["maps_opinionmap"]))


def test_texts_that_repeated_a_passage_quote_it_by_its_code(upgraded: Upgraded) -> None:
    now = {table: upgraded.after[table] - upgraded.rows[table] for table in QUOTING}
    assert {table: rows.total() for table, rows in now.items()} == QUOTING
    said = ("over the line by eleven", "27 began before three", "both under a napkin", "Proof is what keeps")
    assert [row for rows in now.values() for row in rows for words in said if words in row] == []


def before_cards(row: str) -> str:
    """A map up to what it tells of each card, which names its case now, and without the cards that it names by it."""
    row = re.sub(r"""["'](unite|divide)["']: \[[^]]*\]""", "", row)
    return re.split(r"""["']statements["']: \[""", row)[0]


def test_only_stories_that_something_rests_on_are_still_read_by_everybody(upgraded: Upgraded) -> None:
    with upgraded.now.connection() as opened:
        found = opened.execute(STATES).fetchall()
    assert Counter({(state, visibility): number for state, visibility, number in found}) == STATES_NOW


def test_its_pages_and_receipts_open(upgraded: Upgraded) -> None:
    visited = upgraded.now.run("-m", "tests.upgrade.visit").splitlines()
    assert len(visited) > 30
    assert [line for line in visited if not line.startswith("200 ")] == [f"410 {TAKEN_BACK}"]
