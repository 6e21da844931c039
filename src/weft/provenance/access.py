"""Who may reach the pages of an item: the mark that fetches it, and the marks of everything below."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from weft.core.access import NOT_HERE, View, declare, found_or_404, sent_away
from weft.people.programmes.access import (
    convenor,
    enter,
    everyone,
    maker,
    member,
    operator,
    reader,
    safeguarding,
    signed_in,
    standing,
    standing_of,
    team_lead,
    team_member,
    team_reader,
)
from weft.provenance.models import Node
from weft.provenance.queries import within
from weft.provenance.visibility import sees

__all__ = [
    "NOT_HERE",
    "convenor",
    "everyone",
    "item",
    "maker",
    "member",
    "operator",
    "reader",
    "safeguarding",
    "signed_in",
    "standing",
    "standing_of",
    "team_lead",
    "team_member",
    "team_reader",
]


def item(kind: str, edit: bool = False, also: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Readers who may see an item of this kind, or those who may change it. A withdrawn one shows its tombstone.

    `also` names what is read along with the node, in the same query.
    """

    def mark(view: View) -> View:
        def inner(request: HttpRequest, programme: str, code: str, **kwargs: Any) -> HttpResponse:
            nodes = Node.objects.select_related("programme", "team", "made_by", *also)
            node = found_or_404(nodes.filter(programme__slug=programme, kind=kind, code=code.upper()))
            here = enter(request, node.programme)
            within(node.programme, [node.team] if node.team else [])
            request.team = node.team  # type: ignore[attr-defined]
            request.may_work_here = here.works_in(node.team_id)  # type: ignore[attr-defined]
            if not edit and not sees(here, node):
                raise Http404(NOT_HERE)
            if edit and not here.works_in(node.team_id):
                return sent_away(request)
            if node.is_withdrawn:
                return render(request, "core/withdrawn.html", {"node": node}, status=410)
            return view(request, node, **kwargs)

        return declare("item_editor" if edit else "item_reader", view, inner)

    return mark
