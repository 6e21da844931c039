"""One kind of knowledge had two names."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('provenance', '0002_search_index'),
    ]

    operations = [
        migrations.AlterField(
            model_name='node',
            name='knowledge_kind',
            field=models.CharField(blank=True, choices=[('lived', 'Lived experience'), ('practice', 'Practice'), ('administrative', 'Administrative data'), ('academic', 'Academic'), ('local', 'Local and traditional')], max_length=20),
        ),
    ]
