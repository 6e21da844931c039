"""What stands beside every item: where it comes from, what came of it, and who is behind it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from weft.core import counts
from weft.core.caching import kept
from weft.core.standing import Standing
from weft.people.audit.models import Entry
from weft.people.programmes.models import Programme
from weft.provenance.models import Knowledge, Node
from weft.provenance.queries.crowd import Crowd, Crowds
from weft.provenance.queries.nodes import results_of
from weft.provenance.queries.trace import BOUND, Item, Trace, both_ways, sources_among, trace
from weft.provenance.registry import NOUNS, STAGES, Voices
from weft.provenance.visibility import sees

ABOVE_KEPT_FOR = 60
AT_ONCE = 50


def voices_behind(items: Iterable[Item | Node]) -> dict[UUID, Voices]:
    """Who is behind each item that holds voices; one query. What was taken back has no voice any more."""
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(item.id)
    rows = [voices(by_kind[key]).order_by() for key in sorted(by_kind) if (voices := NOUNS[key].voices)]
    if not rows:
        return {}
    first, *others = rows
    return {
        node: Voices(frozenset({person} if person else ()), {conversation: people} if conversation and people else {})
        for node, person, conversation, people in first.union(*others, all=True)
    }


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

    @property
    def said(self) -> str:
        """What it is and who is behind it: "Theme, 12 people, answers from 40 people"; an author is not counted."""
        who = [counts.people(self.words)] if self.words and not self.item.about.voices else []
        answers = [f"answers from {counts.people(self.answers)}"] if self.answers else []
        return ", ".join([self.item.about.name, *who, *answers])


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

    @property
    def said(self) -> str:
        """Who is behind the item, in words; nothing where nobody is."""
        return counts.behind(self.words, self.answers)


def stamp(programme: Programme) -> str:
    """A mark that changes with everything that anybody does in a programme, save answering cards. One query.

    It is made of the newest audit entries, several of them, since two that are written at once may come to be seen in
    the other order.
    """
    newest = Entry.objects.filter(programme=programme).order_by("-id").values_list("id", flat=True)[:AT_ONCE]
    ids = list(newest)
    return f"{programme.pk}-{max(ids, default=0)}-{sum(ids)}"


def above(node: Node) -> tuple[Trace, dict[UUID, Crowd]]:
    """What an item comes from and who is behind it and each of these; kept for a minute, or until something happens."""
    return kept(f"above-{node.pk}", stamp(node.programme), ABOVE_KEPT_FOR, lambda: _above(node))


def _above(node: Node) -> tuple[Trace, dict[UUID, Crowd]]:
    traced = trace(node.pk, "up")
    crowds = Crowds(sources_among(traced.threads), voices_behind([node, *traced.items.values()]))
    near = {node.pk, *(thread.source for thread in traced.threads if thread.target == node.pk)}
    return traced, {one: crowds.of(one) for one in near}


def panel(node: Node, here: Standing) -> Panel:
    """The thread panel of an item, as this reader may see it. Two queries, and five more when nothing is kept."""
    traced, behind = above(node)
    total = behind[node.pk]
    up, hidden_up = _sources(node, traced, behind, here)
    down, hidden_down = _results(node, here)
    near = {entry.item.id for entry in up}
    ends = [
        PanelEntry(item, "", "", 0, 0)
        for item in traced.items.values()
        if item.about.is_leaf and item.id not in near and sees(here, item) and not item.is_withdrawn
    ]
    kinds = {item.knowledge_kind for item in traced.items.values() if not item.is_withdrawn} | {node.knowledge_kind}
    if total.words or total.answers:
        kinds.add(Knowledge.LIVED)
    return Panel(
        node=node,
        up=up,
        down=down,
        ends=ends,
        words=total.words,
        answers=total.answered,
        kinds_of_knowledge=[k for k in Knowledge.values if k in kinds],
        hidden_up=hidden_up,
        hidden_down=hidden_down,
        is_truncated=traced.is_truncated,
    )


def _sources(node: Node, found: Trace, behind: dict[UUID, Crowd], here: Standing) -> tuple[list[PanelEntry], int]:
    """The items it comes from directly, and how many of them this reader may not see."""
    entries: dict[UUID, PanelEntry] = {}
    hidden: set[UUID] = set()
    for thread in found.threads:
        item = found.items.get(thread.source)
        if thread.target != node.pk or item is None or item.id in entries:
            continue
        if not sees(here, item):
            hidden.add(item.id)
            continue
        crowd = behind[item.id]
        entries[item.id] = PanelEntry(item, thread.relation, thread.note, crowd.words, crowd.answered)
    return _in_order(entries.values()), len(hidden)


def _results(node: Node, here: Standing) -> tuple[list[PanelEntry], int]:
    """The items that came of it directly, and how many of them this reader may not see. One query."""
    entries: dict[UUID, PanelEntry] = {}
    hidden: set[UUID] = set()
    for one in results_of(node)[:BOUND]:
        item = Item.of(one.target)
        if sees(here, item):
            entries.setdefault(item.id, PanelEntry(item, one.relation, one.note, 0, 0))
        else:
            hidden.add(item.id)
    return _in_order(entries.values()), len(hidden)


def _in_order(entries: Iterable[PanelEntry]) -> list[PanelEntry]:
    """What speaks for it first, then what speaks against; made things before voices and sources."""
    return sorted(entries, key=lambda e: (e.is_against, e.item.about.is_leaf, e.item.made_at, e.item.id))


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
    """Everything an item comes from and led to, stage by stage. Two queries."""
    above, below = both_ways(node.pk)
    both = [*above.items.values(), *below.items.values()]
    seen = {item.id for item in both if sees(here, item)}
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
