"""Forms for people without an account, guarded without a cookie.

Django's own guard needs a cookie on the first page, before anybody has said anything. Here the browser's word on where
the form stood is enough: it sends `Sec-Fetch-Site` or `Origin` with every post from another site, and the cookies of
contributors are never sent along with one (`SameSite=Lax`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from weft.core.errors import NotAllowed


def came_from_here(request: HttpRequest) -> bool:
    """Whether the form that was sent stood on this site, as far as the browser tells."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin in {None, "null"} or origin == f"{request.scheme}://{request.get_host()}"


def same_site(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse forms that another site sends."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not came_from_here(request):
            raise NotAllowed("This was sent from another site. Open the page here and send it again.")
        return view(request, *args, **kwargs)

    return csrf_exempt(inner)
