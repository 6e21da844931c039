"""Reading reflections, and seeing what has none yet."""

from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.urls import reverse

from weft.act.projects.models import Project
from weft.act.projects.queries import projects_of
from weft.core import dates
from weft.core.jobs import Job
from weft.learn.reflections.models import Reflection
from weft.people.programmes.models import Programme, Team
from weft.provenance.queries import within
from weft.provenance.visibility import public


def reflections_of(team: Team) -> QuerySet[Reflection]:
    """A team's standing reflections, the newest first."""
    found = Reflection.objects.filter(node__team=team, node__withdrawn_at=None)
    return found.select_related("node", "project__node").order_by("-on", "-node_id")


def public_reflections_of(team: Team) -> QuerySet[Reflection]:
    """Those of them that everybody may see."""
    return reflections_of(team).filter(public("node__"))


def asked_for(of: Team | Programme, project: str) -> dict[str, str]:
    """What a new reflection opens with: the team's project of this code, where there is one."""
    found = projects_of(of.team).filter(node__code=project[:12]).first() if project and of.team else None
    return {"project": str(found.pk)} if found else {}


@dataclass(frozen=True)
class ReflectionsTab:
    """What the Learn tab shows of reflections."""

    reflections: list[Reflection]
    count: int


def workspace(team: Team) -> ReflectionsTab:
    """A team's newest reflections. Two queries."""
    found = reflections_of(team)
    return ReflectionsTab(within(team, found[:12]), found.count())


def jobs(team: Team) -> list[Job]:
    """Projects that ran, or ended, since the last look back at them."""
    projects = Project.objects.filter(node__team=team, node__withdrawn_at=None).select_related("node")
    seen = projects.annotate(ran=Max("activities__on"), looked=Max("reflections__on")).order_by("-ran")
    found = []
    for project in seen[:50]:
        if project.ran and (project.looked is None or project.looked < project.ran):
            detail = f"{project.node.title} ran on {dates.day(project.ran)} and has no note since."
            page = reverse("reflections:new", args=[team.programme.slug, team.slug])
            found.append(Job("Write down what happened.", detail, f"{page}?project={project.node.code}", "Write it"))
    return found
