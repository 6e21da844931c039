import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0004_add_for_children'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArrivalKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('key', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.AddField(
            model_name='conversation',
            name='figures_called_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='participant',
            name='arrival_group',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='participant',
            name='weight',
            field=models.SmallIntegerField(choices=[(-1, 'Set aside'), (0, 'Counted'), (1, 'Seen by a member')], default=0, editable=False),
        ),
        migrations.AddField(
            model_name='showntally',
            name='effective',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='showntally',
            name='first_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='showntally',
            name='taken_for',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='vote',
            name='shown_choice',
            field=models.SmallIntegerField(choices=[(-1, 'Disagree'), (0, 'Pass'), (1, 'Agree')], editable=False, null=True),
        ),
        migrations.CreateModel(
            name='PastVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.SmallIntegerField(choices=[(-1, 'Disagree'), (0, 'Pass'), (1, 'Agree')])),
                ('arrival_group', models.BigIntegerField(null=True)),
                ('people', models.PositiveIntegerField(default=1)),
                ('left_at', models.DateTimeField()),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='past_votes', to='conversations.statement')),
            ],
        ),
    ]
