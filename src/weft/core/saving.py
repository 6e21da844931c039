"""Saving what a form holds, where something may stand against it."""

from collections.abc import Callable
from copy import copy
from typing import Any, TypeVar

from weft.core.errors import Changed, Refused
from weft.core.forms import Form

Saved = TypeVar("Saved")


def attempt(form: Form, save: Callable[[], Saved], field: str | None = None) -> Saved | None:
    """Do what a form asks for, if it is filled in right. What stands against it is said on the form, with all it holds.

    Where somebody else saved first, the page shows both texts, and saving again is a decision made with both in view.
    """
    if not form.is_valid():
        return None
    try:
        return save()
    except Changed as changed:
        form.changed = changed
        data: Any = copy(form.data)
        data[form.add_prefix("revision")] = str(changed.revision)
        form.data = data
    except Refused as refused:
        form.add_error(field, str(refused))
    return None
