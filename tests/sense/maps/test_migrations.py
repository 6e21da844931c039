"""Maps that are there already go through the migrations of maps."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.cast import cast
from tests.sense.voices import conversation, two_camps
from weft.sense.maps.actions import draw_map
from weft.sense.maps.models import OpinionMap


@pytest.mark.django_db(transaction=True)
def test_a_map_drawn_before_small_answers_were_merged_tells_no_passes_alone() -> None:
    people = cast()
    talk = conversation(people.summer)
    two_camps(talk)
    found = draw_map(by=people.mo, conversation=talk)
    for row in found.result["statements"]:
        del row["case"]
        row.update(everybody=[None, None, 60, 95], kind="disagree", groups=[[None, 15, None, 40]])
    found.save(update_fields=["result"])
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes("maps")
    for to in ([("maps", "0001_initial")], latest):
        MigrationExecutor(connection).migrate(to)
    rows = OpinionMap.objects.get().result["statements"]
    assert {(*row["everybody"], row["case"], row["kind"], len(row["groups"])) for row in rows} == {
        (None, None, None, 95, "total", "", 0)
    }
