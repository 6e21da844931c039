"""Reading projects, what they try, and the days on which they ran."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet, Sum
from django.urls import reverse

from weft.act.projects.models import Activity, Iteration, Project, ProjectState
from weft.core import dates
from weft.core.counts import is_small
from weft.core.jobs import Job
from weft.people.programmes.models import Team
from weft.provenance.models import Node
from weft.provenance.queries import within


def projects_of(team: Team) -> QuerySet[Project]:
    """A team's standing projects: running, to come, ended; with what each tries now."""
    latest = Prefetch("iterations", Iteration.objects.order_by("-number"))
    found = Project.objects.filter(node__team=team, node__withdrawn_at=None).select_related("node", "lead__user")
    return found.prefetch_related(latest).order_by("-state", "-node__made_at")


def project_at(node: Node) -> Project:
    """The project of a node."""
    found = Project.objects.select_related("lead__user").prefetch_related("partners", "iterations").get(pk=node.pk)
    found.node = node
    return found


def activity_at(node: Node) -> Activity:
    """The day of a node."""
    found = Activity.objects.select_related("project__node__team", "venue__place").get(pk=node.pk)
    found.node = node
    within(node.programme, [found.project])
    return found


@dataclass(frozen=True)
class Days:
    """The days of a project: the newest, how many, and the visits in sum; 0 where that would tell a small day."""

    newest: list[Activity]
    count: int
    visits: int


def days_of(project: Project, most: int = 12) -> Days:
    """The days on which a project ran. Two queries."""
    found = project.activities.filter(node__withdrawn_at=None)
    small = is_small("attendance")
    sums = found.aggregate(count=Count("pk"), visits=Sum("attendance"), small=Count("pk", filter=small))
    days = found.select_related("node", "venue").order_by("-on", "-node_id")[:most]
    newest = within(project.node.programme, days)
    return Days(newest, sums["count"], 0 if sums["small"] else sums["visits"] or 0)


def all_days(project: Project) -> QuerySet[Activity]:
    """Every day of a project, the newest first."""
    standing = project.activities.filter(node__withdrawn_at=None)
    return standing.select_related("node", "venue").order_by("-on", "-node_id")


@dataclass(frozen=True)
class ProjectsTab:
    """What the Act tab shows of projects."""

    projects: list[Project]


def workspace(team: Team) -> ProjectsTab:
    """A team's projects. Two queries."""
    return ProjectsTab(within(team, projects_of(team)[:50]))


def jobs(team: Team) -> list[Job]:
    """Running projects with no day entered for a month, and projects to come whose day has passed."""
    today = dates.today()
    found = []
    projects = Project.objects.filter(node__team=team, node__withdrawn_at=None).exclude(state=ProjectState.ENDED)
    for project in within(team, projects.select_related("node").prefetch_related("activities")[:30]):
        page = project.node.get_absolute_url()
        last = max((day.on for day in project.activities.all()), default=None)
        if project.state == ProjectState.PLANNED and project.starts_on and project.starts_on < today:
            due = f"It was to begin on {dates.day(project.starts_on)}."
            found.append(Job(f"Has {project.node.title} begun?", due, page, "Say so"))
        elif project.state == ProjectState.RUNNING and (last is None or (today - last).days > 30):
            since = f"The last day entered is {dates.day(last)}." if last else "No day is entered yet."
            form = reverse("projects:project-new-day", args=[team.programme.slug, project.node.code])
            found.append(Job(f"Enter a day of {project.node.title}.", since, form, "Enter it"))
    return found
