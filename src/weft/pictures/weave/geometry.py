"""The curves of threads, where they cross, and which goes over which.

All threads of a gap share the same x(t), so with s = 3t² - 2t³ each is a straight line from y0 to y1: two cross at
most once, at an s found by division. Sweeping the crossings in order of s keeps count of how many threads lie above
each. The falling thread goes over where that count is even, the rising one where it is odd, and then every thread
goes over and under by turns, all the way.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from weft.pictures.svg import num
from weft.pictures.weave.arrange import Strand
from weft.pictures.weave.place import Placed

CASING = 2.2
LONGEST_PATCH = 14.0
FLATTEST = 0.12
AT_AN_END = 0.004


@dataclass(frozen=True, slots=True)
class Segment:
    """A thread in one gap between bands."""

    strand: Strand
    gap: int
    x0: float
    y0: float
    x1: float
    y1: float

    def at(self, t: float) -> tuple[float, float]:
        """The point at t."""
        x = self.x0 + (self.x1 - self.x0) * (1.5 * t * (1 - t) + t**3)
        return x, self.y0 + (self.y1 - self.y0) * t * t * (3 - 2 * t)

    def speed(self, t: float) -> tuple[float, float]:
        """The derivative at t."""
        return (self.x1 - self.x0) * (1.5 - 3 * t + 3 * t * t), (self.y1 - self.y0) * 6 * t * (1 - t)

    def part(self, start: float, end: float) -> str:
        """The part of the curve between two t as a path of its own, exactly."""
        k = (end - start) / 3
        (ax, ay), (au, av) = self.at(start), self.speed(start)
        (bx, by), (bu, bv) = self.at(end), self.speed(end)
        first = f"M{num(ax)} {num(ay)}C{num(ax + au * k)} {num(ay + av * k)} "
        return first + f"{num(bx - bu * k)} {num(by - bv * k)} {num(bx)} {num(by)}"


@dataclass(frozen=True, slots=True)
class Crossing:
    """Two threads meeting at t."""

    over: Segment
    under: Segment
    t: float
    s: float

    @property
    def at_an_end(self) -> bool:
        """Too near a band to be seen."""
        return not AT_AN_END < self.s < 1 - AT_AN_END

    def half_length(self) -> float:
        """Half the stretch, in t, over which the upper thread is drawn again."""
        (ax, ay), (bx, by) = self.over.speed(self.t), self.under.speed(self.t)
        fast = math.hypot(ax, ay)
        sine = abs(ax * by - ay * bx) / (fast * math.hypot(bx, by))
        return min(LONGEST_PATCH, (self.under.strand.width / 2 + CASING) / max(sine, FLATTEST)) / fast

    def patch(self, stretch: float) -> str:
        """The upper thread near the crossing."""
        half = self.half_length() * stretch
        return self.over.part(max(0.0, self.t - half), min(1.0, self.t + half))


def segments(placed: Placed, strands: Iterable[Strand]) -> list[list[Segment]]:
    """The threads of every gap."""
    gaps: list[list[Segment]] = [[] for _ in placed.x]
    half = placed.band / 2
    for strand in strands:
        for step, (here, y0, y1) in enumerate(zip(strand.path, strand.leaves, strand.arrives, strict=False)):
            x0, x1 = placed.x[here.column] + half, placed.x[strand.path[step + 1].column] - half
            gaps[here.column].append(Segment(strand, here.column, x0, y0, x1, y1))
    return gaps


def strand_path(placed: Placed, strand: Strand) -> str:
    """The whole thread: straight through bands, one curve a gap."""
    half = placed.band / 2
    pieces = [f"M{num(placed.x[strand.path[0].column])} {num(strand.leaves[0])}"]
    for step, (y0, y1) in enumerate(zip(strand.leaves, strand.arrives, strict=True)):
        x0, x1 = placed.x[strand.path[step].column] + half, placed.x[strand.path[step + 1].column] - half
        middle, end = num((x0 + x1) / 2), num(y1)
        pieces.append(f"H{num(x0)}C{middle} {num(y0)} {middle} {end} {num(x1)} {end}")
    pieces.append(f"H{num(placed.x[strand.path[-1].column])}")
    return "".join(pieces)


def crossings(threads: list[Segment]) -> list[Crossing]:
    """All crossings in one gap, in order along it, with over and under by turns for every thread."""
    rows = sorted(threads, key=lambda thread: (thread.y0, thread.y1, thread.strand.number))
    ends = [(row.y0, row.y1) for row in rows]
    met = []
    for i, (a0, a1) in enumerate(ends):
        for j in range(i + 1, len(ends)):
            b0, b1 = ends[j]
            if a1 > b1 and a0 < b0:
                met.append(((b0 - a0) / (b0 - a0 + a1 - b1), i, j))
    met.sort()
    above = list(range(len(rows)))
    found = []
    for s, falling, rising in met:
        level = min(above[falling], above[rising])
        above[falling], above[rising] = above[rising], above[falling]
        over, under = (falling, rising) if level % 2 == 0 else (rising, falling)
        t = 0.5 - math.sin(math.asin(1 - 2 * s) / 3)
        found.append(Crossing(rows[over], rows[under], t, s))
    return found
