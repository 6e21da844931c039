"""Reflections."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from weft.core.pages import page
from weft.learn.reflections import actions, queries
from weft.learn.reflections.forms import ReflectionForm
from weft.people.programmes.models import Programme, Team
from weft.provenance import access
from weft.provenance.pages import new_page
from weft.provenance.queries import within

INTRO = "What went otherwise is worth as much as what went as hoped. Leave out people’s names."


@access.maker
def new(request: HttpRequest, of: Team | Programme) -> HttpResponse:
    """Write down what happened."""
    form = ReflectionForm(request.POST or None, of=of, initial=queries.asked_for(of, request.GET.get("project", "")))
    return new_page(request, of, form, actions.reflect, "What happened?", of.tab("learn"), intro=INTRO)


@access.team_reader
def reflections(request: HttpRequest, team: Team) -> HttpResponse:
    """Every reflection of a team that everybody may see."""
    found = queries.public_reflections_of(team)
    shown = Paginator(found, 25).get_page(request.GET.get("page"))
    within(team, shown)
    return page(request, "reflections/reflections.html", {"reflections": shown})
