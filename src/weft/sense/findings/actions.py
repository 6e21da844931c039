"""Making findings and gaps, tying evidence to them, saying how sure, closing and taking back."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from weft.core import dates
from weft.core.errors import Refused
from weft.core.keys import saved_with
from weft.core.revisions import check_revision, facts_of
from weft.people.audit.actions import audit
from weft.people.programmes.models import Team
from weft.provenance import queries as thread
from weft.provenance.actions import cite, link, record, retitle, tie, untie, withdraw
from weft.provenance.models import Link, Node, Relation
from weft.provenance.queries import own_words
from weft.provenance.visibility import Visibility
from weft.sense.findings.models import Finding, Gap

QUESTIONS = ("method", "coherence", "adequacy", "relevance")
EVIDENCE = (Relation.SUPPORTS, Relation.CONTRADICTS)
Tie = tuple[Node, str] | tuple[Node, str, str]


@transaction.atomic
def make_finding(
    *,
    by: Any,
    team: Team,
    title: str,
    text: str = "",
    evidence: Iterable[Tie] = (),
    layer: str = "",
    visibility: str = Visibility.PUBLIC,
    key: UUID | None = None,
    code: str | None = None,
    made_at: datetime | None = None,
) -> Finding:
    """Write down a claim, with what speaks for it and against it."""
    if earlier := saved_with(key, Finding.objects.select_related("node")):
        return earlier
    node = record(
        by=by,
        kind="finding",
        programme=team.programme,
        team=team,
        title=title,
        text=text,
        visibility=visibility,
        layer=layer,
        code=code,
        made_at=made_at,
    )
    finding = Finding.objects.create(node=node, text=text, key=key or uuid4())
    for one in evidence:
        tie_evidence(by=by, node=node, source=one[0], relation=one[1], note=one[2] if len(one) > 2 else "")
    cite(by=by, node=node, texts=[text])
    audit(by=by, did="made finding", on=node)
    return finding


@transaction.atomic
def edit_finding(*, by: Any, node: Node, title: str, text: str, revision: int) -> Finding:
    """Save a finding's words, unless somebody else saved them first."""
    finding = Finding.objects.select_for_update().get(node=node)
    _check_revision(finding, revision, title, text)
    finding.text, finding.revision = text, finding.revision + 1
    finding.save(update_fields=["text", "revision"])
    retitle(by=by, node=node, title=title, text=text)
    cite(by=by, node=node, texts=[text])
    audit(by=by, did="edited finding", on=node)
    return finding


def _check_revision(item: Finding | Gap, revision: int, title: str, text: str) -> None:
    saved = {"title": Node.objects.get(pk=item.node_id).title, "text": item.text}
    check_revision(revision, item.revision, saved, {"title": title, "text": text})


@transaction.atomic
def tie_evidence(*, by: Any, node: Node, source: Node, relation: str, note: str = "") -> Link:
    """Say that something speaks for a finding or against it. The same thing speaks one way only."""
    if relation not in EVIDENCE:
        raise Refused("Evidence speaks for a finding or against it.")
    tied = tie(by=by, source=source, target=node, relation=relation, among=EVIDENCE, note=note)
    audit(by=by, did="tied evidence", on=node, evidence=source.code, relation=str(relation))
    return tied


@transaction.atomic
def untie_evidence(*, by: Any, node: Node, source: Node, relation: str) -> None:
    """Take a piece of evidence away from a finding; where the text still cites it, the citation stays."""
    text = Finding.objects.values_list("text", flat=True).get(node=node)
    untie(by=by, source=source, target=node, relations=[relation], texts=[text])
    audit(by=by, did="untied evidence", on=node, evidence=source.code, relation=str(relation))


@transaction.atomic
def answer_questions(
    *,
    by: Any,
    node: Node,
    answers: Mapping[str, tuple[int, str]],
    asked_on: date | None = None,
    revision: int | None = None,
) -> Finding:
    """Answer some of the four questions on how sure the team is, each with its reason, unless somebody did so first."""
    finding = Finding.objects.select_for_update().get(node=node)
    sent: dict[str, Any] = {}
    for question, (worry, reason) in answers.items():
        if question not in QUESTIONS:
            raise Refused(f"There is no question called {question}.")
        if not reason.strip():
            raise Refused("Every answer needs a reason. One sentence is enough.")
        sent |= {f"{question}_worry": worry, f"{question}_reason": reason.strip()}
    check_revision(revision, finding.asked_revision, facts_of(finding, sent), sent)
    sent |= {"asked_on": asked_on or dates.today(), "asked_revision": finding.asked_revision + 1}
    for name, value in sent.items():
        setattr(finding, name, value)
    finding.save(update_fields=[*sent])
    audit(by=by, did="said how sure", on=node)
    return finding


