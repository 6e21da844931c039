from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0003_keep_former_addresses'),
    ]

    operations = [
        migrations.AddField(
            model_name='programme',
            name='in_danger',
            field=models.TextField(default='In danger now, or badly hurt: call 999.\nUnder 19: Childline, 0800 1111, free, day and night.\nAny age: Samaritans, 116 123, free, day and night.\nWhat is written here is read within days, and not at once.', max_length=1000),
        ),
    ]
