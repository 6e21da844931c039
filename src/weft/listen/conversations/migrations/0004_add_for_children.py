
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0003_add_table_mode'),
    ]

    operations = [
        migrations.AddField(
            model_name='conversation',
            name='for_children',
            field=models.BooleanField(default=False),
        ),
    ]
