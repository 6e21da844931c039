"""What goes into a weave: items, the threads between them, and the tidy graph the other steps work on."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from weft.pictures.colour import NO_TEAM

STAGES = ("Listen", "Make sense", "Frame", "Act", "Learn", "Share")
LEARN, SHARE = 4, 5
CONTRADICTS = "contradicts"
DEEPEST_LEVEL = 2

End = Literal["answered", "waiting", "silent"]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a thread ends on the right: closed ring, dots or frayed, with a word and a detail beside it."""

    end: End
    word: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something made. Teams count from 0, the first is the one it stands with; none is a thing of the programme.

    `voices` are the people whose words it is made of directly; `people`, where known, are the different people behind
    it and everything it comes from, and is otherwise summed from the voices.
    """

    id: str
    teams: tuple[int, ...]
    stage: int
    kind: str
    title: str
    code: str = ""
    voices: int = 0
    people: int | None = None
    order: int = 0
    answer: Answer | None = None
    url: str = ""

    @property
    def team(self) -> int:
        """The team it stands with."""
        return self.teams[0] if self.teams else NO_TEAM


@dataclass(frozen=True, slots=True)
class Thread:
    """The target was made from the source, or is contradicted by it."""

    source: str
    target: str
    relation: str = "supports"


class Graph:
    """Items in order of making and the threads between them, by position; threads to unknown items are left out.

    Several threads between the same two items are one, which contradicts only if all of them do.
    """

    def __init__(self, items: Iterable[Item], threads: Iterable[Thread]) -> None:
        self.items = sorted(items, key=lambda item: (item.order, item.id))
        self.position = {item.id: k for k, item in enumerate(self.items)}
        self.against = self._threads(threads)
        self.up: list[list[int]] = [[] for _ in self.items]
        self.down: list[list[int]] = [[] for _ in self.items]
        for source, target in self.against:
            self.up[target].append(source)
            self.down[source].append(target)
        self.sequence = self._sequence()
        self.columns, self.column = self._columns()
        self.people = self._people()

    def _threads(self, threads: Iterable[Thread]) -> dict[tuple[int, int], bool]:
        found: dict[tuple[int, int], bool] = {}
        for thread in threads:
            ends = self.position.get(thread.source, -1), self.position.get(thread.target, -1)
            if -1 not in ends and ends[0] != ends[1]:
                found[ends] = found.get(ends, True) and thread.relation == CONTRADICTS
        return dict(sorted(found.items()))

    def _sequence(self) -> list[int]:
        """Every item after what it comes from; a circle of items is entered at its oldest."""
        waiting = [len(sources) for sources in self.up]
        ready = deque(k for k, n in enumerate(waiting) if n == 0)
        oldest = iter(range(len(self.items)))
        done: list[int] = []
        while len(done) < len(self.items):
            here = ready.popleft() if ready else next(k for k in oldest if waiting[k] > 0)
            waiting[here] = -1
            done.append(here)
            for target in self.down[here]:
                waiting[target] -= 1
                if waiting[target] == 0:
                    ready.append(target)
        return done

    def _columns(self) -> tuple[list[tuple[int, int]], list[int]]:
        """Stages, split by the longest path inside each; every stage has a column, even with nothing in it yet."""
        level: dict[int, int] = {}
        for k in self.sequence:
            below = (level[s] for s in self.up[k] if s in level and self.items[s].stage == self.items[k].stage)
            level[k] = min(DEEPEST_LEVEL, max(below, default=-1) + 1)
        at = [(item.stage, level[k]) for k, item in enumerate(self.items)]
        columns = sorted({*at, *((stage, 0) for stage in range(len(STAGES)))})
        number = {column: k for k, column in enumerate(columns)}
        return columns, [number[column] for column in at]

    def _people(self) -> list[int]:
        """The voices behind each item and everything it comes from, each item's counted once."""
        bits = [0] * len(self.items)
        voiced = [k for k, item in enumerate(self.items) if item.voices]
        for bit, k in enumerate(voiced):
            bits[k] = 1 << bit
        changed = True
        while changed:
            changed = False
            for k in self.sequence:
                behind = bits[k]
                for source in self.up[k]:
                    behind |= bits[source]
                changed = changed or behind != bits[k]
                bits[k] = behind
        planes = _planes([self.items[k].voices for k in voiced])
        sums = [sum((mask & plane).bit_count() << power for power, plane in enumerate(planes)) for mask in bits]
        return [total if item.people is None else item.people for item, total in zip(self.items, sums, strict=True)]


def _planes(counts: list[int]) -> list[int]:
    """For each binary digit, the set of places where the count has it: sums over sets become bit counts."""
    digits = max(counts, default=0).bit_length()
    return [sum(1 << place for place, n in enumerate(counts) if n >> power & 1) for power in range(digits)]
