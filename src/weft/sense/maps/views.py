"""Pages of opinion maps."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from weft.core.pages import page
from weft.core.saving import attempt
from weft.people.programmes.models import Programme, Team
from weft.provenance import access
from weft.provenance.models import Node
from weft.sense.maps import actions, queries
from weft.sense.maps.forms import DrawForm


@access.maker
def new(request: HttpRequest, of: Team | Programme) -> HttpResponse:
    """Draw the map of a conversation as it stands now."""
    form = DrawForm(request.POST or None, conversations=queries.conversations_to_map(of))
    if drawn := attempt(form, lambda: actions.draw_map(by=request.user, **form.cleaned_data), "conversation"):
        return redirect(drawn.node)
    words = {"heading": "Draw an opinion map", "button": "Draw it", "back": of.tab("sense")}
    return page(request, "maps/new.html", words, form)


@access.item("map")
@require_safe
def opinion_map(request: HttpRequest, node: Node) -> HttpResponse:
    """A map: the verdict, groups in words and bars, what unites, what divides, and every statement in a table."""
    found = queries.map_at(node)
    order = request.GET.get("order", "")
    shown = queries.map_page(found, order, request.GET.get("page"))
    words = {"node": node, "map": found, "shown": shown, "order": order, "verdict": queries.verdict(found)}
    return page(request, "maps/map.html", {**words, "page": shown.page})


@access.item("map", edit=True)
@require_POST
def check(request: HttpRequest, node: Node) -> HttpResponse:
    """Draw the map again and say whether it comes out the same."""
    messages.info(request, actions.check_map(by=request.user, row=queries.map_at(node)).sentence)
    return redirect(node)
