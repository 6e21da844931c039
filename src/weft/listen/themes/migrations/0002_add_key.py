from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("themes", "0001_initial")]

    operations = [
        migrations.AddField("theme", "key", models.UUIDField(editable=False, null=True)),
    ]
