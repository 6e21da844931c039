"""Errors become pages here, and nowhere else."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.defaults import page_not_found

from weft.core.errors import Changed, Moved, NotAllowed, Refused, TooMany


class ErrorPages:
    """Answers `NotAllowed` with 403, `Refused` and `Changed` with 409, `TooMany` with 429, each in its own words.

    `Moved` is sent on for good, and so that a form which was open meanwhile is not lost.
    There is nothing at an address with a NUL in it, and PostgreSQL cannot even be asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            return page_not_found(request, Http404())
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for the errors of ours; anything else goes on."""
        if isinstance(error, Moved):
            return redirect(str(error), permanent=True, preserve_request=True)
        if isinstance(error, NotAllowed):
            return error_page(request, 403, "You cannot do this", str(error))
        if isinstance(error, Changed):
            return error_page(
                request, 409, "Somebody else saved first", f"{error} Go back, and save again to see both."
            )
        if isinstance(error, Refused):
            return error_page(request, 409, "This cannot be done now", str(error))
        if isinstance(error, TooMany):
            return error_page(request, 429, "Wait a little", str(error))
        return None


class OwnPages:
    """What a signed-in person is shown is kept by no proxy, and by their own browser only until they sign out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-cache"
        return response


def error_page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """One sentence, and a way on."""
    return render(request, "core/error.html", {"title": title, "sentence": sentence, "status": status}, status=status)
