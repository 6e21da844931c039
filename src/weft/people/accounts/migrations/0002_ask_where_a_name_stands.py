from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='is_under_18',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='user',
            name='shows_name',
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('is_under_18', False), ('shows_name', False), _connector='OR'), name='nobody_under_18_shows_their_name'),
        ),
    ]
