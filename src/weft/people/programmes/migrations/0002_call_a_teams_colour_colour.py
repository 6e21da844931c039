"""The field is called what it holds. Only Django's picture of the table changes: the column keeps its name."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("team", "one_yarn_a_team"),
                migrations.RenameField("team", "yarn", "colour"),
                migrations.AlterField(
                    "team",
                    "colour",
                    models.PositiveSmallIntegerField(
                        db_column="yarn",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(99),
                        ],
                    ),
                ),
                migrations.AlterModelOptions("team", options={"ordering": ["colour"]}),
                migrations.AddConstraint(
                    "team", models.UniqueConstraint(fields=("programme", "colour"), name="one_yarn_a_team")
                ),
            ]
        )
    ]
