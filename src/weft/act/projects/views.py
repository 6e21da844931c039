"""Projects and their days."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from weft.act.projects import actions, queries
from weft.act.projects.forms import EditDayForm, EditProjectForm, NewDayForm, NewProjectForm, TryingForm
from weft.core.pages import form_page, page
from weft.core.saving import attempt
from weft.people.programmes.models import Team
from weft.provenance import access
from weft.provenance.models import Node
from weft.provenance.pages import CODE_STAYS, withdraw_page
from weft.provenance.queries import cited_now


@access.team_member
def new(request: HttpRequest, team: Team) -> HttpResponse:
    """Begin a project."""
    problems = queries.problems_to_address(team, access.standing(request, team.programme))
    form = NewProjectForm(request.POST or None, team=team, problems=problems)
    if form.is_valid():
        project = actions.begin_project(by=request.user, team=team, **form.facts())
        return redirect(project.node)
    intro = "No outcome has to be promised. What is tried may change at any time."
    return form_page(request, form, "Begin a project", team.tab("act"), button="Begin", intro=intro)


@access.item("project")
def project(request: HttpRequest, node: Node) -> HttpResponse:
    """A project: what is tried, what changed, the days, the thread."""
    found = queries.project_at(node)
    words = {"node": node, "project": found, "tries": list(reversed(found.iterations.all()))}
    return page(request, "projects/project.html", {**words, "days": queries.days_of(found)})


@access.item("project", edit=True)
def edit(request: HttpRequest, node: Node) -> HttpResponse:
    """Change what a project says of itself."""
    found = queries.project_at(node)
    initial: dict[str, Any] = {n: getattr(found, n) for n in ("purpose", "starts_on", "ends_on", "revision")}
    initial |= {
        "title": node.title,
        "lead": str(found.lead_id or ""),
        "partners": [str(o.pk) for o in found.partners.all()],
    }
    team = node.team or found.node.team
    form = EditProjectForm(request.POST or None, team=team, known=cited_now(node), initial=initial)
    if attempt(form, lambda: actions.edit_project(by=request.user, project=found, **form.facts())):
        return redirect(node)
    return form_page(request, form, f"Change {node.title}", node.get_absolute_url())


@access.item("project", edit=True)
def trying(request: HttpRequest, node: Node) -> HttpResponse:
    """Try something else from now on."""
    found = queries.project_at(node)
    form = TryingForm(request.POST or None, programme=node.programme)
    if form.is_valid():
        actions.change_what_is_tried(by=request.user, project=found, **form.cleaned_data)
        return redirect(node)
    intro = "The team may change its plan at any time. It says why, and needs nobody’s permission."
    return form_page(request, form, f"{node.title}: trying now", node.get_absolute_url(), intro=intro)


@access.item("project", edit=True)
@require_POST
def state(request: HttpRequest, node: Node) -> HttpResponse:
    """Say that the project is to come, running or ended."""
    actions.set_state(by=request.user, project=queries.project_at(node), state=request.POST.get("state", ""))
    return redirect(node)


@access.item("project", edit=True)
def withdraw(request: HttpRequest, node: Node) -> HttpResponse:
    """Take a project back, after showing what rests on it."""
    return withdraw_page(
        request,
        node,
        lambda: actions.withdraw_project(by=request.user, project=queries.project_at(node)),
        "Its days stay, as they happened.",
        CODE_STAYS,
    )


@access.item("project")
def days(request: HttpRequest, node: Node) -> HttpResponse:
    """Every day of a project."""
    found = queries.project_at(node)
    shown = Paginator(queries.all_days(found), 25).get_page(request.GET.get("page"))
    for day in shown:
        day.node.programme = node.programme
    return page(request, "projects/days.html", {"node": node, "project": found, "days": shown})


@access.item("project", edit=True)
def new_day(request: HttpRequest, node: Node) -> HttpResponse:
    """Enter a day on which the project ran."""
    form = NewDayForm(request.POST or None, programme=node.programme)
    if form.is_valid():
        actions.enter_day(by=request.user, project=queries.project_at(node), **form.facts())
        messages.success(request, "The day is entered.")
        return redirect(node)
    return form_page(request, form, f"A day of {node.title}", node.get_absolute_url(), button="Enter the day")


@access.item("activity")
def activity(request: HttpRequest, node: Node) -> HttpResponse:
    """One day."""
    return page(request, "projects/activity.html", {"node": node, "activity": queries.activity_at(node)})


@access.item("activity", edit=True)
def edit_day(request: HttpRequest, node: Node) -> HttpResponse:
    """Put right what was entered for a day."""
    found = queries.activity_at(node)
    initial = {n: getattr(found, n) for n in ("on", "attendance", "designed_with", "notes", "revision")}
    initial |= {"venue": str(found.venue_id or ""), "is_universal": "yes" if found.is_universal else "no"}
    form = EditDayForm(request.POST or None, programme=node.programme, initial=initial)
    if attempt(form, lambda: actions.correct_day(by=request.user, activity=found, **form.facts())):
        return redirect(node)
    return form_page(request, form, f"Put right: {node.title}", node.get_absolute_url())


@access.team_member
def quick_day(request: HttpRequest, team: Team) -> HttpResponse:
    """Pick the project of a day to enter; straight on where there is only one."""
    running = [one for one in queries.workspace(team).projects if one.state != "ended"]
    if not running:
        raise Http404("There is no project whose day could be entered. Begin one first.")
    if len(running) == 1:
        return redirect("projects:project-new-day", team.programme.slug, running[0].node.code)
    return page(request, "projects/pick.html", {"projects": running})
