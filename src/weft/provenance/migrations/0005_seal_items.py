
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('provenance', '0004_add_mask'),
    ]

    operations = [
        migrations.AlterField(
            model_name='node',
            name='visibility',
            field=models.CharField(choices=[('public', 'Everybody'), ('programme', 'The programme'), ('team', 'The team'), ('sealed', 'The safeguarding lead')], default='public', max_length=10),
        ),
    ]
