"""The convenor's board: every team at every stage, what needs the convenor now, and the money."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Max, Q, Sum
from django.urls import reverse
from django.utils import timezone

from weft.act.grants.models import EntryKind, Grant, LedgerEntry
from weft.act.manifestos.models import Ask
from weft.act.manifestos.queries import is_silent
from weft.act.projects.models import Project, ProjectState
from weft.core import counts, dates
from weft.core.caching import kept
from weft.core.jobs import Job
from weft.core.money import pounds
from weft.core.tables import Column, Link, Table, numbers
from weft.listen.conversations import queries as conversations
from weft.listen.conversations.models import Conversation
from weft.listen.conversations.queries import ConversationsTab
from weft.listen.left import queries as left
from weft.listen.stories import queries as stories
from weft.listen.stories.queries import StoriesTab
from weft.people.leads.models import Lead
from weft.people.programmes.models import IN_DANGER, Programme, Team
from weft.provenance.models import Node
from weft.provenance.queries import stamp, within
from weft.provenance.registry import STAGES
from weft.sense.findings.models import Gap
from weft.sense.maps import queries as maps
from weft.sense.maps.queries import MapsTab

QUIET_DAYS = 45
KEPT_FOR = 30
NOT_YOUR_OWN = "The words for somebody in danger do not say yet whom your own people can call."


@dataclass(frozen=True)
class Cell:
    """One team at one stage: the number in words, what it counts, and a second line that may be due."""

    stage: str
    number: int | str
    noun: str
    small: str = ""
    is_due: bool = False


@dataclass(frozen=True)
class Row:
    """One team on the board."""

    team: Team
    places: str
    lead: str
    cells: list[Cell]


@dataclass(frozen=True)
class Money:
    """A team's seed money, in pence."""

    team: Team
    granted: int
    spent: int

    @property
    def left(self) -> int:
        """What is not spent."""
        return self.granted - self.spent

    @property
    def share(self) -> int:
        """The percentage of it that is spent."""
        return min(100, max(0, round(100 * self.spent / self.granted))) if self.granted else 0


@dataclass(frozen=True)
class Asked:
    """What the whole programme asks, what came of it, and what waits there."""

    jobs: list[Job]
    conversations: ConversationsTab
    stories: StoriesTab
    maps: MapsTab


@dataclass(frozen=True)
class Board:
    """The cohort."""

    jobs: list[Job]
    rows: list[Row]
    money: list[Money]
    asked: Asked | None

    @property
    def money_table(self) -> Table:
        """What each team was given and has spent."""
        rows = [
            (Link(one.team.tab("act"), str(one.team)), pounds(one.granted), pounds(one.spent), pounds(one.left))
            for one in self.money
        ]
        return Table("Seed money by team", [Column("Team"), *numbers("Given", "Spent", "Left")], rows)


Counts = Counter[tuple[int | None, str]]


def board(programme: Programme) -> Board:
    """The whole board. One query when it is kept; however many teams, some twelve more when it is not.

    Where the whole programme asks something, it is eleven beside these.
    """
    return kept("board", stamp(programme), KEPT_FOR, lambda: _board(programme))


def _board(programme: Programme) -> Board:
    teams = list(programme.teams.prefetch_related("places"))
    nodes = Node.objects.filter(programme=programme, withdrawn_at=None)
    made: Counts = Counter({(t, k): n for t, k, n in nodes.values_list("team", "kind").annotate(n=Count("id"))})
    asks = list(
        Ask.objects.filter(node__programme=programme, node__withdrawn_at=None).select_related("node", "node__team")
    )
    rows = _rows(programme, teams, made, asks)
    latest = dict(nodes.filter(team__isnull=False).values_list("team").annotate(last=Max("made_at")))
    asked = _asked(programme)
    jobs = [*(asked.jobs if asked else ()), *left.jobs(programme), *_jobs(programme, teams, asks, latest)]
    return Board(jobs, rows, _money(programme, teams), asked)


def _asked(programme: Programme) -> Asked | None:
    """What the whole programme asks, if it asks anything. One query where it does not, twelve where it does."""
    if not conversations.conversations_of(programme).exists():
        return None
    return Asked(
        jobs=[*conversations.jobs(programme), *stories.jobs(programme), *maps.jobs(programme)],
        conversations=conversations.workspace(programme),
        stories=stories.workspace(programme),
        maps=maps.workspace(programme),
    )


