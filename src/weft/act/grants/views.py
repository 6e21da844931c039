"""The book of a team's money."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from weft.act.grants import actions, queries
from weft.act.grants.forms import CorrectForm, GrantForm, PlanForm, SpendForm
from weft.act.projects.queries import projects_of
from weft.core.money import pounds
from weft.core.pages import confirm_page, form_page, page
from weft.core.saving import attempt
from weft.people.programmes.models import Team
from weft.provenance import access


@access.team_lead
def new(request: HttpRequest, team: Team) -> HttpResponse:
    """Award money to the team."""
    form = GrantForm(request.POST or None, programme=team.programme)
    if grant := attempt(form, lambda: actions.award(by=request.user, team=team, **form.facts())):
        return redirect("grants:plan", team.programme.slug, team.slug, grant.pk)
    return form_page(
        request,
        form,
        f"Money for {team}",
        team.tab("act"),
        button="Award it",
        intro="What it is for is the team’s to say.",
    )


@access.team_reader
def book(request: HttpRequest, team: Team, key: int) -> HttpResponse:
    """The whole book of a grant: every line, the newest first. Open to everybody, like the work itself."""
    grant = queries.grant_of(team, key)
    words = {"grant": grant, "balance": queries.balance(grant), "lines": queries.book(grant)}
    return page(request, "grants/book.html", words)


@access.team_member
def spend(request: HttpRequest, team: Team, key: int) -> HttpResponse:
    """Enter a spend, in under a minute on a phone."""
    grant = queries.grant_of(team, key)
    known = {"programme": team.programme, "balance": queries.balance(grant), "projects": list(projects_of(team))}
    form = SpendForm(request.POST or None, **known)
    if entry := attempt(form, lambda: actions.spend(by=request.user, grant=grant, **form.facts())):
        messages.success(request, f"{pounds(entry.amount_pence)} entered.")
        return redirect("grants:book", team.programme.slug, team.slug, key)
    back = reverse("grants:book", args=[team.programme.slug, team.slug, key])
    return form_page(request, form, "Enter a spend", back, button="Enter it", crumb="The book")


@access.team_member
def plan(request: HttpRequest, team: Team, key: int) -> HttpResponse:
    """Plan or re-plan the money."""
    grant = queries.grant_of(team, key)
    balance = queries.balance(grant)
    initial = {"revision": queries.plan_revision(grant)}
    form = PlanForm(request.POST or None, programme=team.programme, balance=balance, initial=initial)
    if attempt(form, lambda: actions.plan(by=request.user, grant=grant, **form.facts())):
        return redirect("grants:book", team.programme.slug, team.slug, key)
    intro = (
        f"{pounds(grant.amount_pence)} in all, {pounds(balance.unplanned)} not planned yet. "
        "The team may change its plan at any time. It says why, and needs nobody’s permission."
    )
    back = reverse("grants:book", args=[team.programme.slug, team.slug, key])
    return form_page(request, form, f"What {grant.name} is for", back, intro=intro, crumb="The book")


@access.team_member
def correct(request: HttpRequest, team: Team, key: int, entry: int) -> HttpResponse:
    """Put an entry right with a new line."""
    grant = queries.grant_of(team, key)
    found = queries.entry_of(grant, entry)
    form = CorrectForm(request.POST or None, programme=team.programme)
    if form.is_valid():
        actions.correct(by=request.user, entry=found, why=form.cleaned_data["why"], key=form.cleaned_data["key"])
        return redirect("grants:book", team.programme.slug, team.slug, key)
    said = ["The old entry stays, struck through.", "A new line takes the amount back.", "Then enter the right amount."]
    back = reverse("grants:book", args=[team.programme.slug, team.slug, key])
    what = f"{pounds(found.amount_pence)} for {found.what or found.heading}"
    return confirm_page(request, f"Put right: {what}?", said, "Put it right", back, form)
