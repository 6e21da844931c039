"""Making very many items in one transaction: what is known of them by then is not asked of the database again.

What writes and reads the thread (`actions`, `queries`) looks here first. While a batch lasts nothing is taken back, and
who allows what stays as it was when an item was told.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from weft.core.inserts import Waiting, together
from weft.provenance.models import Link, Node


class Batch:
    """The items made so far, by programme and code, what was tied to each, and the links into the last one.

    An item keeps the row of its noun (`node.finding`) as it was made.
    """

    def __init__(self, waiting: Waiting) -> None:
        self.waiting = waiting
        self.nodes: dict[tuple[int, str], Node] = {}
        self.results: dict[UUID, list[Node]] = defaultdict(list)
        self.sources: list[UUID] = []
        self.last: UUID | None = None
        self.ties: dict[tuple[UUID, str], Link] = {}
        self.only_read: set[UUID] | None = None

    @contextmanager
    def step(self, mark: Any) -> Iterator[None]:
        """Make one item, or all of what belongs together. What fails leaves nothing behind."""
        before, tied = len(self.nodes), len(self.sources)
        try:
            with self.waiting.step(mark):
                yield
        except BaseException:
            for code in [*self.nodes][before:]:
                del self.nodes[code]
            while len(self.sources) > tied:
                self.results[self.sources.pop()].pop()
            self.last = None
            raise

    def made(self, node: Node) -> None:
        """Know an item that rests on nothing yet, and on which nothing rests."""
        self.nodes[node.programme_id, node.code] = node
        self.last, self.ties = node.pk, {}
        if node.about.only_read:
            self.only_read = None

    def tied(self, link: Link) -> None:
        """Know a link. As soon as something rests on the last item, the database is asked about it."""
        self.results[link.source_id].append(link.target)
        self.sources.append(link.source_id)
        if link.source_id == self.last:
            self.last = None
        elif link.target_id == self.last:
            self.ties[link.source_id, link.relation] = link


_BATCH: ContextVar[Batch | None] = ContextVar("batch", default=None)


@contextmanager
def batch() -> Iterator[Batch]:
    """Make many items within a transaction; rows are written some hundreds at a time, and before they are read."""
    with together() as waiting:
        made = Batch(waiting)
        before = _BATCH.set(made)
        try:
            yield made
        finally:
            _BATCH.reset(before)


def running() -> Batch | None:
    """The batch that is being made, if one is."""
    return _BATCH.get()


def is_held(node: Node) -> bool:
    """Whether this is the item of a batch, of which nobody else knows until its transaction ends."""
    made = running()
    return made is not None and made.nodes.get((node.programme_id, node.code)) is node


def ties_of(node: Node) -> dict[tuple[UUID, str], Link] | None:
    """Every link into an item by its source and relation, if that is known and nothing rests on it; else nothing."""
    made = running()
    return made.ties if made is not None and made.last == node.pk else None
