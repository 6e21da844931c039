
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0002_of_programme'),
    ]

    operations = [
        migrations.AddField(
            model_name='conversation',
            name='table_key',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='conversation',
            name='table_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
