"""Manifestos and asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from weft.act.manifestos import actions, queries
from weft.act.manifestos.forms import EditAskForm, EditManifestoForm, EventForm, NewAskForm, NewManifestoForm
from weft.core.pages import form_page, page
from weft.core.saving import attempt
from weft.people.programmes.models import Team
from weft.provenance import access
from weft.provenance.models import Node
from weft.provenance.pages import CODE_STAYS, withdraw_page
from weft.provenance.queries import cited_now


@access.team_member
def new_manifesto(request: HttpRequest, team: Team) -> HttpResponse:
    """Write a manifesto."""
    form = NewManifestoForm(request.POST or None, team=team)
    if form.is_valid():
        return redirect(actions.write_manifesto(by=request.user, team=team, **form.facts()).node)
    return form_page(request, form, "Write a manifesto", team.tab("share"))


@access.item("manifesto")
def manifesto(request: HttpRequest, node: Node) -> HttpResponse:
    """A manifesto with its asks."""
    found = queries.manifesto_at(node)
    words = {"node": node, "manifesto": found, "asks": queries.asks_in(found)}
    return page(request, "manifestos/manifesto.html", words)


@access.item("manifesto", edit=True)
def edit_manifesto(request: HttpRequest, node: Node) -> HttpResponse:
    """Change a manifesto."""
    found = queries.manifesto_at(node)
    initial = {n: getattr(found, n) for n in ("preamble", "made_with", "revision")}
    initial |= {"title": node.title, "place": str(found.place_id or "")}
    form = EditManifestoForm(request.POST or None, team=node.team, known=cited_now(node), initial=initial)
    if attempt(form, lambda: actions.edit_manifesto(by=request.user, manifesto=found, **form.facts())):
        return redirect(node)
    return form_page(request, form, f"Change {node.title}", node.get_absolute_url())


@access.team_member
def new_ask(request: HttpRequest, team: Team) -> HttpResponse:
    """Ask somebody for something."""
    sources = queries.what_asks_rest_on(team, access.standing(request, team.programme))
    begun = {"manifesto": request.GET.get("manifesto", "")}
    form = NewAskForm(
        request.POST or None, team=team, manifestos=queries.manifestos_of(team), sources=sources, initial=begun
    )
    if form.is_valid():
        return redirect(actions.make_ask(by=request.user, team=team, **form.facts()).node)
    intro = "From the day it is asked, the days without a reply are shown to everybody."
    return form_page(request, form, "Make an ask", team.tab("share"), intro=intro)


@access.item("ask")
def ask(request: HttpRequest, node: Node) -> HttpResponse:
    """One ask, what happened to it, and its thread."""
    found = queries.ask_at(node)
    days = queries.days_waited(found.state, found.asked_on, found.state_on)
    words = {"node": node, "ask": found, "days": days, "is_silent": queries.is_silent(found.state, found.asked_on)}
    return page(request, "manifestos/ask.html", words)


@access.item("ask", edit=True)
def edit_ask(request: HttpRequest, node: Node) -> HttpResponse:
    """Change an ask that has no answer yet."""
    found = queries.ask_at(node)
    initial = {n: getattr(found, n) for n in ("text", "to_role", "asked_on", "answer_by", "revision")}
    initial |= {"title": node.title, "manifesto": str(found.manifesto_id or "")}
    initial["to_organisation"] = str(found.to_organisation_id or "")
    manifestos = queries.manifestos_for(found)
    form = EditAskForm(
        request.POST or None, team=node.team, manifestos=manifestos, known=cited_now(node), initial=initial
    )
    if attempt(form, lambda: actions.edit_ask(by=request.user, ask=found, **form.facts())):
        return redirect(node)
    return form_page(request, form, f"Change {node.title}", node.get_absolute_url())


@access.item("ask", edit=True)
def event(request: HttpRequest, node: Node) -> HttpResponse:
    """Say that an ask was acknowledged, or asked again."""
    form = EventForm(request.POST or None)
    if form.is_valid():
        actions.note_event(by=request.user, ask=queries.ask_at(node), **form.cleaned_data)
        return redirect(node)
    return form_page(request, form, f"What happened to: {node.title}", node.get_absolute_url())


@access.item("ask", edit=True)
def withdraw_ask(request: HttpRequest, node: Node) -> HttpResponse:
    """Take an ask back, after showing what rests on it."""
    return withdraw_page(
        request, node, lambda: actions.withdraw_ask(by=request.user, ask=queries.ask_at(node)), CODE_STAYS
    )


@access.item("manifesto", edit=True)
def withdraw_manifesto(request: HttpRequest, node: Node) -> HttpResponse:
    """Take a manifesto back, after showing what rests on it."""
    return withdraw_page(
        request,
        node,
        lambda: actions.withdraw_manifesto(by=request.user, manifesto=queries.manifesto_at(node)),
        "Its asks stay.",
        CODE_STAYS,
    )
