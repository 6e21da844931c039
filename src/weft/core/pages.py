"""Answering with a page."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, form: BaseForm | None = None
) -> HttpResponse:
    """The page; 422 when its form was sent and is not right, 409 with both texts when somebody else saved first."""
    bad = form is not None and form.is_bound and bool(form.errors)
    status = 409 if getattr(form, "changed", None) else 422 if bad else 200
    return render(request, template, {**(context or {}), "form": form}, status=status)


def form_page(request: HttpRequest, form: BaseForm, heading: str, back: str, **more: Any) -> HttpResponse:
    """A page that is one form, with a way back. `more`: `button`, `intro`, `crumb`."""
    words = {"heading": heading, "crumb": "Back", "crumb_url": back, "cancel": back, **more}
    return page(request, "core/form_page.html", words, form)


def confirm_page(
    request: HttpRequest, question: str, consequences: list[str], button: str, cancel: str, form: BaseForm | None = None
) -> HttpResponse:
    """A page that asks before something is done."""
    words = {"question": question, "consequences": consequences, "button": button, "cancel": cancel}
    return page(request, "core/confirm.html", words, form)
