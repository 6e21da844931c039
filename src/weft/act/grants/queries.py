"""Reading the book: what was given, what is meant for what, what was spent."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse

from weft.act.grants.models import EntryKind, Grant, LedgerEntry, PlanChange
from weft.core.access import found_or_404
from weft.core.jobs import Job
from weft.core.money import amount
from weft.core.tables import Column, Table, numbers
from weft.people.programmes.models import Team


@dataclass(frozen=True)
class Heading:
    """One heading of a grant, in pence."""

    name: str
    planned: int
    spent: int

    @property
    def left(self) -> int:
        """What is planned and not yet spent; negative where more was spent."""
        return self.planned - self.spent


@dataclass(frozen=True)
class Balance:
    """A grant and its headings, in pence."""

    grant: Grant
    spent: int
    headings: list[Heading]

    @property
    def left(self) -> int:
        """What is not spent."""
        return self.grant.amount_pence - self.spent

    @property
    def table(self) -> Table:
        """The headings as a table."""
        rows = [(one.name, *(amount(pence) for pence in (one.planned, one.spent, one.left))) for one in self.headings]
        columns = [Column("Heading"), *numbers("Planned", "Spent", "Left")]
        return Table("Planned, spent and left by heading, in pounds", columns, rows)

    @property
    def unplanned(self) -> int:
        """What is given and not planned for anything."""
        return self.grant.amount_pence - sum(heading.planned for heading in self.headings)


def balances(team: Team) -> list[Balance]:
    """Every grant of a team with its headings. Two queries."""
    grants = list(team.grants.select_related("held_by"))
    planned: dict[tuple[int, str], int] = {}
    spent: dict[tuple[int, str], int] = {}
    rows = (
        LedgerEntry.objects.filter(grant__team=team)
        .values_list("grant", "heading")
        .annotate(
            planned=Sum("amount_pence", filter=Q(kind=EntryKind.PLAN)),
            spent=Sum("amount_pence", filter=~Q(kind=EntryKind.PLAN)),
        )
        .order_by("heading")
    )
    names: dict[int, list[str]] = defaultdict(list)
    for key, heading, plan, gone in rows:
        planned[key, heading], spent[key, heading] = plan or 0, gone or 0
        if plan or gone:
            names[key].append(heading)
    return [
        Balance(
            grant,
            sum(pence for (key, _), pence in spent.items() if key == grant.pk),
            [Heading(name, planned[grant.pk, name], spent[grant.pk, name]) for name in names[grant.pk]],
        )
        for grant in grants
    ]


def grant_of(team: Team, key: int) -> Grant:
    """One grant of a team."""
    return found_or_404(team.grants.select_related("held_by").filter(pk=key))


def balance(grant: Grant) -> Balance:
    """One grant with its headings."""
    return next(one for one in balances(grant.team) if one.grant.pk == grant.pk)


def plan_revision(grant: Grant) -> int:
    """How often the plan of a grant was changed."""
    return grant.changes.count()


def entry_of(grant: Grant, key: int) -> LedgerEntry:
    """One line of the book."""
    return found_or_404(grant.entries.filter(pk=key))


@dataclass(frozen=True)
class Line:
    """One line as the book shows it: an entry, or a change of plan with what moved."""

    on: date
    entry: LedgerEntry | None
    change: PlanChange | None
    moved: list[LedgerEntry]


def book(grant: Grant) -> list[Line]:
    """The whole book of a grant, the newest first. Two queries."""
    entries = grant.entries.exclude(kind=EntryKind.PLAN).select_related("project__node", "made_by", "corrected_by")
    lines = [Line(entry.on, entry, None, []) for entry in entries]
    changes: QuerySet[Any] = grant.changes.select_related("made_by").prefetch_related("entries")
    lines += [Line(change.on, None, change, list(change.entries.all())) for change in changes]
    return sorted(lines, key=lambda line: (line.on, (line.entry or line.change).made_at), reverse=True)  # type: ignore[union-attr]


@dataclass(frozen=True)
class GrantsTab:
    """What the Act tab shows of money."""

    balances: list[Balance]


def workspace(team: Team) -> GrantsTab:
    """A team's money."""
    return GrantsTab(balances(team))


def jobs(team: Team) -> list[Job]:
    """Money that is not planned for anything yet, and headings where more was spent than planned."""
    found = []
    for one in balances(team):
        page = reverse("grants:plan", args=[team.programme.slug, team.slug, one.grant.pk])
        if not one.headings:
            found.append(Job(f"Say what {one.grant.name} is for.", "A first plan, that may change.", page, "Plan it"))
        over = [heading.name for heading in one.headings if heading.left < 0]
        if over:
            found.append(
                Job(f"More was spent than planned on {', '.join(over)}.", "The plan may change.", page, "Re-plan")
            )
    return found
