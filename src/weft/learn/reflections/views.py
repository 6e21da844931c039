"""Reflections."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from weft.core.pages import page
from weft.learn.reflections import actions, queries
from weft.learn.reflections.forms import ReflectionForm
from weft.people.programmes.models import Programme, Team
from weft.provenance import access
from weft.provenance.pages import new_page
from weft.provenance.queries import within

INTRO = "What went otherwise is worth as much as what went as hoped. Leave out people’s names."


@access.team_member
def new(request: HttpRequest, team: Team) -> HttpResponse:
    """Write down what happened."""
    form = ReflectionForm(
        request.POST or None, of=team, initial=queries.asked_for(team, request.GET.get("project", ""))
    )
    return new_page(request, team, form, actions.reflect, "What happened?", team.tab("learn"), intro=INTRO)


@access.convenor
def new_of_programme(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Write down what happened in the whole programme."""
    form = ReflectionForm(request.POST or None, of=programme)
    heading, back = "What happened in the whole programme?", reverse("cohort:cohort", args=[programme.slug])
    return new_page(request, programme, form, actions.reflect, heading, back, intro=INTRO)


@access.team_reader
def reflections(request: HttpRequest, team: Team) -> HttpResponse:
    """Every reflection of a team that everybody may see."""
    found = queries.public_reflections_of(team)
    shown = Paginator(found, 25).get_page(request.GET.get("page"))
    within(team, shown)
    return page(request, "reflections/reflections.html", {"reflections": shown})
