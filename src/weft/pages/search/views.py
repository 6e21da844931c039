"""Searching."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from weft.core.pages import page
from weft.pages.search import queries
from weft.pages.search.forms import SearchForm
from weft.people.programmes.models import Programme
from weft.provenance import access


@access.reader
def search(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Items of a programme by their words."""
    form = SearchForm(request.GET if "words" in request.GET or "kind" in request.GET else None, programme=programme)
    asked = form.cleaned_data if form.is_valid() else {"words": "", "kind": "", "team": ""}
    nodes = queries.found(programme, access.standing(request, programme), **asked)
    found = Paginator(nodes, 25).get_page(request.GET.get("page"))
    return page(request, "search/search.html", {"found": found, "asked": asked}, form)
