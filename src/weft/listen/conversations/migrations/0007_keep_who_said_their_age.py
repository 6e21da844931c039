from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0006_count_answers_shown'),
    ]

    operations = [
        migrations.AddField(
            model_name='participant',
            name='said_age',
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
