"""Saving what a form holds, where something may stand against it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.forms.utils import pretty_name

from weft.core import dates
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
        changed.saved, changed.sent = _both(form, changed)
        form.keep(changed)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else field, str(refused))
    return None


def _both(form: Form, changed: Changed) -> tuple[str, str]:
    """What was saved and what was sent, as texts: of several facts those that differ, under their labels."""
    saved, sent = changed.saved, changed.sent
    if isinstance(saved, str) or isinstance(sent, str):
        return str(saved), str(sent)
    names = [name for name in sent if _said(form, name, saved[name]) != _said(form, name, sent[name])] or list(sent)
    return _told(form, saved, names), _told(form, sent, names)


def _told(form: Form, facts: Mapping[str, Any], names: list[str]) -> str:
    """Some facts, each under its label."""
    if len(names) == 1:
        return _said(form, names[0], facts[names[0]])
    labels = {name: form.fields[name].label if name in form.fields else pretty_name(name) for name in names}
    return "\n\n".join(f"{labels[name]}\n{_said(form, name, facts[name])}" for name in names)


def _said(form: Form, name: str, value: Any) -> str:
    """One value as its page would say it."""
    choices = dict(getattr(form.fields.get(name), "choices", ()))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return dates.daytime(value)
    if isinstance(value, date):
        return dates.day(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(sorted(str(choices.get(str(one), one)) for one in value)) or "(nothing)"
    said = str(choices.get(str(value), "" if value is None else value))
    return said or "(nothing)"
