"""Reading the thread: tracing either way, who is behind an item, citations, search."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from weft.core.access import Standing
from weft.core.text import citations
from weft.people.audit.models import Entry
from weft.people.programmes.models import Programme
from weft.provenance.kinds import KINDS, STAGES, Kind, Voices
from weft.provenance.models import Knowledge, Link, Node

BOUND = 2000
ABOVE_KEPT_FOR = 60


@dataclass(frozen=True)
class Item:
    """One node met on a trace."""

    id: UUID
    code: str
    kind: str
    title: str
    team_id: int | None
    visibility: str
    knowledge_kind: str
    made_at: datetime
    is_withdrawn: bool

    @property
    def about(self) -> Kind:
        """What kind of item this is."""
        return KINDS[self.kind]


@dataclass(frozen=True)
class Thread:
    """One link met on a trace."""

    source: UUID
    target: UUID
    relation: str
    note: str


@dataclass(frozen=True)
class Trace:
    """Everything one item comes from ("up") or led to ("down"), nearest first, itself left out."""

    start: UUID
    items: dict[UUID, Item]
    threads: list[Thread]
    is_truncated: bool
    bound: int
    _near: dict[UUID, list[UUID]] = field(default_factory=dict)

    def beyond(self, start: UUID) -> set[UUID]:
        """What lies beyond one item of the trace, itself included."""
        seen, todo = {start}, [start]
        while todo:
            for other in self._near.get(todo.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
        return seen


# UNION, not UNION ALL, and no depth column: a graph with many paths would explode. The limit bounds the walk itself.
WALK = """
WITH RECURSIVE walk(id) AS (
    {start} UNION
    SELECT link.{far} FROM walk JOIN provenance_link link ON link.{near} = walk.id WHERE link.withdrawn_at IS NULL
    {inner_limit}
), seen AS MATERIALIZED (SELECT id FROM walk LIMIT {limit})
SELECT node.id, node.code, node.kind, node.title, node.team_id, node.visibility, node.knowledge_kind, node.made_at,
       node.withdrawn_at
