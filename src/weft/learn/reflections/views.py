"""Reflections."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from weft.act.projects.queries import projects_of
from weft.core.pages import form_page, page
from weft.core.saving import attempt
from weft.learn.reflections import actions, queries
from weft.learn.reflections.forms import EditReflectionForm, NewReflectionForm
from weft.people.programmes.models import Team
from weft.provenance import access
from weft.provenance.models import Node
from weft.provenance.pages import CODE_STAYS, withdraw_page
from weft.provenance.queries import cited_now


@access.team_member
def new(request: HttpRequest, team: Team) -> HttpResponse:
    """Write down what happened."""
    form = NewReflectionForm(
        request.POST or None,
        programme=team.programme,
        projects=list(projects_of(team)),
        initial={"project": request.GET.get("project", "")},
    )
    if form.is_valid():
        return redirect(actions.reflect(by=request.user, team=team, **form.facts()).node)
    intro = "What went otherwise is worth as much as what went as hoped. Leave out people’s names."
    return form_page(request, form, "What happened?", team.tab("learn"), intro=intro)


@access.team_reader
def reflections(request: HttpRequest, team: Team) -> HttpResponse:
    """Every reflection of a team that everybody may see."""
    found = queries.public_reflections_of(team)
    shown = Paginator(found, 25).get_page(request.GET.get("page"))
    for one in shown:
        one.node.programme = team.programme
    return page(request, "reflections/reflections.html", {"reflections": shown})


@access.item("reflection")
def reflection(request: HttpRequest, node: Node) -> HttpResponse:
    """One reflection and its thread."""
    return page(request, "reflections/reflection.html", {"node": node, "reflection": queries.reflection_at(node)})


@access.item("reflection", edit=True)
def edit(request: HttpRequest, node: Node) -> HttpResponse:
    """Change a reflection."""
    found = queries.reflection_at(node)
    initial = {name: getattr(found, name) for name in (*actions.TEXTS, "outcome", "on", "revision")} | {
        "title": node.title
    }
    form = EditReflectionForm(request.POST or None, programme=node.programme, known=cited_now(node), initial=initial)
    if attempt(form, lambda: actions.edit_reflection(by=request.user, reflection=found, **form.cleaned_data)):
        return redirect(node)
    return form_page(request, form, f"Change {node.title}", node.get_absolute_url())


@access.item("reflection", edit=True)
def withdraw(request: HttpRequest, node: Node) -> HttpResponse:
    """Take a reflection back, after showing what rests on it."""
    return withdraw_page(
        request,
        node,
        lambda: actions.withdraw_reflection(by=request.user, reflection=queries.reflection_at(node)),
        CODE_STAYS,
    )
