"""What the first pages say: the programmes, and one programme with its teams, insights, report and asks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet, prefetch_related_objects

from weft.act.manifestos.queries import OPEN
from weft.act.projects.models import ProjectState
from weft.core import dates
from weft.core.caching import kept
from weft.listen.conversations.models import Conversation
from weft.listen.conversations.queries import open_conversations
from weft.pages.weave.queries import Weave, ending, woven
from weft.people.programmes.models import Programme, Team
from weft.people.programmes.queries import public_programmes
from weft.provenance.models import AskState, Node
from weft.provenance.queries import stamp
from weft.provenance.registry import STAGES, Shown, shown_on
from weft.provenance.visibility import public
from weft.share.reports.models import Edition

KEPT_FOR = 30
NEWEST = 2000


@dataclass(frozen=True)
class TeamCard:
    """A team as the programme page shows it."""

    team: Team
    places: str
    problem: Node | None
    stage: str
    doing: str


@dataclass(frozen=True)
class End:
    """How some asks ended: the state, its words, and how many or since when."""

    state: str
    words: str
    detail: str


@dataclass(frozen=True)
class Front:
    """Everything on a programme's page."""

    cloth: Weave
    teams: list[TeamCard]
    insights: list[Node]
    edition: Edition | None
    asks: int
    answered: int
    ends: list[End]
    conversations: list[Conversation]


def front(programme: Programme, focus: str = "") -> Front:
    """A programme's page. One query when all of it is kept, and five more when its weave alone is."""
    at = stamp(programme)
    cloth = woven(programme, focus=focus, at=at)
    return replace(kept("front", at, KEPT_FOR, lambda: _front(programme, cloth)), cloth=cloth)


def _front(programme: Programme, cloth: Weave) -> Front:
    nodes = list(public_nodes(programme, *shown_on(Shown.PROGRAMME_PAGE), "insight").select_related("project")[:NEWEST])
    editions = Edition.objects.filter(report__programme=programme, node__withdrawn_at=None).select_related("node")
    return Front(
        cloth=cloth,
        teams=team_cards(programme, nodes),
        insights=[node for node in nodes if node.kind == "insight"][:8],
        edition=editions.order_by("-number").first(),
        asks=len(cloth.asked),
        answered=sum(state in {AskState.YES, AskState.PARTLY, AskState.NO} for state, _ in cloth.asked),
        ends=ends(cloth.asked),
        conversations=list(open_conversations(programme)[:6]),
    )


def public_nodes(programme: Programme, *kinds: str) -> QuerySet[Node]:
    """Standing public items of some kinds, the newest first."""
    found = Node.objects.filter(programme=programme, kind__in=kinds, withdrawn_at=None).filter(public())
    return found.select_related("team", "programme").order_by("-made_at", "-id")


def team_cards(programme: Programme, nodes: Iterable[Node]) -> list[TeamCard]:
    """The teams with the problem each is on, the stage it is in and what it tries, from the newest items.

    Two queries, or one when the teams are known.
    """
    prefetch_related_objects([programme], "teams__places")
    newest: dict[int, Node] = {}
    problems: dict[int, Node] = {}
    running: Counter[tuple[int, str]] = Counter()
    cards = shown_on(Shown.PROGRAMME_PAGE)
    for node in nodes:
        if node.team_id is None or node.kind not in cards:
            continue
        newest.setdefault(node.team_id, node)
        if node.kind == "problem":
            problems.setdefault(node.team_id, node)
        if node.kind == "project":
            running[node.team_id, node.project.state] += 1
    return [
        TeamCard(
            team=team,
            places=" and ".join(place.name for place in team.places.all()),
            problem=problems.get(team.pk),
            stage=STAGES[newest[team.pk].about.stage] if team.pk in newest else "",
            doing=_doing({state: running[team.pk, state] for state in ProjectState.values}),
        )
        for team in programme.teams.all()
    ]


def _doing(states: dict[str, int]) -> str:
    """ "Two projects running, one ended." """
    order = (ProjectState.RUNNING, ProjectState.PLANNED, ProjectState.ENDED)
    parts = [f"{states[state]} {state.label.lower()}" for state in order if states.get(state)]
    if not parts:
        return ""
    first = next(states[state] for state in order if states.get(state))
    return f"Projects: {', '.join(parts)}." if sum(states.values()) > 1 or first > 1 else f"One project {parts[0][2:]}."


def ends(asks: Iterable[tuple[str, date]]) -> list[End]:
    """How the asks ended, the answered first, then who waits, then silence."""
    grouped: dict[tuple[str, str], list[date]] = {}
    for state, asked_on in asks:
        answer = ending(state, asked_on)
        key = "silence" if answer.end == "silent" else state
        grouped.setdefault((key, answer.word), []).append(asked_on)
    order = [AskState.YES, AskState.PARTLY, AskState.NO, AskState.ACKNOWLEDGED, AskState.ASKED, "silence"]
    found = []
    for (state, word), days in sorted(grouped.items(), key=lambda pair: order.index(pair[0][0])):
        waits = state in {*OPEN, "silence"}
        longest = dates.days_since(min(days))
        detail = f"to {len(days)}" if not waits else f"{len(days)}, the longest for {longest} days"
        found.append(End(state, AskState.NO.label if state == AskState.NO else word, detail))
    return found


def programmes() -> QuerySet[Programme]:
    """The programmes that everybody may see."""
    return public_programmes()