@transaction.atomic
def withdraw_finding(*, by: Any, node: Node, at: datetime | None = None) -> list[Node]:
    """Take a finding back and leave its tombstone. The words of others that it quotes stay theirs."""
    finding = Finding.objects.select_for_update().get(node=node)
    reasons = [getattr(finding, f"{question}_reason") for question in QUESTIONS]
    said = own_words(node, node.title, finding.text, *reasons)
    audit(by=by, did="withdrew finding", on=node)
    return withdraw(by=by, node=node, said=said, at=at)


@transaction.atomic
def make_gap(
    *,
    by: Any,
    team: Team,
    title: str,
    text: str = "",
    came_of: Node | None = None,
    layer: str = "",
    visibility: str = Visibility.PUBLIC,
    key: UUID | None = None,
    code: str | None = None,
    made_at: datetime | None = None,
) -> Gap:
    """Write down what is not known, and which item it came up with."""
    if earlier := saved_with(key, Gap.objects.select_related("node")):
        return earlier
    node = record(
        by=by,
        kind="gap",
        programme=team.programme,
        team=team,
        title=title,
        text=text,
        sources=[(came_of, Relation.PRODUCED)] if came_of else [],
        visibility=visibility,
        layer=layer,
        code=code,
        made_at=made_at,
    )
    gap = Gap.objects.create(node=node, text=text, key=key or uuid4())
    cite(by=by, node=node, texts=[text])
    audit(by=by, did="noted gap", on=node)
    return gap


@transaction.atomic
def edit_gap(*, by: Any, node: Node, title: str, text: str, revision: int) -> Gap:
    """Save a gap's words, unless somebody else saved them first."""
    gap = Gap.objects.select_for_update().get(node=node)
    _check_revision(gap, revision, title, text)
    gap.text, gap.revision = text, gap.revision + 1
    gap.save(update_fields=["text", "revision"])
    retitle(by=by, node=node, title=title, text=f"{text}\n{gap.closed_how}")
    cite(by=by, node=node, texts=[text])
    audit(by=by, did="edited gap", on=node)
    return gap


@transaction.atomic
def offer_evidence(*, by: Any, node: Node, evidence: Node, note: str = "") -> Link:
    """Offer something that may close a gap. The gap stays open until somebody says that it is closed."""
    offered = link(by=by, source=evidence, target=node, relation=Relation.INFORMS, note=note)
    audit(by=by, did="offered evidence", on=node, evidence=evidence.code)
    return offered


@transaction.atomic
def close_gap(*, by: Any, node: Node, evidence: Node, how: str, closed_at: datetime | None = None) -> Gap:
    """Close a gap by named evidence.

    Evidence that itself came of the gap (somebody tried something because of it) keeps its thread as it is: a second
    link the other way would be a circle.
    """
    gap = Gap.objects.select_for_update().get(node=node)
    if not gap.is_open:
        raise Refused("This gap is closed already. Open it again first, if the answer has changed.")
    if evidence.is_withdrawn:
        raise Refused(f"{evidence.code} was taken back, so it cannot close a gap.")
    if evidence == node or evidence.programme_id != node.programme_id:
        raise Refused("A gap is closed by something else in the same programme.")
    if evidence.pk not in thread.trace(node.pk, "down").items:
        link(by=by, source=evidence, target=node, relation=Relation.ANSWERS)
    gap.closed_by, gap.closed_how, gap.closed_at = evidence, how.strip(), closed_at or timezone.now()
    gap.save(update_fields=["closed_by", "closed_how", "closed_at"])
    retitle(by=by, node=node, title=node.title, text=f"{gap.text}\n{gap.closed_how}")
    audit(by=by, did="closed gap", on=node, evidence=evidence.code)
    return gap


@transaction.atomic
def reopen_gap(*, by: Any, node: Node) -> Gap:
    """Say that it is not known after all."""
    gap = Gap.objects.select_for_update().get(node=node)
    if gap.is_open or gap.closed_by is None:
        raise Refused("This gap is open already.")
    untie(by=by, source=gap.closed_by, target=node, relations=[Relation.ANSWERS], texts=[gap.text])
    audit(by=by, did="opened gap again", on=node, evidence=gap.closed_by.code)
    gap.closed_by, gap.closed_how, gap.closed_at = None, "", None
    gap.save(update_fields=["closed_by", "closed_how", "closed_at"])
    retitle(by=by, node=node, title=node.title, text=gap.text)
    return gap


@transaction.atomic
def withdraw_gap(*, by: Any, node: Node, at: datetime | None = None) -> list[Node]:
    """Take a gap back and leave its tombstone."""
    gap = Gap.objects.select_for_update().get(node=node)
    said = own_words(node, node.title, gap.text, gap.closed_how)
    audit(by=by, did="withdrew gap", on=node)
    return withdraw(by=by, node=node, said=said, at=at)
