"""Making findings and gaps, tying evidence to them, saying how sure, closing and taking back."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Required, Unpack

from django.db import transaction
from django.utils import timezone

from weft.core import dates
from weft.core.errors import Refused
from weft.core.inserts import update
from weft.core.revisions import check_revision, facts_of
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.provenance import items
from weft.provenance import queries as thread
from weft.provenance.actions import index, link, tie, untie
from weft.provenance.items import Facts, Made
from weft.provenance.models import Link, Node, Relation
from weft.sense.findings.models import Finding, Gap

QUESTIONS = ("method", "coherence", "adequacy", "relevance")
EVIDENCE = (Relation.SUPPORTS, Relation.CONTRADICTS)
Tie = tuple[Node, str] | tuple[Node, str, str]


class FindingFacts(Facts, total=False):
    """What a finding says."""

    title: Required[str]
    text: str


class NewFinding(FindingFacts, Made, total=False):
    """What a finding is made with."""


@transaction.atomic
def make_finding(*, evidence: Iterable[Tie] = (), **facts: Unpack[NewFinding]) -> Finding:
    """Write down a claim, with what speaks for it and against it."""
    finding = items.make(Finding, did="made finding", **facts)
    for source, relation, *note in evidence:
        tie_evidence(by=facts["by"], row=finding, source=source, relation=relation, note="".join(note))
    return finding


@transaction.atomic
def edit_finding(*, by: Actor, row: Finding, revision: int | None, **facts: Unpack[FindingFacts]) -> Finding:
    """Save a finding's words, unless somebody else saved them first."""
    return items.edit(row, by=by, revision=revision, did="edited finding", **facts)


@transaction.atomic
def withdraw_finding(*, by: Actor, row: Finding, at: datetime | None = None) -> list[Node]:
    """Take a finding back and leave its tombstone. The words of others that it quotes stay theirs."""
    return items.take_back(row, by=by, did="withdrew finding", at=at)


@transaction.atomic
def tie_evidence(*, by: Actor, row: Finding, source: Node, relation: str, note: str = "") -> Link:
    """Say that something speaks for a finding or against it. The same thing speaks one way only."""
    if relation not in EVIDENCE:
        raise Refused("Evidence speaks for a finding or against it.")
    tied = tie(by=by, source=source, target=row.node, relation=relation, among=EVIDENCE, note=note)
    audit(by=by, did="tied evidence", on=row.node, evidence=source.code, relation=str(relation))
    return tied


@transaction.atomic
def untie_evidence(*, by: Actor, row: Finding, source: Node, relation: str) -> None:
    """Take a piece of evidence away from a finding; where the text still cites it, the citation stays."""
    untie(by=by, source=source, target=row.node, relations=[relation], texts=[row.text])
    audit(by=by, did="untied evidence", on=row.node, evidence=source.code, relation=str(relation))


@transaction.atomic
def answer_questions(
    *,
    by: Actor,
    row: Finding,
    answers: Mapping[str, tuple[int, str]],
    asked_on: date | None = None,
    revision: int | None = None,
) -> Finding:
    """Answer some of the four questions on how sure the team is, each with its reason, unless somebody did so first."""
    finding = items.lock(row)
    sent: dict[str, Any] = {}
    for question, (worry, reason) in answers.items():
        if question not in QUESTIONS:
            raise Refused(f"There is no question called {question}.")
        if not reason.strip():
            raise Refused("Every answer needs a reason. One sentence is enough.")
        sent |= {f"{question}_worry": worry, f"{question}_reason": reason.strip()}
    check_revision(revision, finding.asked_revision, facts_of(finding, sent), sent)
    day = dates.has_come(asked_on or dates.today(), "asked_on")
    sent |= {"asked_on": day, "asked_revision": finding.asked_revision + 1}
    for name, value in sent.items():
        setattr(finding, name, value)
    update(finding, *sent)
    audit(by=by, did="said how sure", on=finding.node)
    return finding


class GapFacts(Facts, total=False):
    """What a gap says."""

    title: Required[str]
    text: str


class NewGap(GapFacts, Made, total=False):
    """What a gap is made with."""


@transaction.atomic
def make_gap(**facts: Unpack[NewGap]) -> Gap:
    """Write down what is not known; its sources are what it came up with."""
    return items.make(Gap, did="noted gap", **facts)


@transaction.atomic
def edit_gap(*, by: Actor, row: Gap, revision: int | None, **facts: Unpack[GapFacts]) -> Gap:
    """Save a gap's words, unless somebody else saved them first."""
    return items.edit(row, by=by, revision=revision, did="edited gap", **facts)


@transaction.atomic
def withdraw_gap(*, by: Actor, row: Gap, at: datetime | None = None) -> list[Node]:
    """Take a gap back and leave its tombstone."""
    return items.take_back(row, by=by, did="withdrew gap", at=at)


@transaction.atomic
def offer_evidence(*, by: Actor, row: Gap, evidence: Node, note: str = "") -> Link:
    """Offer something that may close a gap. The gap stays open until somebody says that it is closed."""
    offered = link(by=by, source=evidence, target=row.node, relation=Relation.INFORMS, note=note)
    audit(by=by, did="offered evidence", on=row.node, evidence=evidence.code)
    return offered


@transaction.atomic
def close_gap(*, by: Actor, row: Gap, evidence: Node, how: str, closed_at: datetime | None = None) -> Gap:
    """Close a gap by named evidence.

    Evidence that itself came of the gap (somebody tried something because of it) keeps its thread as it is: a second
    link the other way would be a circle.
    """
    gap = items.lock(row)
    if not gap.is_open:
        raise Refused("This gap is closed already. Open it again first, if the answer has changed.")
    if evidence.is_withdrawn:
        raise Refused(f"{evidence.code} was taken back, so it cannot close a gap.")
    if evidence == gap.node or evidence.programme_id != gap.node.programme_id:
        raise Refused("A gap is closed by something else in the same programme.")
    if evidence.pk not in thread.trace(gap.pk, "down").items:
        link(by=by, source=evidence, target=gap.node, relation=Relation.ANSWERS)
    gap.closed_by, gap.closed_how, gap.closed_at = evidence, how.strip(), closed_at or timezone.now()
    return _set_closed(gap, by=by, did="closed gap", evidence=evidence)


@transaction.atomic
def reopen_gap(*, by: Actor, row: Gap) -> Gap:
    """Say that it is not known after all."""
    gap = items.lock(row)
    evidence = gap.closed_by
    if evidence is None:
        raise Refused("This gap is open already.")
    untie(by=by, source=evidence, target=gap.node, relations=[Relation.ANSWERS], texts=[gap.text])
    gap.closed_by, gap.closed_how, gap.closed_at = None, "", None
    return _set_closed(gap, by=by, did="opened gap again", evidence=evidence)


def _set_closed(gap: Gap, *, by: Actor, did: str, evidence: Node) -> Gap:
    """Save whether a gap is closed, and by what evidence it came to that."""
    update(gap, "closed_by", "closed_how", "closed_at")
    index(gap.node, items.searched(gap))
    audit(by=by, did=did, on=gap.node, evidence=evidence.code)
    return gap
