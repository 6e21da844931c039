"""What is there already goes through the migrations of themes."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.cast import cast
from weft.listen.themes.actions import make_theme
from weft.listen.themes.models import Theme


@pytest.mark.django_db(transaction=True)
def test_themes_made_before_there_were_keys_get_one_each() -> None:
    people = cast()
    made = [make_theme(by=people.lena, of=people.summer, title=title).pk for title in ("One", "Two", "Three")]
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes("themes")
    for to in ([("themes", "0001_initial")], latest):
        MigrationExecutor(connection).migrate(to)
    assert set(Theme.objects.values_list("pk", flat=True)) == set(made)
    assert len(set(Theme.objects.values_list("key", flat=True))) == 3
