"""Reflections."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from weft.core.pages import page
from weft.learn.reflections import actions, queries
from weft.learn.reflections.forms import ReflectionForm
from weft.people.programmes.models import Team
from weft.provenance import access
from weft.provenance.pages import new_page
from weft.provenance.queries import within


@access.team_member
def new(request: HttpRequest, team: Team) -> HttpResponse:
    """Write down what happened."""
    form = ReflectionForm(
        request.POST or None, of=team, initial=queries.asked_for(team, request.GET.get("project", ""))
    )
    intro = "What went otherwise is worth as much as what went as hoped. Leave out people’s names."
    return new_page(request, team, form, actions.reflect, "What happened?", team.tab("learn"), intro=intro)


@access.team_reader
def reflections(request: HttpRequest, team: Team) -> HttpResponse:
    """Every reflection of a team that everybody may see."""
    found = queries.public_reflections_of(team)
    shown = Paginator(found, 25).get_page(request.GET.get("page"))
    within(team, shown)
    return page(request, "reflections/reflections.html", {"reflections": shown})
