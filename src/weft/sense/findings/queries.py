"""Reading findings and gaps: the evidence for and against, how many agreed, and what is all of one kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from weft.core.jobs import Job
from weft.core.standing import Standing
from weft.listen.conversations.models import Statement
from weft.listen.conversations.queries import counted
from weft.people.programmes.models import Team
from weft.provenance import queries as thread
from weft.provenance.models import Knowledge, Link, Node, Relation
from weft.provenance.queries import Item, Panel, PanelEntry
from weft.provenance.registry import LISTEN, Use, serving, ways_to_passages
from weft.provenance.visibility import visible
from weft.sense.findings.models import Finding, Gap, Worry

SHOWN_IN_TAB = 6
ASKED = {
    "method": "Was there a problem in how we found out?",
    "coherence": "Does it all fit together?",
    "adequacy": "Have we heard enough?",
    "relevance": "Is it about this place and these people?",
}


@dataclass(frozen=True)
class Answer:
    """One of the four questions on how sure we are, as it was answered."""

    question: str
    worry: Worry
    reason: str


def finding_at(node: Node) -> Finding:
    """The finding of a node."""
    finding = Finding.objects.get(node=node)
    finding.node = node
    return finding


@dataclass(frozen=True)
class Contents:
    """What the page of a finding shows beside its thread."""

    finding: Finding
    gaps: list[Gap]
    cited: dict[str, Node]


def contents(panel: Panel) -> Contents:
    """The finding, the gaps that came up with it, and what its text cites: one query, since all are on its thread."""
    node = panel.node
    gaps = [entry.item.id for entry in panel.down if entry.item.kind == "gap" and not entry.item.is_withdrawn]
    above = [entry.item.id for entry in panel.up]
    found = node.programme.nodes.filter(pk__in=[node.pk, *gaps, *above]).select_related("team", "finding", "gap")
    nodes = {one.pk: one for one in found.select_related(*ways_to_passages())}
    return Contents(
        nodes[node.pk].finding,
        sorted((nodes[key].gap for key in gaps), key=lambda gap: (not gap.is_open, gap.node.made_at)),
        {nodes[key].code: nodes[key] for key in above},
    )


def gap_at(node: Node) -> Gap:
    """The gap of a node, with what closed it."""
    gap = Gap.objects.select_related("closed_by", "closed_by__team").get(node=node)
    gap.node = node
    if gap.closed_by:
        thread.within(node.programme, [gap.closed_by])
    return gap


def answers(finding: Finding) -> list[Answer]:
    """The questions that were answered, with the reasons."""
    return [
        Answer(question, Worry(worry), getattr(finding, f"{name}_reason"))
        for name, question in ASKED.items()
        if (worry := getattr(finding, f"{name}_worry"))
    ]


def how_sure(given: list[Answer]) -> str:
    """The four answers in one plain word or two; the gravest worry weighs most."""
    if len(given) < len(ASKED):
        return ""
    worst = max(answer.worry for answer in given)
    if worst == Worry.FEW:
        return "Sure"
    many = sum(answer.worry == Worry.MANY for answer in given)
    return "Fairly sure" if worst == Worry.SOME else "Not very sure" if many == 1 else "Not sure"


@dataclass(frozen=True)
class Evidence:
    """What speaks for a finding and what against, and whether one kind of knowledge carries it alone."""

    supports: list[PanelEntry]
    contradicts: list[PanelEntry]
    only_kind: str

    @property
    def one_kind_warning(self) -> str:
        """The sentence about evidence that is all of one kind, or nothing."""
        if not self.only_kind:
            return ""
        return (
            f"All the evidence is of one kind: {Knowledge(self.only_kind).label.lower()}. What would another kind say?"
        )


def evidence(panel: Panel) -> Evidence:
    """The evidence of a finding, out of its thread panel, which has been read already."""
    supports = [entry for entry in panel.up if entry.relation == Relation.SUPPORTS]
    contradicts = [entry for entry in panel.up if entry.relation == Relation.CONTRADICTS]
    standing = [entry for entry in (*supports, *contradicts) if not entry.item.is_withdrawn]
    kinds = {kind for entry in standing for kind in _kinds_of(entry.item)}
    return Evidence(supports, contradicts, kinds.pop() if len(kinds) == 1 else "")


def _kinds_of(item: Item) -> list[str]:
    """The kind of knowledge that an item brings, or every kind where it cannot be told, as of another finding."""
    if item.knowledge_kind:
        return [item.knowledge_kind]
    return [Knowledge.LIVED] if item.about.stage == LISTEN or item.about.voices else [*Knowledge]


def cards_behind(entries: Iterable[PanelEntry]) -> list[Any]:
    """The statements that are tied as evidence, each with how it has been answered. One query, none without any."""
    tied = [one.item.id for one in entries if one.item.kind == "statement" and not one.item.is_withdrawn]
    here = Statement.objects.filter(node__in=tied).select_related("conversation")
    return list(counted(here)) if tied else []


def evidence_choices(node: Node, words: str, here: Standing) -> QuerySet[Node]:
    """What may be tied to a finding or offered for a gap: found by words in the programme, or the team's newest."""
    found = thread.to_rest_on(node.programme, here, *serving(Use.EVIDENCE), words=words)
    if not words.strip() and node.team_id is not None:
        found = found.filter(team_id=node.team_id)
    tied = Link.objects.filter(target=node, withdrawn_at=None, is_citation=False).values("source")
    return found.exclude(pk=node.pk).exclude(pk__in=tied)


