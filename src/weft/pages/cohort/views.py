"""The convenor's board."""

from django.http import HttpRequest, HttpResponse

from weft.core.pages import page
from weft.pages.cohort import queries
from weft.people.programmes.models import Programme
from weft.provenance import access


@access.convenor
def cohort(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Every team at every stage."""
    return page(request, "cohort/cohort.html", {"board": queries.board(programme)})
