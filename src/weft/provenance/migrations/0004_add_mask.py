
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('provenance', '0003_call_local_knowledge_local_and_traditional'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=5)),
                ('table', models.CharField(max_length=60)),
                ('column', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=36)),
                ('words', models.TextField()),
                ('made_at', models.DateTimeField(db_index=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='masks', to='provenance.node')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='masked', to='provenance.node')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
    ]
