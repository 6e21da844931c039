"""Insights and recommendations."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from weft.core.errors import Refused
from weft.core.pages import page
from weft.learn.insights import actions, queries
from weft.learn.insights.forms import CaseForm, InsightForm, RecommendationForm
from weft.people.programmes.models import Programme, Team
from weft.provenance import access
from weft.provenance.models import Node
from weft.provenance.pages import new_page
from weft.provenance.queries import by_code, row_of


@access.reader
def insights(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Every insight of the programme."""
    found = queries.insights_of(programme, access.standing(request, programme))
    shown = Paginator(found, 25).get_page(request.GET.get("page"))
    teams = queries.teams_behind(list(shown))
    rows = [(node, len(teams.get(node, ()))) for node in shown]
    return page(request, "insights/insights.html", {"insights": shown, "rows": rows})


@access.team_member
def new(request: HttpRequest, team: Team) -> HttpResponse:
    """Say what was learned; then come its cases."""
    form = InsightForm(request.POST or None, of=team)
    intro = "An insight is what several teams learned. On the next page you add the cases for it and against it."
    make, back = actions.make_insight, team.tab("learn")
    return new_page(request, team, form, make, "What was learned?", back, then="cases/", intro=intro)


@access.item("insight")
def insight(request: HttpRequest, node: Node) -> HttpResponse:
    """An insight with every case for it and against it."""
    rest = queries.rest_of(node, access.standing(request, node.programme))
    words = {"node": node, "insight": row_of(node), "rest": rest}
    return page(request, "insights/insight.html", words)


@access.item("insight", edit=True)
def cases(request: HttpRequest, node: Node) -> HttpResponse:
    """Add cases for an insight and against it, or take one away."""
    form = CaseForm(request.POST or None)
    if form.is_valid():
        _tie(request, node, form.cleaned_data)
        return redirect(request.get_full_path())
    words = request.GET.get("words", "")[:200]
    found = queries.case_choices(node, words, access.standing(request, node.programme))
    shown = Paginator(found, 25).get_page(request.GET.get("page"))
    ties = queries.ties_of(node)
    rows = [(one, ties.get(one.code, "")) for one in shown]
    return page(request, "insights/cases.html", {"node": node, "found": shown, "rows": rows, "words": words}, form)


def _tie(request: HttpRequest, node: Node, said: dict[str, str]) -> None:
    here, code = access.standing(request, node.programme), said["code"].upper()
    insight, source = row_of(node), by_code(node.programme, [code], here).get(code)
    if source is None:
        raise Refused(f"{said['code']} cannot be a case of an insight.")
    if said["relation"] == "none":
        for relation in actions.CASES:
            actions.untie_case(by=request.user, row=insight, source=source, relation=relation)
    else:
        actions.tie_case(by=request.user, row=insight, source=source, relation=said["relation"], note=said["note"])
    messages.success(request, f"{source.code} is noted.")


@access.team_member
def recommend(request: HttpRequest, team: Team) -> HttpResponse:
    """Recommend something to somebody."""
    form = RecommendationForm(request.POST or None, of=team, here=access.standing(request, team.programme))
    return new_page(request, team, form, actions.recommend, "Recommend", team.tab("learn"))
