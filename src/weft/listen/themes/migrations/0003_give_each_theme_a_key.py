from uuid import uuid4

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give_keys(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Each row a key of its own: a default would give all of them the same."""
    for theme in apps.get_model("themes", "Theme").objects.filter(key=None).iterator():
        theme.key = uuid4()
        theme.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [("themes", "0002_add_key")]

    operations = [migrations.RunPython(give_keys, migrations.RunPython.noop)]
