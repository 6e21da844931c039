"""What came of several items, from one walk: how far off each lies, and by which thread it is reached."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from weft.provenance.models import Relation
from weft.provenance.queries.trace import BOUND, Item, Thread, threads_below


class Reached(NamedTuple):
    """One item below others: how many steps off, and the last thread to it. A passage lies where its text does."""

    item: Item
    steps: int
    by: Thread

    @property
    def is_passage(self) -> bool:
        """Whether it is a passage out of what it comes from."""
        return self.by.relation == Relation.QUOTES


class Below:
    """Everything that came of several items. Two queries."""

    def __init__(self, starts: Iterable[UUID], limit: int = BOUND) -> None:
        items, threads = threads_below(starts, limit)
        self.items = {item.id: item for item in items}
        self.out: dict[UUID, list[Thread]] = defaultdict(list)
        for thread in threads:
            self.out[thread.source].append(thread)

    def of(self, *starts: UUID, within: int = BOUND) -> list[Reached]:
        """What came of some of them and stands, nearest first, then oldest first; so many steps off at most."""
        found: dict[UUID, Reached] = {}
        layer, steps, begun = list(starts), 0, set(starts)
        while layer and steps < within:
            steps += 1
            following: list[UUID] = []
            for one in layer:  # which grows by the passages met on the way
                for thread in self.out.get(one, ()):
                    if thread.target in found or thread.target in begun:
                        continue
                    is_passage = thread.relation == Relation.QUOTES
                    found[thread.target] = Reached(self.items[thread.target], steps - is_passage, thread)
                    (layer if is_passage else following).append(thread.target)
            layer = following
        standing = [one for one in found.values() if not one.item.is_withdrawn]
        return sorted(standing, key=lambda one: (one.steps, one.item.made_at, one.item.id))

    def nearest(self, targets: Iterable[Item]) -> dict[UUID, Item]:
        """For each item the nearest of some that came of it; of those equally far the oldest."""
        into: dict[UUID, list[Thread]] = defaultdict(list)
        for threads in self.out.values():
            for thread in threads:
                into[thread.target].append(thread)
        found = {item.id: item for item in sorted(targets, key=lambda item: (item.made_at, item.id))}
        layer = list(found)
        while layer:
            following: list[UUID] = []
            for one in layer:  # which grows by the texts of the passages met on the way
                for thread in into.get(one, ()):
                    if thread.source not in found:
                        found[thread.source] = found[one]
                        (layer if thread.relation == Relation.QUOTES else following).append(thread.source)
            layer = following
        return found
