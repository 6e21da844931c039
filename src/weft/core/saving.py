"""Saving what a form holds, where somebody else may save first."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from weft.core.errors import Changed, Refused
from weft.core.forms import Form
from weft.core.pages import page

Saved = TypeVar("Saved")


class SavingForm(Form):
    """A form over a text with a revision. `changed` holds both texts once somebody else has saved first."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    changed: Changed | None = None


def attempt(form: Form, save: Callable[[], Saved], field: str | None = None) -> Saved | None:
    """Do what the form asks for. What stands against it is said on the form, which keeps what was typed."""
    try:
        return save()
    except Changed as changed:
        form.changed = changed  # type: ignore[attr-defined]
        form.data = {**form.data.dict(), form.add_prefix("revision"): changed.revision}  # type: ignore[attr-defined]
    except Refused as refused:
        form.add_error(field, str(refused))
    return None


def answer(request: HttpRequest, template: str, context: dict[str, Any], form: Form) -> HttpResponse:
    """The page of the form: 409 with both texts when somebody else saved first, 422 when it is not right."""
    changed = getattr(form, "changed", None)
    if changed is not None:
        return render(request, template, {**context, "form": form, "changed": changed}, status=409)
    return page(request, template, context, form)