def ties_of(node: Node) -> list[Link]:
    """What speaks for a finding and against it, and what was offered for a gap: its links that are no citations."""
    tied = (Relation.SUPPORTS, Relation.CONTRADICTS, Relation.INFORMS, Relation.ANSWERS)
    links = list(thread.sources_of(node, *tied).filter(is_citation=False))
    thread.within(node.programme, [link.source for link in links])
    return links


def findings_of(team: Team, here: Standing) -> QuerySet[Node]:
    """A team's findings that this reader may see, newest first."""
    nodes = thread.nodes_of(team.programme, "finding", team_id=team.pk).filter(visible(here))
    return nodes.order_by("-made_at", "-id")


def gaps_of_team(team: Team, here: Standing) -> QuerySet[Node]:
    """A team's gaps that this reader may see, the open ones first."""
    nodes = thread.nodes_of(team.programme, "gap", team_id=team.pk).filter(visible(here)).select_related("gap")
    return nodes.order_by(F("gap__closed_at").desc(nulls_first=True), "-made_at", "-id")


def open_gaps(team: Team) -> QuerySet[Gap]:
    """What a team does not know yet, the oldest first."""
    return (
        Gap.objects.filter(node__team=team, node__withdrawn_at=None, closed_at=None)
        .select_related("node")
        .order_by("node__made_at", "node_id")
    )


@dataclass(frozen=True)
class FindingsTab:
    """What stands under Make sense about findings and gaps."""

    findings: Sequence[Finding]
    finding_count: int
    gaps: list[Gap]
    gap_count: int


def workspace(team: Team) -> FindingsTab:
    """The newest findings, and the gaps with the open ones first."""
    findings = Finding.objects.filter(node__team=team, node__withdrawn_at=None).select_related("node")
    gaps = Gap.objects.filter(node__team=team, node__withdrawn_at=None).select_related("node", "closed_by")
    tied = Link.objects.filter(target=OuterRef("pk"), withdrawn_at=None, relation__in=["supports", "contradicts"])
    newest = findings.annotate(is_tied=Exists(tied)).order_by("-node__made_at", "-node_id")[:SHOWN_IN_TAB]
    open_first = F("closed_at").desc(nulls_first=True)
    first = gaps.order_by(open_first, "-node__made_at", "-node_id")[:SHOWN_IN_TAB]
    return FindingsTab(thread.within(team, newest), findings.count(), thread.within(team, first), gaps.count())


def jobs(team: Team) -> list[Job]:
    """Findings that nothing is tied to or that nobody has weighed, and gaps that are still open."""
    tied = Link.objects.filter(target=OuterRef("pk"), withdrawn_at=None, relation__in=["supports", "contradicts"])
    unweighed = (
        Finding.objects.filter(node__team=team, node__withdrawn_at=None)
        .annotate(is_tied=Exists(tied))
        .filter(Q(is_tied=False) | Q(asked_on=None))
        .select_related("node")
        .order_by("node__made_at", "node_id")[:3]
    )
    found = [_finding_job(team, finding) for finding in unweighed]
    for gap in open_gaps(team)[:2]:
        where = {"programme": team.programme.slug, "code": gap.node.code}
        found.append(
            Job("Not known yet", gap.node.title, reverse("findings:gap-offer", kwargs=where), "Offer evidence")
        )
    return found


def _finding_job(team: Team, finding: Finding) -> Job:
    where = {"programme": team.programme.slug, "code": finding.node.code}
    if not finding.is_tied:  # type: ignore[attr-defined]
        page = reverse("findings:finding-evidence", kwargs=where)
        return Job("Nothing is tied to a finding yet", finding.node.title, page, "Tie evidence")
    page = reverse("findings:finding-questions", kwargs=where)
    return Job("Nobody has said how sure we are", finding.node.title, page, "Answer four questions")
