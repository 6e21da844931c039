"""Findings with how sure the team is, and gaps with how they were closed, in the programme file."""

from collections.abc import Iterator
from typing import Any, Literal

from django.utils import timezone

from weft.filing.items import part_of
from weft.filing.lines import Path
from weft.filing.loading import Loading, when
from weft.filing.parts import Day, ItemCode, Moment, Part, may, need
from weft.filing.steps import Step
from weft.filing.writing import put, unless
from weft.provenance.actions import link
from weft.provenance.file import Dumping, facts, filed, person, tie, ties, told, whole
from weft.provenance.models import Node, Relation
from weft.sense.findings.actions import EVIDENCE, QUESTIONS, answer_questions, close_gap, make_finding, make_gap
from weft.sense.findings.models import Finding, Gap, Worry
from weft.sense.findings.nouns import FINDING, GAP

WORRY = {"few": Worry.FEW, "some": Worry.SOME, "many": Worry.MANY}
NAMED = {worry: name for name, worry in WORRY.items()}


class Answer(Part):
    """One answer on how sure the team is."""

    worry: Literal["few", "some", "many"] = need("How many worries.")
    reason: str = need("Why.", 600)


class Confidence(Part):
    """How sure the team is of a finding, in four questions."""

    method: Answer | None = may(None, "How the evidence was made.")
    coherence: Answer | None = may(None, "Whether the evidence fits together.")
    adequacy: Answer | None = may(None, "Whether there is enough of it.")
    relevance: Answer | None = may(None, "Whether it is about this place and question.")


class Closed(Part):
    """That a gap is closed."""

    at: Moment | None = may(None, "When; when the evidence was made.")
    by: ItemCode = need("The code of the item that closes it.")
    how: str = need("How.", 600)


FINDINGS = part_of(
    FINDING,
    confidence=(Confidence | None, may(None, "How sure the team is.")),
    asked_on=(Day | None, may(None, "When the team answered; the day it was made.")),
)
GAPS = part_of(GAP, closed=(Closed | None, may(None, "How it was closed; left out while it is open.")))


def load_finding(load: Loading, item: Any, path: Path) -> Node:
    """Write down a claim with its evidence, and how sure the team is."""
    tied, by = ties(load, item, Relation.SUPPORTS), person(load, item.by)
    made = make_finding(**told(load, item), **facts(load, item), evidence=[one for one in tied if one[1] in EVIDENCE])
    for other, relation, note in tied:
        if relation not in EVIDENCE:
            link(by=by, source=other, target=made.node, relation=relation, note=note)
    if item.confidence:
        asked = [(question, getattr(item.confidence, question)) for question in QUESTIONS]
        answers = {question: (WORRY[one.worry], one.reason) for question, one in asked if one}
        day = item.asked_on or timezone.localtime(made.node.made_at).date()
        answer_questions(by=by, row=made, answers=answers, asked_on=day)
    return made.node


def dump_finding(dump: Dumping, node: Node, row: Finding) -> dict[str, Any]:
    """The keys of a finding, evidence first."""

    def is_evidence(rest: dict[str, Any]) -> bool:
        return rest.get("relation", Relation.SUPPORTS) in EVIDENCE

    asked = {question: _answer(row, question) for question in QUESTIONS}
    made_on = timezone.localtime(node.made_at).date()
    return put(
        FINDINGS,
        **dump.titled(node, Relation.SUPPORTS, first=is_evidence),
        **dump.values(row),
        confidence=put(Confidence, **asked) or None,
        asked_on=unless(row.asked_on, made_on),
    )


def _answer(row: Finding, question: str) -> dict[str, Any] | None:
    worry = getattr(row, f"{question}_worry")
    return put(Answer, worry=NAMED[worry], reason=getattr(row, f"{question}_reason")) if worry else None


def load_gap(load: Loading, item: Any, path: Path) -> Node:
    """Write down what is not known; it is closed in a step of its own."""
    made = make_gap(**told(load, item), **facts(load, item))
    return tie(load, made.node, item, Relation.INFORMS)


def closing(load: Loading, item: Any, path: Path) -> Iterator[Step]:
    """Close a gap by the evidence that the file names."""
    if item.closed:

        def close(load: Any) -> None:
            node, evidence = load.rows["items"][item.code], load.rows["items"][item.closed.by]
            at = item.closed.at or max(node.made_at, evidence.made_at)
            with load.at(*path, "closed"):
                row = whole(load, item.code, GAP, "code")
                close_gap(by=person(load, item.by), row=row, evidence=evidence, how=item.closed.how, closed_at=at)

        at = item.closed.at or when(item.made_at, load.begun)
        yield Step(at, path, close, "", {item.code, item.closed.by})


def dump_gap(dump: Dumping, node: Node, row: Gap) -> dict[str, Any]:
    """The keys of a gap, without the link by which it was closed."""
    closed, own = None, []
    if row.closed_by_id:
        code = dump.nodes[row.closed_by_id].code
        closed = put(Closed, at=row.closed_at, by=code, how=row.closed_how)
        own = [(code, Relation.ANSWERS)]
    return put(GAPS, **dump.titled(node, Relation.INFORMS, without=own), **dump.values(row), closed=closed)


filed(FINDING, FINDINGS, load=load_finding, dump=dump_finding)
filed(
    GAP,
    GAPS,
    load=load_gap,
    dump=dump_gap,
    needed=lambda item: item.model_copy(update={"closed": None}),
    later=closing,
)
