"""Dumping the items of Make sense and Frame, and what all items have in common."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from weft.filing.writing import account, put, unless
from weft.frame.problems.models import ProblemStatement
from weft.listen.conversations.models import Statement
from weft.listen.themes.models import Theme
from weft.people.programmes.models import Programme
from weft.programme_file import schema_items as part
from weft.programme_file.load_items import exchanged
from weft.provenance.models import Knowledge, Link, Node, Relation
from weft.provenance.visibility import Visibility
from weft.sense.findings.actions import EVIDENCE, QUESTIONS
from weft.sense.findings.models import Finding, Gap, Worry
from weft.sense.maps.analysis import named
from weft.sense.maps.models import OpinionMap
from weft.sense.sources.actions import KNOWLEDGE
from weft.sense.sources.models import Excerpt, Source, SourceType
from weft.sense.sources.queries import places_of, text_of

WORRY = {Worry.FEW: "few", Worry.SOME: "some", Worry.MANY: "many"}
SAID = {"story", "statement"}
Tie = tuple[str, str]


@dataclass
class Dumping:
    """The nodes and links of a programme, read once."""

    programme: Programme
    nodes: dict[UUID, Node] = field(init=False)
    into: dict[UUID, list[Link]] = field(init=False)

    def __post_init__(self) -> None:
        found = Node.objects.filter(programme=self.programme).select_related("team").order_by("made_at", "code")
        self.nodes = {node.pk: node for node in found}
        self.into = defaultdict(list)
        for link in Link.objects.filter(target__programme=self.programme, withdrawn_at=None).order_by("id"):
            self.into[link.target_id].append(link)

    @cached_property
    def statements(self) -> dict[str, str]:
        """The code of each statement by its key, as texts."""
        found = Statement.objects.filter(conversation__programme=self.programme).values_list("pk", "node__code")
        return {str(key): code for key, code in found}

    def code(self, node_id: UUID | None) -> str | None:
        """The code of an item."""
        return self.nodes[node_id].code if node_id else None

    def rests(self, node: Node, usual: str, without: Iterable[Tie] = (), first: Any = None) -> list[Any]:
        """What an item rests on. `without` are the links that its own action makes; `first` says which come first."""
        left_out = set(without)
        rows = []
        for link in self.into[node.pk]:
            code = self.nodes[link.source_id].code
            is_own = (code, link.relation) in left_out and not link.note
            if not is_own and (node.is_withdrawn or not link.is_citation):
                rows.append(put(part.Rest, code=code, relation=unless(link.relation, usual), note=link.note))
        if first:
            rows.sort(key=lambda row: not first(row))
        return [row["code"] if len(row) == 1 else row for row in rows]

    def common(self, node: Node, usual: str, *, visible: str = Visibility.PUBLIC, **more: Any) -> dict[str, Any]:
        """The keys of every item. `more` may hold the usual layer and knowledge, and what `rests` takes."""
        layer, knowledge = more.pop("layer", ""), more.pop("knowledge", "")
        return {
            "code": node.code,
            "kind": node.kind,
            "made_at": unless(node.made_at, self.programme.made_at),
            "by": account(node.made_by_id),
            "visibility": unless(node.visibility, visible),
            "layer": unless(node.layer, layer) or None,
            "knowledge_kind": unless(node.knowledge_kind, knowledge) or None,
            "rests_on": self.rests(node, usual, **more),
        }

    def titled(self, node: Node, usual: str, **more: Any) -> dict[str, Any]:
        """The keys of every item with a title and a team of its own."""
        team = node.team.slug if node.team else None
        return {"title": node.title, "team": team, **self.common(node, usual, **more)}


Dumper = Callable[[Dumping, Node, Any], dict[str, Any]]


def as_json(value: Any) -> str:
    """What was frozen, in a text that is the same every time."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)


def theme(dump: Dumping, node: Node, row: Theme) -> dict[str, Any]:
    def is_plain(rest: dict[str, Any]) -> bool:
        return len(rest) == 1

    return put(
        part.Theme,
        **dump.titled(node, Relation.INFORMS, knowledge=Knowledge.LIVED, first=is_plain),
        summary=row.summary,
        gathered_by=account(unless(row.gathered_by_id, node.made_by_id)),
        is_proposed_by_machine=row.is_proposed_by_machine,
    )


