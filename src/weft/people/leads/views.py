"""Who leads: now, before, and changing it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from weft.core.pages import form_page, page
from weft.people.leads import actions, queries
from weft.people.leads.forms import StepBackForm, StepUpForm
from weft.people.programmes import access
from weft.people.programmes.models import Team
from weft.people.programmes.queries import members


@access.team_member
def leads(request: HttpRequest, team: Team) -> HttpResponse:
    """Who leads what, how it came about, and stepping up."""
    form = StepUpForm(request.POST or None, members=list(members(team.programme, team)))
    if form.is_valid():
        actions.step_up(by=request.user, **form.facts())
        return redirect("leads:leads", team.programme.slug, team.slug)
    words = {"now": queries.leads_now(team), "history": queries.lead_history(team)}
    return page(request, "leads/leads.html", words, form)


@access.team_member
def step_back(request: HttpRequest, team: Team, key: int) -> HttpResponse:
    """Stop leading or supporting."""
    lead = queries.lead_of(team, key)
    form = StepBackForm(request.POST or None)
    if form.is_valid():
        actions.step_back(by=request.user, lead=lead, reason=form.cleaned_data["reason"])
        return redirect("leads:leads", team.programme.slug, team.slug)
    heading = f"{lead.membership.user} steps back from: {lead.get_stage_display().lower()}"
    back = reverse("leads:leads", args=[team.programme.slug, team.slug])
    return form_page(request, form, heading, back, button="Step back", crumb="Who leads")
