"""One kind of knowledge had two names."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='source',
            name='type',
            field=models.CharField(choices=[('paper', 'Academic paper'), ('data', 'Administrative data'), ('note', 'Practice note'), ('lived', 'Lived-experience material'), ('local', 'Local and traditional'), ('grey', 'Report or other grey literature')], max_length=10),
        ),
    ]
