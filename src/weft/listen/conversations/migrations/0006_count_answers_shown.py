"""Count as many answers among the figures that everybody is shown as these hold; who else answered waits for a step."""

from datetime import UTC, datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def count(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Which people were counted is not known: the first are taken, and where there are too few the others have left."""
    vote, past = (apps.get_model("conversations", name) for name in ("Vote", "PastVote"))
    for shown in list(apps.get_model("conversations", "ShownTally").objects.all()):
        for choice, people in ((1, shown.agree), (-1, shown.disagree), (0, shown.passed)):
            here = vote.objects.filter(statement=shown.statement_id, choice=choice).order_by("cast_at", "pk")
            first = list(here.values_list("pk", flat=True)[:people])
            for start in range(0, len(first), 500):
                vote.objects.filter(pk__in=first[start : start + 500]).update(shown_choice=choice)
            if len(first) < people:
                left = people - len(first)
                past.objects.create(
                    statement_id=shown.statement_id, choice=choice, people=left, left_at=datetime.now(UTC)
                )
        shown.first_at = shown.counted_at
        shown.save(update_fields=["first_at"])


class Migration(migrations.Migration):
    dependencies = [("conversations", "0005_count_arrivals")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop, elidable=True)]
