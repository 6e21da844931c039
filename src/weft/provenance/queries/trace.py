"""Walking the thread either way: where an item comes from, and what it led to."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from weft.provenance.models import Link, Node
from weft.provenance.registry import NOUNS, Noun

BOUND = 2000


class Item(NamedTuple):
    """One node met on a trace; a tuple, since a trace may make thousands of them."""

    id: UUID
    code: str
    kind: str
    title: str
    team_id: int | None
    visibility: str
    knowledge_kind: str
    made_at: datetime
    is_withdrawn: bool

    @classmethod
    def of(cls, node: Node) -> "Item":
        """The same of a node that was read whole."""
        return cls(
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

    @property
    def about(self) -> Noun:
        """What kind of item this is."""
        return NOUNS[self.kind]


class Dialect(NamedTuple):
    """How one database takes many keys at once, and gives keys and times in the quickest form to read.

    The database's own reader of a time or a key costs several times what it costs to read a number or a text here.
    """

    several: str
    text: str
    seconds: str
    plainly: str
    inner_limit: str


DIALECTS = {
    "postgresql": Dialect("SELECT unnest(%s::uuid[])", "::text", "extract(epoch FROM {})::float8", "", ""),
    "sqlite": Dialect("SELECT value FROM json_each(%s)", "", "{}", "+", "LIMIT {limit}"),
}


class Thread(NamedTuple):
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


def sources_among(threads: Iterable[Thread]) -> dict[UUID, list[UUID]]:
    """What each item comes from directly."""
    return _neighbours(threads, "up")


# UNION, not UNION ALL, and no depth column: a graph with many paths would explode. The limit bounds the walk itself.
WALK = """
{way}(id) AS (
    {start} UNION
    SELECT link.{far} FROM {way} JOIN provenance_link link ON link.{near} = {way}.id WHERE link.withdrawn_at IS NULL
    {inner_limit}
), seen_{way} AS MATERIALIZED (SELECT id FROM {way} LIMIT {limit})
"""
SEEN = """
SELECT '{way}', node.id{text}, node.code, node.kind, node.title, node.team_id, node.visibility, node.knowledge_kind,
       {made_at}, node.withdrawn_at IS NOT NULL
FROM seen_{way} JOIN provenance_node node ON node.id = seen_{way}.id
"""
# An item comes from a few others and may lead to very many, so the links are found by their targets. The plus keeps
# SQLite from trying every pair of the two lists on its index.
AMONG = """
SELECT '{way}' AS way, link.id AS place, link.source_id{text}, link.target_id{text}, link.relation, link.note
FROM provenance_link link
WHERE link.target_id IN ({ids}) AND {plainly}link.source_id IN ({ids}) AND link.withdrawn_at IS NULL
"""
NEAR_FAR = {"up": ("target_id", "source_id"), "down": ("source_id", "target_id")}


def trace(start: UUID, direction: str, limit: int = BOUND) -> Trace:
    """Walk "up" to what an item comes from or "down" to what it led to, over at most `limit` items (said if cut)."""
    rows, threads = _walk([start], (direction,), limit)[direction]
    return _traced(start, rows, threads, _neighbours(threads, direction), limit)


def both_ways(start: UUID, limit: int = BOUND) -> tuple[Trace, Trace]:
    """What an item comes from, and what it led to, in two queries."""
    found = _walk([start], ("up", "down"), limit)
    up, down = (_traced(start, *found[way], _neighbours(found[way][1], way), limit) for way in ("up", "down"))
    return up, down


def traces(starts: Iterable[UUID], direction: str, limit: int = BOUND) -> dict[UUID, Trace]:
    """The same as `trace` for several items at once, in two queries; `limit` holds for all of them together."""
    wanted = list(starts)
    if not wanted:
        return {}
    rows, threads = _walk(wanted, (direction,), limit)[direction]
    neighbours = _neighbours(threads, direction)
    found = {}
    for start in wanted:
        own = _nearest_first(start, neighbours)
        within = [item for item in rows if item.id in own]
        among = [thread for thread in threads if thread.source in own and thread.target in own]
        found[start] = _traced(start, within, among, neighbours, limit)
    return found


def threads_above(starts: Iterable[UUID], limit: int) -> tuple[list[Item], list[Thread]]:
    """Everything that several items come from, themselves included, and the links among all these; two queries.

    Over at most `limit` items beyond the several; where there is one more than that, there was more to find.
    """
    wanted = list(starts)
    return _walk(wanted, ("up",), limit)["up"] if wanted else ([], [])


def threads_below(starts: Iterable[UUID], limit: int) -> tuple[list[Item], list[Thread]]:
    """The same of everything that came of several items."""
    wanted = list(starts)
    return _walk(wanted, ("down",), limit)["down"] if wanted else ([], [])


def came_of(starts: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Everything that each of some items led to, over links that were withdrawn too; a query for each step."""
    steps: dict[UUID, list[UUID]] = defaultdict(list)
    seen: set[UUID] = set()
    layer = set(starts)
    while layer:
        seen |= layer
        for source, target in Link.objects.filter(source__in=layer).values_list("source", "target"):
            steps[source].append(target)
        layer = {target for source in layer for target in steps.get(source, ())} - seen
    return {start: _reached(start, steps) for start in starts}


