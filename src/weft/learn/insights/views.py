"""Insights and recommendations."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from weft.core.errors import Refused
from weft.core.pages import form_page, page
from weft.core.saving import attempt
from weft.learn.insights import actions, queries
from weft.learn.insights.forms import (
    CaseForm,
    EditInsightForm,
    EditRecommendationForm,
    NewInsightForm,
    NewRecommendationForm,
)
from weft.people.programmes.models import Programme, Team
from weft.provenance import access
from weft.provenance.models import Node
from weft.provenance.pages import CODE_STAYS, withdraw_page
from weft.provenance.queries import by_code, cited_now


@access.reader
def insights(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Every insight of the programme."""
    found = queries.insights_of(programme, access.standing(request, programme))
    shown = Paginator(found, 25).get_page(request.GET.get("page"))
    teams = queries.teams_behind(list(shown))
    rows = [(node, len(teams.get(node, ()))) for node in shown]
    for node in shown:
        node.programme = programme
    return page(request, "insights/insights.html", {"insights": shown, "rows": rows})


@access.team_member
def new(request: HttpRequest, team: Team) -> HttpResponse:
    """Say what was learned; then come its cases."""
    form = NewInsightForm(request.POST or None, programme=team.programme)
    if form.is_valid():
        insight = actions.make_insight(by=request.user, programme=team.programme, team=team, **form.cleaned_data)
        return redirect("insights:insight-cases", team.programme.slug, insight.node.code)
    intro = "An insight is what several teams learned. On the next page you add the cases for it and against it."
    return form_page(request, form, "What was learned?", team.tab("learn"), intro=intro)


@access.item("insight")
def insight(request: HttpRequest, node: Node) -> HttpResponse:
    """An insight with every case for it and against it."""
    rest = queries.rest_of(node, access.standing(request, node.programme))
    words = {"node": node, "insight": queries.insight_at(node), "rest": rest}
    return page(request, "insights/insight.html", words)


@access.item("insight", edit=True)
def edit(request: HttpRequest, node: Node) -> HttpResponse:
    """Change an insight."""
    found = queries.insight_at(node)
    initial = {"title": node.title, "text": found.text, "revision": found.revision}
    form = EditInsightForm(request.POST or None, programme=node.programme, known=cited_now(node), initial=initial)
    if attempt(form, lambda: actions.edit_insight(by=request.user, insight=found, **form.cleaned_data)):
        return redirect(node)
    return form_page(request, form, f"Change {node.title}", node.get_absolute_url())


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
    for one in shown:
        one.programme = node.programme
    return page(request, "insights/cases.html", {"node": node, "found": shown, "rows": rows, "words": words}, form)


def _tie(request: HttpRequest, node: Node, said: dict[str, str]) -> None:
    here, code = access.standing(request, node.programme), said["code"].upper()
    insight, source = queries.insight_at(node), by_code(node.programme, [code], here).get(code)
    if source is None or source.kind not in queries.CASE_KINDS:
        raise Refused(f"{said['code']} cannot be a case of an insight.")
    if said["relation"] == "none":
        for relation in actions.CASES:
            actions.untie_case(by=request.user, insight=insight, source=source, relation=relation)
    else:
        actions.tie_case(by=request.user, insight=insight, source=source, relation=said["relation"], note=said["note"])
    messages.success(request, f"{source.code} is noted.")


@access.team_member
def recommend(request: HttpRequest, team: Team) -> HttpResponse:
    """Recommend something to somebody."""
    known = list(queries.insights_of(team.programme, access.standing(request, team.programme))[:100])
    form = NewRecommendationForm(request.POST or None, programme=team.programme, insights=known)
    if form.is_valid():
        made = actions.recommend(by=request.user, programme=team.programme, team=team, **form.facts())
        return redirect(made.node)
    intro = "" if known else "A recommendation rests on an insight. Write one down first."
    return form_page(request, form, "Recommend", team.tab("learn"), intro=intro)


@access.item("recommendation")
def recommendation(request: HttpRequest, node: Node) -> HttpResponse:
    """A recommendation and its thread."""
    words = {"node": node, "recommendation": queries.recommendation_at(node)}
    return page(request, "insights/recommendation.html", words)


@access.item("recommendation", edit=True)
def edit_recommendation(request: HttpRequest, node: Node) -> HttpResponse:
    """Change a recommendation that has no answer yet."""
    found = queries.recommendation_at(node)
    initial = {n: getattr(found, n) for n in ("text", "to_role", "revision")} | {"title": node.title}
    form = EditRecommendationForm(
        request.POST or None, programme=node.programme, known=cited_now(node), initial=initial
    )
    if attempt(form, lambda: actions.edit_recommendation(by=request.user, recommendation=found, **form.cleaned_data)):
        return redirect(node)
    return form_page(request, form, f"Change {node.title}", node.get_absolute_url())


@access.item("insight", edit=True)
def withdraw_insight(request: HttpRequest, node: Node) -> HttpResponse:
    """Take an insight back, after showing what rests on it."""
    return withdraw_page(
        request, node, lambda: actions.withdraw_insight(by=request.user, insight=queries.insight_at(node)), CODE_STAYS
    )


@access.item("recommendation", edit=True)
def withdraw_recommendation(request: HttpRequest, node: Node) -> HttpResponse:
    """Take a recommendation back, after showing what rests on it."""
    return withdraw_page(
        request,
        node,
        lambda: actions.withdraw_recommendation(by=request.user, recommendation=queries.recommendation_at(node)),
        CODE_STAYS,
    )