FROM seen JOIN provenance_node node ON node.id = seen.id
"""
AMONG = """
SELECT link.source_id, link.target_id, link.relation, link.note FROM provenance_link link
WHERE link.withdrawn_at IS NULL AND link.{near} IN ({ids}) ORDER BY link.id
"""


def trace(start: UUID, direction: str, limit: int = BOUND) -> Trace:
    """Walk "up" to what an item comes from or "down" to what it led to, over at most `limit` items (said if cut)."""
    rows, threads = _walk([start], direction, limit)
    return _traced(start, rows, threads, _neighbours(threads, direction), limit)


def traces(starts: Iterable[UUID], direction: str, limit: int = BOUND) -> dict[UUID, Trace]:
    """The same for several items at once, in two queries; `limit` holds for all of them together."""
    wanted = list(starts)
    if not wanted:
        return {}
    rows, threads = _walk(wanted, direction, limit)
    neighbours = _neighbours(threads, direction)
    found = {}
    for start in wanted:
        own = _nearest_first(start, neighbours)
        within = [item for item in rows if item.id in own]
        among = [thread for thread in threads if thread.source in own and thread.target in own]
        found[start] = _traced(start, within, among, neighbours, limit)
    return found


def _walk(starts: list[UUID], direction: str, limit: int) -> tuple[list[Item], list[Thread]]:
    """Every item met from these, themselves included, and the links among them."""
    near, far = ("target_id", "source_id") if direction == "up" else ("source_id", "target_id")
    postgres = connection.vendor == "postgresql"
    several = "SELECT unnest(%s::uuid[])" if postgres else "SELECT value FROM json_each(%s)"
    most = limit + 1 + len(starts)
    sql = WALK.format(start=several, near=near, far=far, limit=most, inner_limit="" if postgres else f"LIMIT {most}")
    with connection.cursor() as cursor:
        cursor.execute(sql, [starts if postgres else json.dumps([start.hex for start in starts])])
        rows = [_item(row) for row in cursor.fetchall()]
        ids = [item.id for item in rows]
        cursor.execute(
            AMONG.format(near=near, ids=several), [ids if postgres else json.dumps([key.hex for key in ids])]
        )
        known = set(ids)
        threads = [
            Thread(source, target, relation, note)
            for source, target, relation, note in ((_uuid(a), _uuid(b), r, n) for a, b, r, n in cursor.fetchall())
            if source in known and target in known
        ]
    return rows, threads


def _neighbours(threads: list[Thread], direction: str) -> dict[UUID, list[UUID]]:
    neighbours: dict[UUID, list[UUID]] = defaultdict(list)
    for thread in threads:
        one, other = (thread.target, thread.source) if direction == "up" else (thread.source, thread.target)
        neighbours[one].append(other)
    return dict(neighbours)


def _traced(
    start: UUID, rows: list[Item], threads: list[Thread], neighbours: dict[UUID, list[UUID]], limit: int
) -> Trace:
    """The trace of one item, nearest first."""
    order = _nearest_first(start, neighbours)
    items = {item.id: item for item in sorted(rows, key=lambda i: (order.get(i.id, len(order)), i.made_at, i.id))}
    items.pop(start, None)
    truncated = len(items) > limit
    while len(items) > limit:
        items.popitem()
    return Trace(start, items, threads, truncated, limit, neighbours)


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _item(row: tuple[Any, ...]) -> Item:
    key, code, kind, title, team, visibility, knowledge, made_at, withdrawn = row
    made = made_at if made_at.tzinfo else made_at.replace(tzinfo=UTC)
    return Item(_uuid(key), code, kind, title, team, visibility, knowledge, made, withdrawn is not None)


def _nearest_first(start: UUID, neighbours: dict[UUID, list[UUID]]) -> dict[UUID, int]:
    """The number of steps from the start to each item."""
    steps, layer = {start: 0}, [start]
    while layer:
        following = []
        for one in layer:
            for other in neighbours.get(one, ()):
                if other not in steps:
                    steps[other] = steps[one] + 1
                    following.append(other)
        layer = following
    return steps


def voices_behind(items: Iterable[Item | Node]) -> dict[UUID, Voices]:
    """Who is behind each item that holds voices, one query a kind."""
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for item in items:
        if KINDS[item.kind].voices:
            by_kind[item.kind].append(item.id)
    found: dict[UUID, Voices] = {}
    for key, nodes in by_kind.items():
        found.update(KINDS[key].voices_of(nodes))
    return found


def joined(voices: Iterable[Voices]) -> Voices:
    """Everybody behind several items, counted once."""
    total = Voices()
    for one in voices:
        total = total | one
    return total


@dataclass(frozen=True)
class PanelEntry:
    """One line of the thread panel."""

    item: Item
    relation: str
    note: str
    words: int
    answers: int

    @property
    def is_against(self) -> bool:
        """Whether it speaks against."""
        return self.relation == "contradicts"


@dataclass(frozen=True)
class Panel:
    """What stands beside every item: where it comes from and what came of it."""

    node: Node
    up: list[PanelEntry]
    down: list[PanelEntry]
    ends: list[PanelEntry]
    words: int
    answers: int
    kinds_of_knowledge: list[str]
    hidden_up: int
    hidden_down: int
    is_truncated: bool


def stamp(programme: Programme) -> str:
    """A mark that changes with everything that anybody does in a programme, save answering. One query."""
    entry = Entry.objects.filter(programme=OuterRef("pk")).order_by("-id").values("id")[:1]
    node = Node.objects.filter(programme=OuterRef("pk")).order_by("-id").values("id")[:1]
    marks = Programme.objects.filter(pk=programme.pk).values_list(Subquery(entry), Subquery(node))
    return "-".join(str(mark) for mark in marks.get())


def above(node: Node) -> tuple[Trace, dict[UUID, Voices]]:
    """What an item comes from and who is behind each part of it; kept for a minute, or until something happens."""
    key = f"above-{node.pk}-{stamp(node.programme)}"
    found: tuple[Trace, dict[UUID, Voices]] | None = cache.get(key)
    if found is None:
        traced = trace(node.pk, "up")
        found = traced, voices_behind([node, *traced.items.values()])
        cache.set(key, found, ABOVE_KEPT_FOR)
    return found


def panel(node: Node, here: Standing) -> Panel:
    """The thread panel of an item, as this reader may see it. Two queries, and five more when nothing is kept."""
    traced, behind = above(node)
    total = joined(behind.values())
    up, hidden_up = _sources(node, traced, behind, here)
    down, hidden_down = _results(node, here)
    near = {entry.item.id for entry in up}
    ends = [
        PanelEntry(item, "", "", *_counts([behind.get(item.id, Voices())]))
        for item in traced.items.values()
        if item.about.leaf and item.id not in near and _sees(here, node.programme, item) and not item.is_withdrawn
    ]
    kinds = {item.knowledge_kind for item in traced.items.values() if not item.is_withdrawn} | {node.knowledge_kind}
    if total.words or total.answers:
        kinds.add(Knowledge.LIVED)
    return Panel(
        node=node,
        up=up,
        down=down,
        ends=ends,
        words=len(total.words),
        answers=sum(total.answers.values()),
        kinds_of_knowledge=[k for k in Knowledge.values if k in kinds],
        hidden_up=hidden_up,
        hidden_down=hidden_down,
        is_truncated=traced.is_truncated,
    )


def _counts(voices: Iterable[Voices]) -> tuple[int, int]:
    total = joined(voices)
    return len(total.words), sum(total.answers.values())


def _sees(here: Standing, programme: Programme, item: Item) -> bool:
    if item.visibility == "public":
        return True
    return here.is_member if item.visibility == "programme" else here.works_in(item.team_id)


def _sources(node: Node, found: Trace, behind: dict[UUID, Voices], here: Standing) -> tuple[list[PanelEntry], int]:
    """The items it comes from directly, and how many of them this reader may not see."""
    entries: dict[UUID, PanelEntry] = {}
    hidden: set[UUID] = set()
    for thread in found.threads:
        item = found.items.get(thread.source)
        if thread.target != node.pk or item is None or item.id in entries:
            continue
        if not _sees(here, node.programme, item):
            hidden.add(item.id)
            continue
        counts = _counts(behind[key] for key in found.beyond(item.id) if key in behind)
        entries[item.id] = PanelEntry(item, thread.relation, thread.note, *counts)
    return _in_order(entries.values()), len(hidden)


def _results(node: Node, here: Standing) -> tuple[list[PanelEntry], int]:
    """The items that came of it directly, and how many of them this reader may not see. One query."""
    entries: dict[UUID, PanelEntry] = {}
    hidden: set[UUID] = set()
    for one in results_of(node)[:BOUND]:
        item = _as_item(one.target)
        if _sees(here, node.programme, item):
            entries.setdefault(item.id, PanelEntry(item, one.relation, one.note, 0, 0))
        else:
            hidden.add(item.id)
    return _in_order(entries.values()), len(hidden)


def _as_item(node: Node) -> Item:
    return Item(
        node.pk,
        node.code,
        node.kind,
        node.title,
        node.team_id,
        node.visibility,
        node.knowledge_kind,
        node.made_at,
        node.is_withdrawn,
    )


def _in_order(entries: Iterable[PanelEntry]) -> list[PanelEntry]:
    """What speaks for it first, then what speaks against; made things before voices and sources."""
    return sorted(entries, key=lambda e: (e.is_against, e.item.about.leaf, e.item.made_at, e.item.id))


@dataclass(frozen=True)
class Step:
    """One stage of a thread: what of it lies above or below an item."""

    name: str
    items: list[Item]


@dataclass(frozen=True)
class Steps:
    """A whole thread in the order of the stages, as one reader may see it."""

    up: list[Step]
    down: list[Step]
    hidden: int
    is_truncated: bool
    bound: int


def steps(node: Node, here: Standing) -> Steps:
    """Everything an item comes from and led to, stage by stage. Four queries."""
    above, below = trace(node.pk, "up"), trace(node.pk, "down")
    both = [*above.items.values(), *below.items.values()]
    seen = {item.id for item in both if _sees(here, node.programme, item)}
    return Steps(
        up=_by_stage(item for item in above.items.values() if item.id in seen),
        down=_by_stage(item for item in below.items.values() if item.id in seen),
        hidden=len(both) - len(seen),
        is_truncated=above.is_truncated or below.is_truncated,
        bound=BOUND,
    )


def _by_stage(items: Iterable[Item]) -> list[Step]:
    stages: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        stages[item.about.stage].append(item)
    return [Step(STAGES[stage], stages[stage]) for stage in sorted(stages)]


def visible(here: Standing) -> Q:
    """The items of a programme that this reader may see, as a filter on nodes."""
    seen = Q(visibility="public")
    if here.is_member:
        seen |= Q(visibility="programme")
    if here.is_convenor:
        return seen | Q(visibility="team")
    teams = [m.team_id for m in here.memberships if m.team_id and m.role in {"member", "lead"}]
    return seen | Q(visibility="team", team_id__in=teams) if teams else seen


def by_code(programme: Programme, codes: Iterable[str]) -> dict[str, Node]:
    """The nodes with these codes, one query."""
    wanted = {code.upper() for code in codes}
    if not wanted:
        return {}
    found = Node.objects.filter(programme=programme, code__in=wanted).select_related("team")
    for node in found:
        node.programme = programme
    return {node.code: node for node in found}


def cited(programme: Programme, *texts: str) -> dict[str, Node]:
    """The nodes that some texts cite."""
    return by_code(programme, [code for text in texts for code in citations(text)])


def faulty_citation(programme: Programme, *texts: str, known: Iterable[str] = ()) -> str:
    """One sentence about the first citation that leads nowhere, or nothing. Codes in `known` passed before."""
    found, passed = cited(programme, *texts), set(known)
    for text in texts:
        for code in citations(text):
            if code not in found:
                return f"[[{code}]] is not the code of anything in this programme. Check it, or take it out."
            if found[code].is_withdrawn and code not in passed:
                return f"[[{code}]] was taken back and cannot be cited any more. Take it out."
            if code not in passed and (refusal := found[code].about.refusal(found[code])):
                return f"{refusal} Take [[{code}]] out."
    return ""


def sources_of(node: Node, *relations: str) -> QuerySet[Link]:
    """What an item comes from directly, with standing links."""
    links = Link.objects.filter(target=node, withdrawn_at=None).select_related("source", "source__team").order_by("id")
    return links.filter(relation__in=relations) if relations else links


def results_of(node: Node, *relations: str) -> QuerySet[Link]:
    """What came of an item directly, with standing links."""
    links = Link.objects.filter(source=node, withdrawn_at=None).select_related("target", "target__team").order_by("id")
    return links.filter(relation__in=relations) if relations else links


def nodes_of(programme: Programme, *kinds: str, team_id: int | None = None) -> QuerySet[Node]:
    """The standing items of some kinds in a programme, or in one team of it."""
    nodes = Node.objects.filter(programme=programme, kind__in=kinds, withdrawn_at=None).select_related("team")
    return nodes.filter(team_id=team_id) if team_id is not None else nodes


def search(programme: Programme, words: str, here: Standing) -> QuerySet[Node]:
    """Items that hold all the words, best first, of those the reader may see."""
    terms = [term for term in words.split() if any(c.isalnum() for c in term)][:12]
    if not terms:
        return Node.objects.none()
    nodes = Node.objects.filter(visible(here), programme=programme, withdrawn_at=None).select_related("team")
    if connection.vendor == "postgresql":
        return nodes.extra(
            tables=["provenance_searchtext"],
            where=[
                "provenance_searchtext.node_id = provenance_node.id",
                "to_tsvector('simple', provenance_searchtext.body) @@ plainto_tsquery('simple', %s)",
            ],
            params=[" ".join(terms)],
        ).order_by("-made_at", "-id")
    match = " ".join('"' + term.replace('"', '""') + '"*' for term in terms)
    return nodes.extra(
        tables=["provenance_searchtext", "provenance_search"],
        where=[
            "provenance_searchtext.node_id = provenance_node.id",
            "provenance_search.rowid = provenance_searchtext.id",
            "provenance_search MATCH %s",
        ],
        params=[match],
    ).order_by("-made_at", "-id")
