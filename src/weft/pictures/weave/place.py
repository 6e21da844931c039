"""Give every point its height and its place down the column, and every thread its lane at each point."""

import itertools
from dataclasses import dataclass

from weft.pictures.weave.arrange import Arranged, Point, Strand
from weft.pictures.weave.frame import Frame

PASSES = 24
LANE_GAP = 2.2
KNOT = 18.0
PULL_TO_EVEN = 0.35


@dataclass(frozen=True, slots=True)
class Placed:
    """The finished layout: x of the columns, points with y, strands with lanes, and the height of it all."""

    frame: Frame
    x: list[float]
    band: float
    height: float
    columns: list[list[Point]]
    strands: list[Strand]


def place(arranged: Arranged, frame: Frame) -> Placed:
    """Heights, then rows by isotonic regression towards the neighbours, then lanes."""
    columns = arranged.columns
    for column in columns:
        for point in column:
            point.height = height_of(point)
    offsets = [_offsets(column, frame, arranged.in_blocks[k]) for k, column in enumerate(columns)]
    rows = max((sum(point.knot is not None for point in column) for column in columns), default=0)
    height = frame.height_of(rows)
    for column, offset in zip(columns, offsets, strict=True):
        if column:
            height = max(height, offset[-1] + (column[0].height + column[-1].height) / 2)
    _rows(columns, offsets, height)
    for strand in arranged.strands:
        strand.leaves = [0.0] * (len(strand.path) - 1)
        strand.arrives = [0.0] * (len(strand.path) - 1)
    for column in columns:
        for point in column:
            _lanes(point)
    count = len(columns)
    return Placed(frame, frame.columns(count), frame.band_of(count), height, columns, arranged.strands)


def height_of(point: Point) -> float:
    """A knot is as high as its threads and its teams need; a passing thread as its width."""
    need = max(_stack(point.arriving), _stack(point.leaving))
    if point.knot is None:
        return need
    teams = len(point.knot.teams)
    return max(KNOT, need + 6, 15.0 * teams if teams > 1 else 0)


def distance(upper: Point, lower: Point, frame: Frame, block: bool) -> float:
    """The least distance between neighbours in a column."""
    half = (upper.height + lower.height) / 2
    gap = frame.team_gap if block and upper.team != lower.team else 0
    if upper.answer and lower.answer:
        return max(frame.answer_row, half + 10) + gap
    if upper.knot and lower.knot:
        return max(frame.row, half + 10) + gap
    return half + (9 if upper.knot or lower.knot else 5) + gap


def isotonic(values: list[float], weights: list[float]) -> list[float]:
    """The nearest never-falling values, by weighted least squares (pool adjacent violators)."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values, weights, strict=True):
        pool = (value, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, heavy, size = pools.pop()
            both = heavy + pool[1]
            pool = ((mean * heavy + pool[0] * pool[1]) / both, both, size + pool[2])
        pools.append(pool)
    return [mean for mean, _, size in pools for _ in range(size)]


def _stack(strands: list[tuple[Strand, int]]) -> float:
    return sum(strand.width for strand, _ in strands) + LANE_GAP * max(0, len(strands) - 1)


def _offsets(column: list[Point], frame: Frame, block: bool) -> list[float]:
    offsets = [0.0]
    for upper, lower in itertools.pairwise(column):
        offsets.append(offsets[-1] + distance(upper, lower, frame, block))
    return offsets


def _rows(columns: list[list[Point]], offsets: list[list[float]], height: float) -> None:
    for column, offset in zip(columns, offsets, strict=True):
        if column:
            top, foot = column[0].height / 2, height - column[-1].height / 2
            for point, o in zip(column, offset, strict=True):
                point.y = point.even = top + (foot - top) * (o / offset[-1] if len(column) > 1 else 0.5)
    pulls = [[_pulls(point) for point in column] for column in columns]
    numbers = [k for k, column in enumerate(columns) if column]
    for turn in range(PASSES):
        for k in numbers if turn % 2 == 0 else reversed(numbers):
            _settle(columns[k], offsets[k], pulls[k], height)
    for column in columns:
        for point in column:
            point.y = round(point.y, 1)


def _pulls(point: Point) -> list[tuple[Point, float]]:
    """The neighbours that pull at a point, each with its part of the whole pull."""
    both = [(strand.path[step], strand.width) for strand, step in point.arriving]
    both += [(strand.path[step + 1], strand.width) for strand, step in point.leaving]
    whole = sum(width for _, width in both)
    return [(other, width / whole) for other, width in both]


def _settle(column: list[Point], offset: list[float], pulls: list[list[tuple[Point, float]]], height: float) -> None:
    wishes = []
    for point, o, pull in zip(column, offset, pulls, strict=True):
        target = sum(other.y * part for other, part in pull) if pull else point.even
        if point.knot:
            target += PULL_TO_EVEN * (point.even - target)
        wishes.append(target - o)
    low, high = column[0].height / 2, height - column[-1].height / 2 - offset[-1]
    nearest = isotonic(wishes, [1.0 if point.knot else 2.0 for point in column])
    for point, o, wish in zip(column, offset, nearest, strict=True):
        point.y = o + min(max(wish, low), max(low, high))


def _lanes(point: Point) -> None:
    """Stack the threads of a point around its y, in the order of their other ends."""
    point.arriving.sort(key=lambda end: (end[0].path[end[1]].y, end[0].number))
    point.leaving.sort(key=lambda end: (end[0].path[end[1] + 1].y, end[0].number))
    for ends, arriving in ((point.arriving, True), (point.leaving, False)):
        y = point.y - _stack(ends) / 2
        for strand, step in ends:
            lanes = strand.arrives if arriving else strand.leaves
            lanes[step] = round(y + strand.width / 2, 1)
            y += strand.width + LANE_GAP
