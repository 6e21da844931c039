"""Dumping the money of the teams."""

from typing import Any

from weft.act.grants.models import EntryKind, Grant, LedgerEntry, PlanChange
from weft.filing.writing import account, pounds, put, unless_noon
from weft.people.programmes.models import Programme
from weft.programme_file import schema_grants as part
from weft.provenance.file import Dumping


def grants(dump: Dumping, programme: Programme) -> list[dict[str, Any]]:
    """The books of the teams' money."""
    found = Grant.objects.filter(team__programme=programme).select_related("team", "held_by")
    return [_grant(dump, one) for one in found.order_by("awarded_on", "id")]


def _grant(dump: Dumping, grant: Grant) -> dict[str, Any]:
    spends = grant.entries.filter(kind=EntryKind.SPEND).select_related("corrected_by").order_by("id")
    return put(
        part.Grant,
        team=grant.team.slug,
        name=grant.name,
        amount=pounds(grant.amount_pence),
        awarded_on=grant.awarded_on,
        funder=grant.funder,
        held_by=grant.held_by.slug if grant.held_by else None,
        by=account(grant.made_by_id),
        plans=_plans(grant),
        spends=[_spend(dump, one) for one in spends],
    )


def _plans(grant: Grant) -> list[dict[str, Any]]:
    """Each plan as it stood, from the changes that led to it."""
    standing: dict[str, int] = {}
    plans = []
    for change in PlanChange.objects.filter(grant=grant).order_by("id").prefetch_related("entries"):
        for entry in change.entries.all():
            standing[entry.heading] = standing.get(entry.heading, 0) + entry.amount_pence
        plans.append(
            put(
                part.Plan,
                on=change.on,
                reason=change.reason,
                amounts={heading: pounds(pence) for heading, pence in sorted(standing.items()) if pence},
                by=account(change.made_by_id),
                made_at=unless_noon(change.made_at, change.on),
            )
        )
    return plans


def _spend(dump: Dumping, entry: LedgerEntry) -> dict[str, Any]:
    fix: LedgerEntry | None = getattr(entry, "corrected_by", None)
    correction = None
    if fix is not None:
        correction = put(
            part.Correction,
            on=fix.on,
            why=fix.what,
            by=account(fix.made_by_id),
            made_at=unless_noon(fix.made_at, fix.on),
        )
    return put(
        part.Spend,
        on=entry.on,
        amount=pounds(entry.amount_pence),
        heading=entry.heading,
        what=entry.what,
        project=dump.code(entry.project_id),
        by=account(entry.made_by_id),
        made_at=unless_noon(entry.made_at, entry.on),
        correction=correction,
    )
