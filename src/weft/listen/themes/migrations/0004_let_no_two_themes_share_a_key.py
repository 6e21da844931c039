from uuid import uuid4

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("themes", "0003_give_each_theme_a_key")]

    operations = [
        migrations.AlterField("theme", "key", models.UUIDField(default=uuid4, editable=False, unique=True)),
    ]