def _reached(start: UUID, steps: Mapping[UUID, list[UUID]]) -> set[UUID]:
    found: set[UUID] = set()
    waiting = [start]
    while waiting:
        for target in steps.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found - {start}


def _walk(starts: list[UUID], ways: tuple[str, ...], limit: int) -> dict[str, tuple[list[Item], list[Thread]]]:
    """Every item met from these, themselves included, and the links among them, for each way asked."""
    speaks = DIALECTS[connection.vendor]
    most = limit + 1 + len(starts)
    inner = speaks.inner_limit.format(limit=most)
    walks = [
        WALK.format(way=way, start=speaks.several, near=near, far=far, limit=most, inner_limit=inner)
        for way, (near, far) in NEAR_FAR.items()
        if way in ways
    ]
    made_at = speaks.seconds.format("node.made_at")
    seen = " UNION ALL ".join(SEEN.format(way=way, text=speaks.text, made_at=made_at) for way in ways)
    links = " UNION ALL ".join(
        AMONG.format(way=way, ids=speaks.several, text=speaks.text, plainly=speaks.plainly) for way in ways
    )
    found: dict[str, tuple[list[Item], list[Thread]]] = {way: ([], []) for way in ways}
    keys: dict[str, list[str]] = {way: [] for way in ways}
    known: dict[str, UUID] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"WITH RECURSIVE {', '.join(walks)} {seen}", [_several(key.hex for key in starts)] * len(ways))
        for way, key, *row in cursor.fetchall():
            known[key] = UUID(key)
            keys[way].append(key)
            found[way][0].append(_item(known[key], row))
        ends = [one for way in ways for one in [_several(keys[way])] * 2]
        cursor.execute(f"{links} ORDER BY 1, 2", ends)
        for way, _, source, target, relation, note in cursor.fetchall():
            found[way][1].append(Thread(known[source], known[target], relation, note))
    return found


def _several(keys: Iterable[str]) -> str:
    """Keys as one parameter of either database."""
    if connection.vendor == "postgresql":
        return f"{{{','.join(keys)}}}"
    return json.dumps(list(keys))


def _neighbours(threads: Iterable[Thread], direction: str) -> dict[UUID, list[UUID]]:
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
    return Trace(start, items, threads, truncated, limit)


def _item(key: UUID, row: list[Any]) -> Item:
    code, kind, title, team, visibility, knowledge, made, withdrawn = row
    made_at = made.replace(tzinfo=UTC) if isinstance(made, datetime) else datetime.fromtimestamp(made, UTC)
    return Item(key, code, kind, title, team, visibility, knowledge, made_at, bool(withdrawn))


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
