"""Answering with a page."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, form: BaseForm | None = None
) -> HttpResponse:
    """The page; 422 when its form was sent and is not right."""
    bad = form is not None and form.is_bound and bool(form.errors)
    return render(request, template, {**(context or {}), "form": form}, status=422 if bad else 200)
