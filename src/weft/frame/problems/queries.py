"""Reading problem statements: the version that stands, every earlier one, and what changed between two."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.http import Http404
from django.urls import reverse

from weft.core.access import NOT_HERE
from weft.core.differences import changes
from weft.core.jobs import Job
from weft.frame.problems.models import ProblemStatement, Version
from weft.people.programmes.models import Team
from weft.provenance import queries as thread
from weft.provenance.models import Node
from weft.provenance.queries import Difference

SHOWN_IN_TAB = 6


def versions_of(node: Node) -> list[Version]:
    """Every version of a problem statement, the newest first. One query."""
    return list(Version.objects.filter(problem=node.pk).select_related("made_by").order_by("-number"))


def newest(node: Node) -> Version:
    """The version that stands."""
    found = Version.objects.filter(problem=node.pk).select_related("made_by", "problem").order_by("-number").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def cited_in(node: Node, version: Version) -> dict[str, Node]:
    """Everything that both texts of a version cite. One query."""
    return thread.cited(node.programme, version.text, version.disagreement)


def difference(before: Version, after: Version) -> Difference:
    """What changed from one version to another."""
    parts = [
        ("In one sentence", changes(before.title, after.title)),
        ("The problem statement", changes(before.text, after.text)),
        ("Still disputed", changes(before.disagreement, after.disagreement)),
    ]
    return Difference(before, after, parts)


@dataclass(frozen=True)
class ProblemsTab:
    """What stands under Frame: each problem statement with how many versions it has."""

    problems: Sequence[ProblemStatement]


def workspace(team: Team) -> ProblemsTab:
    """The problem statements of a team, newest first. One query."""
    newest_one = Version.objects.filter(problem=OuterRef("pk")).order_by("-number")
    found = (
        ProblemStatement.objects.filter(node__team=team, node__withdrawn_at=None)
        .select_related("node")
        .annotate(
            version_count=Count("versions"),
            changed_at=Subquery(newest_one.values("made_at")[:1]),
            disagreement=Subquery(newest_one.values("disagreement")[:1]),
        )
        .order_by("-node__made_at", "-node_id")[:SHOWN_IN_TAB]
    )
    return ProblemsTab(thread.within(team, found))


def jobs(team: Team) -> list[Job]:
    """Findings and no problem statement, or a draft that only the team sees. One query."""
    rows = list(thread.nodes_of(team.programme, "problem", "finding", team_id=team.pk).order_by("made_at", "id"))
    problems = [node for node in rows if node.kind == "problem"]
    if rows and not problems:
        page = reverse("problems:new", kwargs={"programme": team.programme.slug, "team": team.slug})
        detail = f"{len(rows)} {'finding' if len(rows) == 1 else 'findings'} to rest on."
        return [Job("No problem statement yet", detail, page, "Write the problem down together")]
    found = []
    for node in problems:
        if node.is_for_team:
            found.append(
                Job("Only the team sees a draft", node.title, node.get_absolute_url(), "Read it and publish it")
            )
    return found
