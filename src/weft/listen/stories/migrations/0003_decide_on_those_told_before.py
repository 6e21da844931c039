from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce


def decide(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """What everybody reads already, and something rests on, is released; what nobody has used so far waits."""
    told = apps.get_model("stories", "Story").objects.filter(node__withdrawn_at=None)
    consents = apps.get_model("conversations", "Consent").objects.filter(node=OuterRef("node"), withdrawn_at=None)
    may_quote = Exists(consents.filter(scope__in=["quote", "describe"]))
    is_used = Exists(apps.get_model("provenance", "Link").objects.filter(source=OuterRef("node"), withdrawn_at=None))
    read_by_all = told.filter(may_quote, is_used).exclude(node__visibility="team")
    read_by_all.update(
        state="released", released_at=Coalesce("read_at", "told_at"), released_by=F("read_by")
    )
    told.filter(state="held").exclude(not_used_because="").update(state="not_used")
    told.filter(state="held").exclude(read_at=None).exclude(may_quote, node__visibility="public").update(state="kept")
    nodes = apps.get_model("provenance", "Node").objects.filter(withdrawn_at=None)
    nodes.filter(pk__in=told.exclude(state="released").values("pk")).update(visibility="team")


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0002_hold_until_released"),
        ("conversations", "0002_of_programme"),
        ("provenance", "0003_call_local_knowledge_local_and_traditional"),
    ]

    operations = [migrations.RunPython(decide, migrations.RunPython.noop)]
