"""Put the knots of every column in order, so that threads cross little.

A thread over several columns passes a point in each column between; an answered knot that is not in the last column
gets a point there too, where its thread ends.
"""

import itertools
import math
from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass, field

from weft.pictures.weave.frame import Frame
from weft.pictures.weave.items import LEARN, Answer, Graph
from weft.pictures.weave.merge import Knot, Merged

SWEEPS = 8
ANSWER_WIDTH = 3.0


@dataclass(slots=True, eq=False)
class Point:
    """A place in a column: a knot, or where a thread passes. Height and y come later (see `place`)."""

    key: str
    column: int
    team: int
    order: int
    lit: bool
    knot: Knot | None = None
    answer: Answer | None = None
    arriving: list[tuple["Strand", int]] = field(default_factory=list)
    leaving: list[tuple["Strand", int]] = field(default_factory=list)
    rank: int = 0
    height: float = 0
    y: float = 0
    even: float = 0


@dataclass(slots=True, eq=False)
class Strand:
    """One drawn thread: its points, column by column, and the y at which it leaves and reaches each."""

    number: int
    path: list[Point]
    width: float
    teams: tuple[int, ...]
    against: bool
    lit: bool
    leaves: list[float] = field(default_factory=list)
    arrives: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Arranged:
    """The points of every column in order, top to bottom, and the strands between them."""

    columns: list[list[Point]]
    strands: list[Strand]
    crossings: int
    in_blocks: list[bool]


def arrange(graph: Graph, merged: Merged, frame: Frame, fewest: int) -> Arranged:
    """Begin by team and time of making, then sweep to and fro and keep the order with fewest crossings."""
    columns, strands = _points(merged, len(graph.columns), frame, fewest)
    in_blocks = [stage < LEARN for stage, _ in graph.columns]
    for column, block in zip(columns, in_blocks, strict=True):
        column.sort(key=lambda point, block=block: _key(point, point.order, block))  # type: ignore[misc]
    best, order = crossings(columns), [list(column) for column in columns]
    for sweep in range(SWEEPS):
        _sweep(columns, in_blocks, forward=sweep % 2 == 0)
        now = crossings(columns)
        if now < best:
            best, order = now, [list(column) for column in columns]
    return Arranged(order, strands, best, in_blocks)


def width_of(people: int, scale: float, fewest: int) -> float:
    """Thread width for the people behind it, 1.5 to 7; a number too small to be told does not show here either."""
    if people <= 0:
        return 1.5
    told = people if people >= fewest else fewest / 2
    return max(1.5, min(7.0, round((1.7 + 0.62 * math.log2(1 + told / 4)) * scale * 2) / 2))


def _points(merged: Merged, count: int, frame: Frame, fewest: int) -> tuple[list[list[Point]], list[Strand]]:
    columns: list[list[Point]] = [[] for _ in range(count)]
    knots = [
        Point(knot.key, knot.column, knot.teams[0] if knot.teams else -1, order, knot.lit, knot, knot.answer)
        for order, knot in enumerate(merged.knots)
    ]
    for point in knots:
        columns[point.column].append(point)
    strands: list[Strand] = []
    for link in merged.links:
        source, target = knots[link.source], knots[link.target]
        width = width_of(merged.knots[link.source].people, frame.scale, fewest)
        strands.append(_strand(len(strands), columns, [source, target], width, (link.against, link.lit)))
    for source in knots:
        if source.answer and source.column < count - 1:
            end = Point(f"{source.key}>", count - 1, source.team, source.order, source.lit, None, source.answer)
            columns[-1].append(end)
            source.answer = None
            strands.append(_strand(len(strands), columns, [source, end], ANSWER_WIDTH, (False, source.lit)))
    return columns, strands


def _strand(
    number: int, columns: list[list[Point]], ends: list[Point], width: float, look: tuple[bool, bool]
) -> Strand:
    source, target = ends
    against, lit = look
    path = [source]
    for column in range(source.column + 1, target.column):
        key = f"{source.key}>{target.key}@{column}"
        path.append(Point(key, column, source.team, source.order, lit))
        columns[column].append(path[-1])
    path.append(target)
    teams = (source.knot.teams if source.knot else ()) or (source.team,)
    strand = Strand(number, path, width, teams, against, lit)
    for step, (here, there) in enumerate(itertools.pairwise(path)):
        here.leaving.append((strand, step))
        there.arriving.append((strand, step))
    return strand


def _key(point: Point, wish: float, block: bool) -> tuple[int, float, int, str]:
    return (point.team if block else 0, wish, point.order, point.key)


def _sweep(columns: list[list[Point]], in_blocks: list[bool], *, forward: bool) -> None:
    """Sort each column by the mean rank of its neighbours in the column before."""
    numbers = range(1, len(columns)) if forward else range(len(columns) - 2, -1, -1)
    for number in numbers:
        column, before = columns[number], columns[number - 1 if forward else number + 1]
        _rank(before)
        wishes = {}
        for share, point in enumerate(column):
            ranks = [other.rank for other in neighbours(point, forward)]
            wishes[point] = sum(ranks) / len(ranks) if ranks else share * len(before) / len(column)
        block = in_blocks[number]
        column.sort(key=lambda point: _key(point, wishes[point], block))


def neighbours(point: Point, before: bool) -> list[Point]:
    """The points its threads come from, or lead to."""
    if before:
        return [strand.path[step] for strand, step in point.arriving]
    return [strand.path[step + 1] for strand, step in point.leaving]


def _rank(column: Iterable[Point]) -> None:
    for rank, point in enumerate(column):
        point.rank = rank


def crossings(columns: list[list[Point]]) -> int:
    """How often threads cross between neighbouring columns in this order."""
    total = 0
    for here, there in itertools.pairwise(columns):
        _rank(there)
        seen: list[int] = []
        for point in here:
            for rank in sorted(other.rank for other in neighbours(point, False)):
                total += len(seen) - bisect_right(seen, rank)
                insort(seen, rank)
    return total