def source(dump: Dumping, node: Node, row: Source) -> dict[str, Any]:
    names = ("type", "authors", "year", "publisher", "url", "doi", "summary", "text", "fit_for", "limits")
    usual = KNOWLEDGE[SourceType(row.type)]
    facts = {name: getattr(row, name) for name in names}
    return put(part.Source, **dump.titled(node, Relation.INFORMS, knowledge=usual), **facts)


def excerpt(dump: Dumping, node: Node, row: Excerpt) -> dict[str, Any]:
    of = dump.nodes[row.of_id]
    stands = places_of(text_of(of), row.quote) == [(row.start, row.end)]
    usual = of.knowledge_kind or (Knowledge.LIVED if of.kind == "story" else "")
    common = dump.common(
        node,
        Relation.INFORMS,
        visible=of.visibility,
        layer=of.layer,
        knowledge=usual,
        without=[(of.code, Relation.QUOTES)],
    )
    return put(
        part.Excerpt,
        **common,
        of=of.code,
        quote=row.quote,
        start=None if stands else row.start,
        end=None if stands else row.end,
        note=row.note,
    )


def finding(dump: Dumping, node: Node, row: Finding) -> dict[str, Any]:
    asked = {question: _answer(row, question) for question in QUESTIONS}
    made_on = timezone.localtime(node.made_at).date()

    def is_evidence(rest: dict[str, Any]) -> bool:
        return rest.get("relation", Relation.SUPPORTS) in EVIDENCE

    return put(
        part.Finding,
        **dump.titled(node, Relation.SUPPORTS, first=is_evidence),
        text=row.text,
        confidence=put(part.Confidence, **asked) or None,
        asked_on=unless(row.asked_on, made_on),
    )


def _answer(row: Finding, question: str) -> dict[str, Any] | None:
    worry = getattr(row, f"{question}_worry")
    if worry is None:
        return None
    return put(part.Answer, worry=WORRY[worry], reason=getattr(row, f"{question}_reason"))


def gap(dump: Dumping, node: Node, row: Gap) -> dict[str, Any]:
    closed, own = None, []
    if row.closed_by_id:
        code = dump.nodes[row.closed_by_id].code
        closed = put(part.Closed, at=row.closed_at, by=code, how=row.closed_how)
        own = [(code, Relation.ANSWERS)]
    common = dump.titled(node, Relation.INFORMS, without=own)
    return put(part.Gap, **common, text=row.text, closed=closed)


def opinion_map(dump: Dumping, node: Node, row: OpinionMap) -> dict[str, Any]:
    result = exchanged(row.result, dump.statements)
    own = [(code, Relation.INFORMS) for code in named(result)]
    places = row.placings.order_by("participant__number")
    names = ("input_hash", "came", "people", "statements", "votes", "verdict")
    common = dump.titled(node, Relation.INFORMS, knowledge=Knowledge.LIVED, without=own)
    common["team"] = None
    return put(
        part.Map,
        **common,
        conversation=row.conversation.code,
        parameters=as_json(row.parameters),
        result=as_json(result),
        reason=row.reason or None,
        placings=json.dumps([list(one) for one in places.values_list("participant__number", "group", "x", "y")]),
        **{name: getattr(row, name) for name in names},
    )


def problem(dump: Dumping, node: Node, row: ProblemStatement) -> dict[str, Any]:
    versions = [
        put(
            part.Version,
            title=unless(one.title, node.title),
            text=one.text,
            disagreement=one.disagreement,
            why=one.why,
            by=account(unless(one.made_by_id, node.made_by_id)),
            made_at=unless(one.made_at, node.made_at),
        )
        for one in row.versions.order_by("number")
    ]
    published = unless(row.published_at, node.made_at)
    return put(part.Problem, **dump.titled(node, Relation.INFORMS), versions=versions, published_at=published)


TABLES: dict[str, tuple[type[Model], Dumper, tuple[str, ...]]] = {
    "theme": (Theme, theme, ()),
    "source": (Source, source, ()),
    "excerpt": (Excerpt, excerpt, ()),
    "finding": (Finding, finding, ()),
    "gap": (Gap, gap, ()),
    "map": (OpinionMap, opinion_map, ("conversation",)),
    "problem": (ProblemStatement, problem, ()),
}
