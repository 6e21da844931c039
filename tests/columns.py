"""Looking through every column of the database."""

from django.apps import apps
from django.db.models import CharField, JSONField, TextField


def standing_in(words: str) -> set[str]:
    """The columns in which words stand, as "table.column"."""
    return {
        f"{table._meta.db_table}.{column.name}"
        for table in apps.get_models(include_auto_created=True)
        for column in table._meta.concrete_fields
        if isinstance(column, CharField | TextField | JSONField)
        if any(words in str(value) for value in table._base_manager.values_list(column.name, flat=True))
    }
