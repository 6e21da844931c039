"""Of maps that were drawn before small answers were merged, drop what would uncover a number beside a card's own page."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from weft.listen.conversations.queries import Tally
from weft.sense.maps.analysis import as_told_now


def merge(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Rewrite the results that are kept."""
    tallies = apps.get_model("conversations", "ShownTally").objects.all()
    shown = {str(one.statement_id): Tally(one.agree, one.disagree, one.passed) for one in tallies}
    maps = apps.get_model("maps", "OpinionMap")
    for one in list(maps.objects.only("result")):
        one.result = as_told_now(one.result, shown)
        one.save(update_fields=["result"])


class Migration(migrations.Migration):
    dependencies = [("maps", "0001_initial"), ("conversations", "0001_initial")]
    operations = [migrations.RunPython(merge, migrations.RunPython.noop, elidable=True)]
