"""A team's story so far, made of what was recorded, and its workspace with six tabs."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from weft.core.caching import kept
from weft.core.jobs import Job
from weft.listen.conversations import queries as conversations
from weft.pages.programme.queries import public_nodes
from weft.pages.weave.queries import Weave, woven
from weft.people.leads.models import Lead
from weft.people.leads.queries import lead_history
from weft.people.programmes.models import Membership, Team
from weft.people.programmes.queries import members
from weft.provenance.models import Node
from weft.provenance.queries import stamp
from weft.provenance.registry import STAGE_KEYS, STAGES, Shown, shown_on, spoken, tabs_of

KEPT_FOR = 30


@dataclass(frozen=True)
class TabHead:
    """A tab as it is drawn: what waits there, in a word or three."""

    key: str
    name: str
    url: str
    waits: str


@dataclass(frozen=True)
class Part:
    """One area on an open tab."""

    template: str
    work: Any


@dataclass(frozen=True)
class Workspace:
    """An open tab."""

    key: str
    name: str
    tabs: list[TabHead]
    jobs: list[Job]
    parts: list[Part]


def workspace(team: Team, key: str) -> Workspace:
    """The workspace with one tab open: what needs doing first, then what there is.

    Kept for half a minute, or until anybody does anything in the programme; answers to cards alone change nothing here
    that cannot wait so long.
    """
    return kept(
        f"tab-{team.pk}-{key}", stamp(team.programme), KEPT_FOR, lambda: _workspace(team, STAGE_KEYS.index(key))
    )


def _workspace(team: Team, stage: int) -> Workspace:
    counts = made_by_stage(team)
    areas = tabs_of(stage)
    jobs = [job for area in areas for job in area.jobs(team)]
    tabs = [
        TabHead(
            key, STAGES[number], team.tab(key), _waits(counts.get(number, 0), len(jobs) if number == stage else None)
        )
        for number, key in enumerate(STAGE_KEYS)
    ]
    parts = [Part(area.template, area.workspace(team)) for area in areas]
    return Workspace(STAGE_KEYS[stage], STAGES[stage], tabs, jobs, parts)


def made_by_stage(team: Team) -> dict[int, int]:
    """How many items a team has made in each stage. One query."""
    kinds = Node.objects.filter(team=team, withdrawn_at=None).exclude(kind__in=spoken())
    found: dict[int, int] = {}
    for node in kinds.only("kind"):
        found[node.about.stage] = found.get(node.about.stage, 0) + 1
    return found


def _waits(made: int, jobs: int | None) -> str:
    """What a tab says under its name."""
    if jobs:
        return f"{jobs} to do"
    return f"{made:,} made" if made else "nothing yet"


@dataclass(frozen=True)
class Moment:
    """One step of the story so far: when it began, and what there is of it."""

    stage: str
    since: datetime
    first: Node
    count: int
    words: str


@dataclass(frozen=True)
class Story:
    """A team's page."""

    cloth: Weave
    problem: Node | None
    moments: list[Moment]
    recent: dict[str, list[Node]]
    people: list[Membership]
    history: list[Lead]
    conversations: list[Any]


def story(team: Team, focus: str = "") -> Story:
    """A team's story so far. One query when all of it is kept, and five more when its weave alone is."""
    at = stamp(team.programme)
    cloth = woven(team.programme, team, focus, at)
    return replace(kept(f"story-{team.pk}", at, KEPT_FOR, lambda: _story(team, cloth)), cloth=cloth)


def _story(team: Team, cloth: Weave) -> Story:
    shown = shown_on(Shown.TEAM_PAGE)
    nodes = list(public_nodes(team.programme, *shown).filter(team=team)[:1000])
    by_kind = {kind: [node for node in nodes if node.kind == kind] for kind in shown}
    return Story(
        cloth=cloth,
        problem=by_kind["problem"][0] if by_kind["problem"] else None,
        moments=_moments(nodes),
        recent=by_kind,
        people=list(members(team.programme, team)),
        history=list(lead_history(team)[:12]),
        conversations=list(conversations.open_conversations(team.programme).filter(team=team)[:4]),
    )


def _moments(nodes: list[Node]) -> list[Moment]:
    """When each stage began, and what was made in it."""
    found = []
    for number, name in enumerate(STAGES):
        here = [node for node in reversed(nodes) if node.about.stage == number]
        if here:
            kinds: dict[str, int] = {}
            for node in here:
                kinds[node.kind] = kinds.get(node.kind, 0) + 1
            parts = [f"{n} {_named(kind, n)}" for kind, n in kinds.items()]
            found.append(
                Moment(name, here[0].made_at, here[0], len(here), " and ".join(", ".join(parts).rsplit(", ", 1)))
            )
    return found


def _named(kind: str, number: int) -> str:
    about = Node(kind=kind).about
    return about.name.lower() if number == 1 else about.plural
