"""Every column says of whom it is, what it holds and until when."""

import pytest
from django.test import Client

from weft.core.keeping import What, Whom, holds, keeps_of, kept_of, tables
from weft.core.views import KEPT


@pytest.mark.parametrize("table", tables(), ids=lambda table: table._meta.db_table)
def test_every_column_says_what_it_holds(table) -> None:
    silent = [column.name for column in table._meta.concrete_fields if holds(column) is None]
    assert silent == [], "say so in `keeps` of the table, or in OTHERS of core/keeping.py where it is another package's"


@pytest.mark.parametrize("table", tables(), ids=lambda table: table._meta.db_table)
def test_a_table_speaks_of_columns_that_it_has(table) -> None:
    keeps = keeps_of(table)
    assert keeps is not None
    assert table._meta.auto_created or keeps.columns.keys() <= {column.name for column in table._meta.concrete_fields}


def test_nothing_is_kept_by_which_a_contributor_could_be_reached() -> None:
    assert What.CONTACT not in dict(kept_of(Whom.CONTRIBUTOR))


@pytest.mark.django_db
def test_the_page_on_privacy_says_all_that_is_kept_of_a_contributor(client: Client) -> None:
    said = client.get("/privacy/").content.decode()
    for what, ends in kept_of(Whom.CONTRIBUTOR):
        assert f"We keep {KEPT[what]}, {' or '.join(ends)}." in said
