"""Dumping the items of Act, Learn and Share, and the money."""

from typing import Any

from django.db.models import Model
from django.utils import timezone

from weft.act.grants.models import EntryKind, Grant, LedgerEntry, PlanChange
from weft.act.manifestos.models import Ask, Manifesto
from weft.act.projects.models import Activity, Project
from weft.filing.writing import account, pounds, put, unless, unless_noon
from weft.learn.insights.models import Insight, Recommendation
from weft.learn.reflections.models import Reflection
from weft.people.programmes.models import Programme, Venue
from weft.programme_file import schema_act as part
from weft.programme_file.dump_items import Dumper, Dumping
from weft.provenance.models import Node, Relation
from weft.share.responses.models import Mark, Promise, Response


def _venue(venue: Venue | None) -> str | None:
    return f"{venue.place.slug}/{venue.slug}" if venue else None


def project(dump: Dumping, node: Node, row: Project) -> dict[str, Any]:
    tries = [
        put(
            part.Try,
            trying=one.trying,
            why_changed=one.why_changed,
            since_on=one.since_on,
            by=account(unless(one.made_by_id, node.made_by_id)),
            made_at=unless_noon(one.made_at, one.since_on),
        )
        for one in row.iterations.order_by("number")
    ]
    return put(
        part.Project,
        **dump.titled(node, Relation.ADDRESSES),
        purpose=row.purpose,
        state=row.state,
        lead=account(row.lead.user_id) if row.lead else None,
        partners=sorted(row.partners.values_list("slug", flat=True)),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        tries=tries,
    )


def activity(dump: Dumping, node: Node, row: Activity) -> dict[str, Any]:
    code = dump.nodes[row.project_id].code
    return put(
        part.Activity,
        **dump.common(node, Relation.INFORMS, without=[(code, Relation.PRODUCED)]),
        title=node.title,
        project=code,
        on=row.on,
        venue=_venue(row.venue),
        attendance=row.attendance,
        is_universal=row.is_universal,
        designed_with=row.designed_with,
        notes=row.notes,
    )


def manifesto(dump: Dumping, node: Node, row: Manifesto) -> dict[str, Any]:
    return put(
        part.Manifesto,
        **dump.titled(node, Relation.INFORMS),
        preamble=row.preamble,
        place=row.place.slug if row.place else None,
        made_with=row.made_with,
    )


def ask(dump: Dumping, node: Node, row: Ask) -> dict[str, Any]:
    code = dump.code(row.manifesto_id)
    return put(
        part.Ask,
        **dump.titled(node, Relation.INFORMS, without=[(code, Relation.PRODUCED)]),
        text=row.text,
        to_role=row.to_role,
        to_organisation=row.to_organisation.slug if row.to_organisation else None,
        asked_on=row.asked_on,
        answer_by=row.answer_by,
        manifesto=code,
        events=[put(part.Event, kind=e.kind, on=e.on, note=e.note) for e in row.events.order_by("on", "id")],
    )


def reflection(dump: Dumping, node: Node, row: Reflection) -> dict[str, Any]:
    code = dump.code(row.project_id)
    names = ("on", "outcome", "tried", "expected", "happened", "learned", "next")
    common = dump.titled(node, Relation.INFORMS, without=[(code, Relation.PRODUCED)])
    return put(part.Reflection, **common, project=code, **{name: getattr(row, name) for name in names})


def insight(dump: Dumping, node: Node, row: Insight) -> dict[str, Any]:
    return put(part.Insight, **dump.titled(node, Relation.SUPPORTS), text=row.text)


def recommendation(dump: Dumping, node: Node, row: Recommendation) -> dict[str, Any]:
    made_on = unless(row.made_on, timezone.localtime(node.made_at).date())
    common = dump.titled(node, Relation.INFORMS)
    return put(part.Recommendation, **common, text=row.text, to_role=row.to_role, made_on=made_on)


def response(dump: Dumping, node: Node, row: Response) -> dict[str, Any]:
    to = dump.nodes[row.to_id]
    marks = row.marks.select_related("team", "participant__conversation")
    common = dump.common(node, Relation.INFORMS, visible=to.visibility, without=[(to.code, Relation.ANSWERS)])
    return put(
        part.Response,
        **common,
        to=to.code,
        answer=row.answer,
        reasons=row.reasons,
        by_role=row.by_role,
        organisation=row.organisation.slug if row.organisation else None,
        on=row.on,
        promises=[_promise(one, row) for one in row.promises.order_by("id")],
        marks=sorted((_mark(one, node) for one in marks), key=lambda one: (str(one.get("team")), str(one))),
    )


def _promise(one: Promise, response: Response) -> dict[str, Any]:
    usual = one.kept_on or one.by_on or response.on
    names = ("what", "by_on", "kept_on", "is_broken", "update")
    facts = {name: getattr(one, name) for name in names}
    return put(part.Promise, **facts, updated_on=unless(one.updated_on, usual))


def _mark(one: Mark, node: Node) -> dict[str, Any]:
    who = one.participant
    return put(
        part.Mark,
        team=one.team.slug if one.team else None,
        participant=[who.conversation.code, who.number] if who else None,
        answer=one.answer,
        why=one.why,
        by=account(one.made_by_id),
        made_at=unless(one.made_at, node.made_at),
    )


TABLES: dict[str, tuple[type[Model], Dumper, tuple[str, ...]]] = {
    "project": (Project, project, ("lead",)),
    "activity": (Activity, activity, ("venue__place",)),
    "manifesto": (Manifesto, manifesto, ("place",)),
    "ask": (Ask, ask, ("to_organisation",)),
    "reflection": (Reflection, reflection, ()),
    "insight": (Insight, insight, ()),
    "recommendation": (Recommendation, recommendation, ()),
    "response": (Response, response, ("organisation",)),
}


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
