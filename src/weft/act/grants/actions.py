"""Money: awarding it, planning and re-planning it, spending it, and putting an entry right."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from weft.act.grants import queries
from weft.act.grants.models import EntryKind, Grant, LedgerEntry, PlanChange
from weft.act.projects.models import Project
from weft.core import dates
from weft.core.errors import Refused
from weft.core.keys import saved_with
from weft.core.money import pounds
from weft.core.revisions import check_revision
from weft.people.accounts.models import User
from weft.people.audit.actions import audit
from weft.people.programmes.models import Organisation, Team


@transaction.atomic
def award(
    *,
    by: User | None,
    team: Team,
    name: str,
    amount_pence: int,
    awarded_on: date | None = None,
    funder: str = "",
    held_by: Organisation | None = None,
) -> Grant:
    """Award money to a team. What it is for is the team's to say."""
    grant = Grant.objects.create(
        team=team,
        name=name,
        amount_pence=amount_pence,
        awarded_on=dates.has_come(awarded_on or dates.today(), "awarded_on"),
        funder=funder,
        held_by=held_by,
        made_by=by,
    )
    audit(by=by, did="awarded grant", on=grant, team=team, pence=amount_pence)
    return grant


@transaction.atomic
def plan(
    *,
    by: User | None,
    grant: Grant,
    amounts: Mapping[str, int],
    reason: str,
    on: date | None = None,
    key: UUID | None = None,
    made_at: datetime | None = None,
    revision: int | None = None,
) -> PlanChange:
    """Say what the money is meant for now: pence by heading. The difference to the plan before is entered.

    The first plan needs no reason; every later one does, and nobody's permission. `revision` is how many changes of
    plan there were when the page was opened; where there were more since, both plans are shown.
    """
    if earlier := saved_with(key, PlanChange.objects.all()):
        return earlier
    Grant.objects.select_for_update().get(pk=grant.pk)
    now = planned(grant)
    headings = sorted({*now, *amounts})
    saved, sent = ({name: pounds(plan.get(name, 0)) for name in headings} for plan in (now, amounts))
    check_revision(revision, queries.plan_revision(grant), saved, sent)
    if now and not reason.strip():
        raise Refused("Say in a few words why the plan changes.")
    total = sum(amounts.values())
    if total > grant.amount_pence:
        over = pounds(total - grant.amount_pence)
        raise Refused(f"That plans {over} more than the grant has. Lower one of the amounts.")
    moved = {heading: amounts.get(heading, 0) - now.get(heading, 0) for heading in {*now, *amounts}}
    if not any(moved.values()):
        raise Refused("That is the plan as it stands. Nothing was changed.")
    change = PlanChange.objects.create(
        grant=grant,
        on=dates.has_come(on or dates.today()),
        reason=reason,
        made_by=by,
        made_at=made_at or timezone.now(),
        key=key or uuid4(),
    )
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            grant=grant,
            kind=EntryKind.PLAN,
            heading=heading,
            on=change.on,
            amount_pence=pence,
            change=change,
            made_by=by,
            made_at=change.made_at,
            key=uuid4(),
        )
        for heading, pence in sorted(moved.items())
        if pence
    )
    audit(by=by, did="changed plan", on=grant, team=grant.team)
    return change


def planned(grant: Grant) -> dict[str, int]:
    """Pence planned by heading, headings with nothing left out."""
    sums: dict[str, int] = {}
    for heading, pence in (
        grant.entries.filter(kind=EntryKind.PLAN).order_by("id").values_list("heading", "amount_pence")
    ):
        sums[heading] = sums.get(heading, 0) + pence
    return {heading: pence for heading, pence in sums.items() if pence}


@transaction.atomic
def spend(
    *,
    by: User | None,
    grant: Grant,
    amount_pence: int,
    heading: str,
    what: str = "",
    on: date | None = None,
    project: Project | None = None,
    key: UUID | None = None,
    made_at: datetime | None = None,
) -> LedgerEntry:
    """Enter money spent. The same key twice is one entry. Spending over a heading is shown and not refused."""
    if earlier := saved_with(key, LedgerEntry.objects.all()):
        return earlier
    if amount_pence <= 0:
        raise Refused("An amount spent is more than nothing. To put an entry right, use “Put it right” beside it.")
    entry = LedgerEntry.objects.create(
        grant=grant,
        kind=EntryKind.SPEND,
        heading=heading,
        on=dates.has_come(on or dates.today()),
        amount_pence=amount_pence,
        what=what,
        project=project,
        made_by=by,
        made_at=made_at or timezone.now(),
        key=key or uuid4(),
    )
    audit(by=by, did="entered spend", on=entry, team=grant.team, pence=amount_pence)
    return entry


@transaction.atomic
def correct(
    *,
    by: User | None,
    entry: LedgerEntry,
    why: str,
    on: date | None = None,
    key: UUID | None = None,
    made_at: datetime | None = None,
) -> LedgerEntry:
    """Reverse an entry with a new line; the old one stays and is struck through. An entry is reversed once."""
    if earlier := saved_with(key, LedgerEntry.objects.all()):
        return earlier
    entry = LedgerEntry.objects.select_for_update().select_related("grant__team").get(pk=entry.pk)
    if entry.kind != EntryKind.SPEND:
        raise Refused("Only money spent is put right like this. To change the plan, change the plan.")
    if LedgerEntry.objects.filter(corrects=entry).exists():
        raise Refused("This entry was put right already.")
    reversal = LedgerEntry.objects.create(
        grant=entry.grant,
        kind=EntryKind.CORRECTION,
        heading=entry.heading,
        on=dates.has_come(on or dates.today()),
        amount_pence=-entry.amount_pence,
        what=why,
        project=entry.project,
        corrects=entry,
        made_by=by,
        made_at=made_at or timezone.now(),
        key=key or uuid4(),
    )
    audit(by=by, did="corrected entry", on=reversal, team=entry.grant.team)
    return reversal
