"""Reading insights and recommendations, and how many teams an insight rests on."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from weft.core.jobs import Job
from weft.core.standing import Standing
from weft.learn.insights.models import Recommendation
from weft.people.programmes.models import Programme, Team
from weft.provenance import queries as thread
from weft.provenance.models import Link, Node, Relation
from weft.provenance.registry import Use, serving
from weft.provenance.visibility import sees, visible


@dataclass(frozen=True)
class Rest:
    """What an insight rests on: the cases for and against, and the teams they come from."""

    supports: list[Link]
    against: list[Link]
    teams: list[Team]

    @property
    def is_one_teams(self) -> bool:
        """Whether only one team has learned it so far."""
        return len(self.teams) < 2


def rest_of(node: Node, here: Standing) -> Rest:
    """The cases of an insight that the reader may see. One query."""
    links = [link for link in thread.sources_of(node) if not link.source.is_withdrawn and sees(here, link.source)]
    thread.within(node.programme, [link.source for link in links])
    supports = [link for link in links if link.relation != Relation.CONTRADICTS]
    teams = {link.source.team.pk: link.source.team for link in supports if link.source.team}
    against = [link for link in links if link.relation == Relation.CONTRADICTS]
    return Rest(supports, against, sorted(teams.values(), key=lambda team: team.colour))


def insights_of(programme: Programme, here: Standing) -> QuerySet[Node]:
    """The standing insights of a programme, the newest first."""
    return thread.nodes_of(programme, "insight").filter(visible(here)).order_by("-made_at", "-id")


def teams_behind(nodes: list[Node]) -> dict[Node, set[int]]:
    """The teams whose cases support each insight. One query."""
    found: dict[Node, set[int]] = defaultdict(set)
    by_key = {node.pk: node for node in nodes}
    links = Link.objects.filter(target__in=by_key, withdrawn_at=None, source__withdrawn_at=None)
    supports = links.exclude(relation=Relation.CONTRADICTS).filter(source__team__isnull=False)
    for target, team in supports.values_list("target_id", "source__team_id"):
        found[by_key[target]].add(team)
    return found


def case_choices(node: Node, words: str, here: Standing) -> QuerySet[Node]:
    """What could be a case of an insight: found by words, or the newest."""
    return thread.to_rest_on(node.programme, here, *serving(Use.CASE), words=words)


def ties_of(node: Node) -> dict[str, str]:
    """How each item is tied to an insight already, by its code."""
    return {link.source.code: link.relation for link in thread.sources_of(node) if not link.is_citation}


@dataclass(frozen=True)
class InsightsTab:
    """What the Learn tab shows of insights."""

    insights: list[tuple[Node, int]]
    recommendations: list[Recommendation]


def workspace(team: Team) -> InsightsTab:
    """The insights that rest on this team's work or were written by it, with how many teams each rests on."""
    nodes = thread.nodes_of(team.programme, "insight")
    mine = Q(team=team) | Q(into__source__team=team, into__withdrawn_at=None)
    found = list(nodes.filter(mine).distinct().order_by("-made_at")[:30])
    recommendations = Recommendation.objects.filter(node__programme=team.programme, node__withdrawn_at=None)
    listed = thread.within(team, recommendations.select_related("node").order_by("-made_on")[:20])
    teams = teams_behind(found)
    return InsightsTab([(node, len(teams.get(node, ()))) for node in found], listed)


def jobs(team: Team) -> list[Job]:
    """Insights of one team only, that another case could test."""
    nodes = list(thread.nodes_of(team.programme, "insight", team_id=team.pk).order_by("-made_at")[:10])
    teams = teams_behind(nodes)
    found = []
    for node in nodes:
        if len(teams.get(node, ())) < 2:
            page = reverse("insights:insight-cases", kwargs={"programme": team.programme.slug, "code": node.code})
            found.append(
                Job("An insight rests on one team.", f"“{node.title}” Does it ring true elsewhere?", page, "Add a case")
            )
    return found