def _rows(programme: Programme, teams: list[Team], made: Counts, asks: list[Ask]) -> list[Row]:
    """The rows of the board."""
    people = {
        team: (said, is_open)
        for team, said, is_open in Conversation.objects.filter(programme=programme)
        .values_list("team")
        .annotate(
            said=Count("participants", filter=Q(participants__withdrawn_at=None)),
            open=Count("id", filter=Q(closed_at=None), distinct=True),
        )
    }
    gaps = Counter(
        Gap.objects.filter(node__programme=programme, node__withdrawn_at=None, closed_at=None).values_list(
            "node__team", flat=True
        )
    )
    running = Counter(
        Project.objects.filter(
            node__programme=programme, node__withdrawn_at=None, state=ProjectState.RUNNING
        ).values_list("node__team", flat=True)
    )
    leads = {
        lead.team_id: f"{lead.membership.organisation or lead.membership.user} leads since {dates.short(lead.from_on)}"
        for lead in Lead.objects.filter(team__programme=programme, to_on=None, supports=False)
        .select_related("membership__user", "membership__organisation")
        .order_by("from_on", "id")
    }
    silent = Counter(ask.node.team_id for ask in asks if is_silent(ask.state, ask.asked_on))
    rows = []
    for team in teams:
        key = team.pk
        said, open_now = people.get(key, (0, 0))
        quiet = silent[key]
        talks = f"{open_now} open" if open_now else "closed" if said else ""
        cells = [
            Cell(STAGES[0], counts.figure(said, inside=True), "voices", talks),
            Cell(STAGES[1], made[key, "finding"], "findings", _some(gaps[key], "gap open", "gaps open")),
            Cell(STAGES[2], made[key, "problem"], "problem statements"),
            Cell(STAGES[3], made[key, "project"], "projects", f"{running[key]} running" if running[key] else ""),
            Cell(STAGES[4], made[key, "reflection"], "reflections"),
            Cell(STAGES[5], made[key, "ask"], "asks", _some(quiet, "silent", "silent"), bool(quiet)),
        ]
        places = " and ".join(place.name for place in team.places.all())
        rows.append(Row(team, places, leads.get(key, ""), cells))
    return rows


def _some(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def _jobs(programme: Programme, teams: list[Team], asks: list[Ask], latest: dict[int, object]) -> list[Job]:
    """What needs the convenor now."""
    jobs = []
    if programme.in_danger == IN_DANGER:
        edit = reverse("programmes:edit", args=[programme.slug])
        jobs.append(Job(NOT_YOUR_OWN, "They stand beside every story that is told.", edit, "Write them"))
    silent = sorted((one for one in asks if is_silent(one.state, one.asked_on)), key=lambda one: one.asked_on)
    for ask in within(programme, silent[:5]):
        what = f"{ask.node.code} has had no reply for {dates.days_since(ask.asked_on)} days."
        jobs.append(
            Job(what, f"{ask.node.title}. Asked of: {ask.to_role}.", ask.node.get_absolute_url(), "Open the ask")
        )
    since = timezone.now() - timedelta(days=QUIET_DAYS)
    for team in teams:
        last = latest.get(team.pk)
        if last is None or last < since:  # type: ignore[operator]
            when = f"has recorded nothing since {dates.day(last)}." if last else "has recorded nothing yet."  # type: ignore[arg-type]
            jobs.append(Job(f"{team} {when}", "Ask how they are.", team.get_absolute_url(), "Open its page"))
    return jobs


def _money(programme: Programme, teams: list[Team]) -> list[Money]:
    """What each team was given and has spent. Two queries."""
    granted = dict(
        Grant.objects.filter(team__programme=programme).values_list("team").annotate(sum=Sum("amount_pence"))
    )
    spends = LedgerEntry.objects.filter(grant__team__programme=programme).exclude(kind=EntryKind.PLAN)
    spent = dict(
        spends.exclude(corrects__kind=EntryKind.PLAN).values_list("grant__team").annotate(sum=Sum("amount_pence"))
    )
    return [Money(team, granted[team.pk], spent.get(team.pk, 0) or 0) for team in teams if team.pk in granted]
