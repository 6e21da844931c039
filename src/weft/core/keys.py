"""The keys that forms carry, so that what is sent twice counts once."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def saved_with(key: UUID | None, rows: QuerySet[Row]) -> Row | None:
    """What was saved earlier from a form with this key."""
    return rows.filter(key=key).first() if key else None
