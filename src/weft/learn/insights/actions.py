"""Saying what several teams learned, with every case for and against it, and recommending what should follow."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from weft.core import dates
from weft.core.errors import Refused
from weft.core.keys import saved_with
from weft.core.revisions import check_revision, facts_of
from weft.learn.insights.models import Insight, Recommendation
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.people.programmes.models import Programme, Team
from weft.provenance.actions import Source, cite, record, retitle, tie, untie, withdraw
from weft.provenance.models import Node, Relation
from weft.provenance.queries import own_words
from weft.provenance.visibility import Visibility

CASES = (Relation.SUPPORTS, Relation.CONTRADICTS)


@transaction.atomic
def make_insight(
    *,
    by: Actor,
    programme: Programme,
    title: str,
    text: str = "",
    team: Team | None = None,
    cases: Iterable[Source] = (),
    visibility: str = Visibility.PUBLIC,
    key: UUID | None = None,
    code: str | None = None,
    made_at: datetime | None = None,
) -> Insight:
    """Say what was learned. `cases` are what it rests on (supports) and what contradicts it."""
    if earlier := saved_with(key, Insight.objects.select_related("node")):
        return earlier
    node = record(
        by=by,
        kind="insight",
        programme=programme,
        team=team,
        title=title,
        text=text,
        sources=[case if isinstance(case, tuple) else (case, Relation.SUPPORTS) for case in cases],
        visibility=visibility,
        code=code,
        made_at=made_at,
    )
    insight = Insight.objects.create(node=node, text=text, key=key or uuid4())
    cite(by=by, node=node, texts=[text])
    audit(by=by, did="made insight", on=node)
    return insight


@transaction.atomic
def edit_insight(*, by: Actor, insight: Insight, title: str, text: str, revision: int) -> Insight:
    """Save an insight, unless somebody else saved it first."""
    insight = Insight.objects.select_for_update().select_related("node").get(pk=insight.pk)
    saved = {"title": insight.node.title, "text": insight.text}
    check_revision(revision, insight.revision, saved, {"title": title, "text": text})
    insight.text, insight.revision = text, insight.revision + 1
    insight.save(update_fields=["text", "revision"])
    retitle(by=by, node=insight.node, title=title, text=text)
    cite(by=by, node=insight.node, texts=[text])
    audit(by=by, did="edited insight", on=insight.node)
    return insight


@transaction.atomic
def tie_case(*, by: Actor, insight: Insight, source: Node, relation: str, note: str = "") -> None:
    """Say that an insight rests on a case, or that a case contradicts it. A case speaks one way only."""
    if relation not in CASES:
        raise Refused("A case supports an insight or contradicts it.")
    tie(by=by, source=source, target=insight.node, relation=relation, among=CASES, note=note)
    audit(by=by, did="tied case", on=insight.node, to=source.code)


@transaction.atomic
def untie_case(*, by: Actor, insight: Insight, source: Node, relation: str) -> None:
    """Take a case away from an insight."""
    untie(by=by, source=source, target=insight.node, relations=[relation], texts=[insight.text])
    audit(by=by, did="untied case", on=insight.node, to=source.code)


@transaction.atomic
def recommend(
    *,
    by: Actor,
    programme: Programme,
    title: str,
    text: str,
    to_role: str,
    team: Team | None = None,
    made_on: date | None = None,
    sources: Iterable[Source] = (),
    visibility: str = Visibility.PUBLIC,
    key: UUID | None = None,
    code: str | None = None,
    made_at: datetime | None = None,
) -> Recommendation:
    """Recommend something to somebody named by their role. It rests on at least one insight."""
    if earlier := saved_with(key, Recommendation.objects.select_related("node")):
        return earlier
    listed = [source if isinstance(source, tuple) else (source, Relation.INFORMS) for source in sources]
    if not any(source[0].kind == "insight" for source in listed):
        raise Refused("A recommendation rests on at least one insight. Pick one.")
    node = record(
        by=by,
        kind="recommendation",
        programme=programme,
        team=team,
        title=title,
        text=f"{text}\n{to_role}",
        sources=listed,
        visibility=visibility,
        code=code,
        made_at=made_at,
    )
    day = made_on or dates.today()
    recommendation = Recommendation.objects.create(
        node=node, text=text, to_role=to_role, made_on=day, state_on=day, key=key or uuid4()
    )
    cite(by=by, node=node, texts=[text])
    audit(by=by, did="recommended", on=node)
    return recommendation


@transaction.atomic
def edit_recommendation(
    *, by: Actor, recommendation: Recommendation, title: str, text: str, to_role: str, revision: int
) -> Recommendation:
    """Save a recommendation that has no answer yet."""
    found = Recommendation.objects.select_for_update().select_related("node").get(pk=recommendation.pk)
    saved = {"title": found.node.title, **facts_of(found, ("text", "to_role"))}
    check_revision(revision, found.revision, saved, {"title": title, "text": text, "to_role": to_role})
    if found.state not in {"asked", "acknowledged"}:
        raise Refused("This recommendation has an answer. Its words stand as they were answered.")
    found.text, found.to_role, found.revision = text, to_role, found.revision + 1
    found.save(update_fields=["text", "to_role", "revision"])
    retitle(by=by, node=found.node, title=title, text=f"{text}\n{to_role}")
    cite(by=by, node=found.node, texts=[text])
    audit(by=by, did="edited recommendation", on=found.node)
    return found


def set_state(*, recommendation: Recommendation, state: str, on: date) -> None:
    """What a recommendation has come to. Called where an answer is recorded, in its transaction."""
    recommendation.state, recommendation.state_on = state, on
    recommendation.save(update_fields=["state", "state_on"])


@transaction.atomic
def withdraw_insight(*, by: Actor, insight: Insight, at: datetime | None = None) -> list[Node]:
    """Take an insight back and leave its tombstone."""
    audit(by=by, did="withdrew insight", on=insight.node)
    said = own_words(insight.node, insight.node.title, insight.text)
    return withdraw(by=by, node=insight.node, said=said, at=at)


@transaction.atomic
def withdraw_recommendation(*, by: Actor, recommendation: Recommendation, at: datetime | None = None) -> list[Node]:
    """Take a recommendation back and leave its tombstone."""
    audit(by=by, did="withdrew recommendation", on=recommendation.node)
    said = own_words(recommendation.node, recommendation.node.title, recommendation.text)
    return withdraw(by=by, node=recommendation.node, said=said, at=at)
