"""Projects and their days."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from weft.act.projects import actions, queries
from weft.act.projects.forms import DayForm, ProjectForm, TryingForm
from weft.core.pages import form_page, page
from weft.core.saving import attempt
from weft.people.programmes.models import Team
from weft.provenance import access
from weft.provenance.models import Node
from weft.provenance.pages import edit_page, new_page
from weft.provenance.queries import within


@access.team_member
def new(request: HttpRequest, team: Team) -> HttpResponse:
    """Begin a project."""
    form = ProjectForm(request.POST or None, of=team, here=access.standing(request, team.programme))
    intro = "No outcome has to be promised. What is tried may change at any time."
    words = {"button": "Begin", "intro": intro}
    return new_page(request, team, form, actions.begin_project, "Begin a project", team.tab("act"), **words)


@access.item("project")
def project(request: HttpRequest, node: Node) -> HttpResponse:
    """A project: what is tried, what changed, the days, the thread."""
    found = queries.project_at(node)
    words = {"node": node, "project": found, "tries": list(reversed(found.iterations.all()))}
    return page(request, "projects/project.html", {**words, "days": queries.days_of(found)})


@access.item("project", edit=True)
def trying(request: HttpRequest, node: Node) -> HttpResponse:
    """Try something else from now on."""
    found = queries.project_at(node)
    form = TryingForm(request.POST or None, programme=node.programme)
    if attempt(form, lambda: actions.change_what_is_tried(by=request.user, row=found, **form.cleaned_data)):
        return redirect(node)
    intro = "The team may change its plan at any time. It says why, and needs nobody’s permission."
    return form_page(request, form, f"{node.title}: trying now", node.get_absolute_url(), intro=intro)


@access.item("project", edit=True)
@require_POST
def state(request: HttpRequest, node: Node) -> HttpResponse:
    """Say that the project is to come, running or ended."""
    actions.set_state(by=request.user, row=queries.project_at(node), state=request.POST.get("state", ""))
    return redirect(node)


@access.item("project")
def days(request: HttpRequest, node: Node) -> HttpResponse:
    """Every day of a project."""
    found = queries.project_at(node)
    shown = Paginator(queries.all_days(found), 25).get_page(request.GET.get("page"))
    within(node.programme, shown)
    return page(request, "projects/days.html", {"node": node, "project": found, "days": shown})


@access.item("project", edit=True)
def new_day(request: HttpRequest, node: Node) -> HttpResponse:
    """Enter a day on which the project ran."""
    form = DayForm(request.POST or None, of=node.of)
    project = queries.project_at(node)
    if attempt(form, lambda: actions.enter_day(by=request.user, project=project, **form.facts())):
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
    return edit_page(request, node, DayForm, actions.correct_day)


@access.team_member
def quick_day(request: HttpRequest, team: Team) -> HttpResponse:
    """Pick the project of a day to enter; straight on where there is only one."""
    running = [one for one in queries.workspace(team).projects if one.state != "ended"]
    if not running:
        raise Http404("There is no project whose day could be entered. Begin one first.")
    if len(running) == 1:
        return redirect("projects:project-new-day", team.programme.slug, running[0].node.code)
    return page(request, "projects/pick.html", {"projects": running})
