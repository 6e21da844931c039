"""Who may reach a page: one mark on every view. Here are those that ask for an account or for nothing.

The marks of programmes and teams are in `people.programmes.access`, that of items in `provenance.access`; each of these
also has the marks of those below, so that a view imports one of them. A page asks for something by its address; whoever
may not see it gets the same 404 as for something that is not there.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
Row = TypeVar("Row", bound=Model)
NOT_HERE = "There is no such page, or you may not see it."


def found_or_404(rows: QuerySet[Row]) -> Row:
    """The first of some rows; where there is none, there is no such page."""
    found = rows.first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def declare(name: str, view: View, inner: View) -> View:
    """The guarded view, with the mark by which it is known."""
    wrapped = wraps(view)(inner)
    wrapped.access = name  # type: ignore[attr-defined]
    return wrapped


def sent_away(request: HttpRequest) -> HttpResponse:
    """Strangers may sign in and try again; to everybody else the page is not there."""
    if request.user.is_authenticated:
        raise Http404(NOT_HERE)
    return redirect_to_login(request.get_full_path())


def everyone(view: View) -> View:
    """Anybody at all."""
    return declare("everyone", view, view) if not hasattr(view, "access") else view


def signed_in(view: View) -> View:
    """Anybody with an account."""

    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else sent_away(request)

    return declare("signed_in", view, inner)


def operator(view: View) -> View:
    """Operators of this installation."""

    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        may = request.user.is_authenticated and request.user.is_operator
        return view(request, *args, **kwargs) if may else sent_away(request)

    return declare("operator", view, inner)
