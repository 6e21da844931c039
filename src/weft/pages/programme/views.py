"""The first pages: all programmes, and one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from weft.core.pages import page
from weft.pages.programme import queries
from weft.people.programmes.models import Programme
from weft.provenance import access


@access.everyone
def home(request: HttpRequest) -> HttpResponse:
    """Every public programme."""
    found = Paginator(queries.programmes(), 24).get_page(request.GET.get("page"))
    return page(request, "programme/home.html", {"programmes": found})


@access.reader
def programme(request: HttpRequest, programme: Programme) -> HttpResponse:
    """One programme: the weave, the teams, what they learned, what they ask."""
    front = queries.front(programme, request.GET.get("focus", "")[:12])
    return page(request, "programme/programme.html", {"front": front, "cloth": front.cloth})
