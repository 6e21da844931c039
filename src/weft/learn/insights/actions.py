"""Saying what several teams learned, with every case for and against it, and recommending what should follow."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Required, Unpack

from django.db import transaction

from weft.core import dates
from weft.core.errors import Refused
from weft.core.inserts import update
from weft.learn.insights.models import Insight, Recommendation
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.provenance import items
from weft.provenance.actions import Source, tie, untie
from weft.provenance.items import NOTHING_TICKED, Facts, Made
from weft.provenance.models import AskState, Node, Relation
from weft.provenance.queries import sources_of
from weft.provenance.registry import Use, serving

CASES = (Relation.SUPPORTS, Relation.CONTRADICTS)


class InsightFacts(Facts, total=False):
    """What an insight says."""

    title: Required[str]
    text: str


class NewInsight(InsightFacts, Made, total=False):
    """What an insight is made with."""


@transaction.atomic
def make_insight(*, cases: Iterable[Source] = (), **facts: Unpack[NewInsight]) -> Insight:
    """Say what was learned. `cases` are what it rests on (supports) and what contradicts it."""
    tied = [case if isinstance(case, tuple) else (case, Relation.SUPPORTS) for case in cases]
    facts["sources"] = [*tied, *facts.get("sources", ())]
    return items.make(Insight, did="made insight", **facts)


@transaction.atomic
def edit_insight(*, by: Actor, row: Insight, revision: int | None, **facts: Unpack[InsightFacts]) -> Insight:
    """Save an insight, unless somebody else saved it first."""
    return items.edit(row, by=by, revision=revision, did="edited insight", **facts)


@transaction.atomic
def withdraw_insight(*, by: Actor, row: Insight, at: datetime | None = None) -> list[Node]:
    """Take an insight back and leave its tombstone."""
    return items.take_back(row, by=by, did="withdrew insight", at=at)


@transaction.atomic
def tie_case(*, by: Actor, row: Insight, source: Node, relation: str, note: str = "") -> None:
    """Say that an insight rests on a case, or that a case contradicts it. A case speaks one way only."""
    if relation not in CASES:
        raise Refused("A case supports an insight or contradicts it.")
    if source.kind not in serving(Use.CASE):
        raise Refused(f"{source.code} cannot be a case of an insight.")
    tie(by=by, source=source, target=row.node, relation=relation, among=CASES, note=note)
    audit(by=by, did="tied case", on=row.node, to=source.code)


@transaction.atomic
def untie_case(*, by: Actor, row: Insight, source: Node, relation: str) -> None:
    """Take a case away from an insight."""
    untie(by=by, source=source, target=row.node, relations=[relation], texts=[row.text])
    audit(by=by, did="untied case", on=row.node, to=source.code)


class RecommendationFacts(Facts, total=False):
    """What a recommendation says."""

    title: Required[str]
    text: Required[str]
    to_role: Required[str]


class NewRecommendation(RecommendationFacts, Made, total=False):
    """What a recommendation is made with."""


@transaction.atomic
def recommend(*, made_on: date | None = None, **facts: Unpack[NewRecommendation]) -> Recommendation:
    """Recommend something to somebody named by their role. It rests on at least one insight."""
    sources = facts["sources"] = list(facts.get("sources", ()))
    nodes = [*facts.get("ties", NOTHING_TICKED).ticked, *(one[0] if isinstance(one, tuple) else one for one in sources)]
    _check_lesson(node.kind for node in nodes)
    day = dates.has_come(made_on or dates.today(), "made_on")
    return items.make(Recommendation, did="recommended", made_on=day, state_on=day, **facts)


def _check_lesson(kinds: Iterable[str], field: str | None = None) -> None:
    """Among what a recommendation rests on there is an insight."""
    if not set(kinds) & {*serving(Use.LESSON)}:
        raise Refused("A recommendation rests on at least one insight. Pick one.", field=field)


@transaction.atomic
def edit_recommendation(
    *, by: Actor, row: Recommendation, revision: int | None, **facts: Unpack[RecommendationFacts]
) -> Recommendation:
    """Save a recommendation. Once it is answered only its ties can be changed."""
    row = items.lock(row)
    if row.state not in {AskState.ASKED, AskState.ACKNOWLEDGED} and items.says_otherwise(row, facts):
        raise Refused("This recommendation has an answer. Its words stand as they were answered.")
    row = items.edit(row, by=by, revision=revision, did="edited recommendation", **facts)
    if "ties" in facts:
        _check_lesson(sources_of(row.node).values_list("source__kind", flat=True), "sources")
    return row


@transaction.atomic
def withdraw_recommendation(*, by: Actor, row: Recommendation, at: datetime | None = None) -> list[Node]:
    """Take a recommendation back and leave its tombstone."""
    return items.take_back(row, by=by, did="withdrew recommendation", at=at)


def set_state(*, row: Recommendation, state: str, on: date) -> None:
    """What a recommendation has come to. Called where an answer is recorded, in its transaction."""
    row.state, row.state_on = state, on
    update(row, "state", "state_on")
