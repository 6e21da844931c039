import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0003_decide_on_those_told_before'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HiddenPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('words', models.TextField(blank=True, max_length=5000)),
                ('why', models.CharField(choices=[('name', 'It names somebody'), ('number', 'It is a number or an address'), ('teller', 'It could show who told it'), ('harm', 'It could harm somebody'), ('other', 'Another reason')], max_length=10)),
                ('because', models.CharField(blank=True, max_length=200)),
                ('hidden_at', models.DateTimeField()),
                ('hidden_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hidden_parts', to='stories.story')),
            ],
            options={
                'ordering': ['story', 'start'],
            },
        ),
    ]
