"""Manifestos and asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from weft.act.manifestos import actions, queries
from weft.act.manifestos.forms import AskForm, EventForm, ManifestoForm
from weft.core.pages import form_page, page
from weft.core.saving import attempt
from weft.people.programmes.models import Team
from weft.provenance import access
from weft.provenance.models import Node
from weft.provenance.pages import new_page


@access.team_member
def new_manifesto(request: HttpRequest, team: Team) -> HttpResponse:
    """Write a manifesto."""
    form = ManifestoForm(request.POST or None, of=team)
    return new_page(request, team, form, actions.write_manifesto, "Write a manifesto", team.tab("share"))


@access.item("manifesto")
def manifesto(request: HttpRequest, node: Node) -> HttpResponse:
    """A manifesto with its asks."""
    found = queries.manifesto_at(node)
    words = {"node": node, "manifesto": found, "asks": queries.asks_in(found)}
    return page(request, "manifestos/manifesto.html", words)


@access.team_member
def new_ask(request: HttpRequest, team: Team) -> HttpResponse:
    """Ask somebody for something."""
    begun = {"manifesto": request.GET.get("manifesto", "")}
    here = access.standing(request, team.programme)
    form = AskForm(request.POST or None, of=team, here=here, initial=begun)
    intro = "From the day it is asked, the days without a reply are shown to everybody."
    return new_page(request, team, form, actions.make_ask, "Make an ask", team.tab("share"), intro=intro)


@access.item("ask")
def ask(request: HttpRequest, node: Node) -> HttpResponse:
    """One ask, what happened to it, and its thread."""
    found = queries.ask_at(node)
    days = queries.days_waited(found.state, found.asked_on, found.state_on)
    words = {"node": node, "ask": found, "days": days, "is_silent": queries.is_silent(found.state, found.asked_on)}
    return page(request, "manifestos/ask.html", words)


@access.item("ask", edit=True)
def event(request: HttpRequest, node: Node) -> HttpResponse:
    """Say that an ask was acknowledged, or asked again."""
    form = EventForm(request.POST or None)
    found = queries.ask_at(node)
    if attempt(form, lambda: actions.note_event(by=request.user, row=found, **form.facts())):
        return redirect(node)
    return form_page(request, form, f"What happened to: {node.title}", node.get_absolute_url())
