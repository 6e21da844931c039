"""The thread of one item on a page of its own, both ways and in full."""

from django.http import Http404, HttpRequest, HttpResponse

from weft.core import access
from weft.core.pages import page
from weft.people.programmes.models import Programme
from weft.provenance import queries


@access.reader
def thread(request: HttpRequest, programme: Programme, code: str) -> HttpResponse:
    """Everything an item comes from and everything it led to, step by step."""
    here = access.standing(request, programme)
    node = queries.by_code(programme, [code]).get(code.upper())
    if node is None or not here.sees(node):
        raise Http404(access.NOT_HERE)
    return page(request, "provenance/thread.html", {"node": node, "steps": queries.steps(node, here)})
