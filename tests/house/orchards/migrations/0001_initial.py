"""The table of orchards."""

import uuid

from django.db import migrations, models

NODE = {"to": "provenance.node", "on_delete": models.PROTECT, "related_name": "orchard"}
FIELDS = [
    ("node", models.OneToOneField(**NODE, primary_key=True, serialize=False)),
    ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
    ("revision", models.PositiveIntegerField(default=1)),
    ("text", models.TextField(max_length=2000)),
    ("kept_by", models.CharField(blank=True, max_length=160)),
]


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial"), ("provenance", "0001_initial")]
    operations = [migrations.CreateModel(name="Orchard", fields=FIELDS)]
