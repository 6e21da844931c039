"""The thread of one item on a page of its own, both ways and in full, and where items stood once."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from weft.core.pages import page
from weft.people.programmes.models import Programme
from weft.provenance import access, queries
from weft.provenance.visibility import sees

VERBS = {"withdraw/": "take-back/", "days/new/": "new-day/", "promises/new/": "new-promise/"}  # old, and today's


@access.reader
def thread(request: HttpRequest, programme: Programme, code: str) -> HttpResponse:
    """Everything an item comes from and everything it led to, step by step."""
    here = access.standing(request, programme)
    node = queries.by_code(programme, [code]).get(code.upper())
    if node is None or not sees(here, node):
        raise Http404(access.NOT_HERE)
    return page(request, "provenance/thread.html", {"node": node, "steps": queries.steps(node, here)})


@access.everyone
def moved(request: HttpRequest, programme: str, code: str, rest: str = "", word: str = "") -> HttpResponse:
    """Send on an address that an item had once. Nothing is looked up, so nobody learns whether it is there."""
    rest = "thread/" if word == "thread" else VERBS.get(rest, rest)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    page = reverse("provenance:thread", args=[programme, code.upper()]).removesuffix("thread/")
    return redirect(f"{page}{rest}{query}", permanent=True, preserve_request=True)
