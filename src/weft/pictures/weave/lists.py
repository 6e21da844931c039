"""The lists that say what the picture says: the lit thread by stage, and every knot as a row of a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from weft.pictures.weave.arrange import Point
from weft.pictures.weave.items import STAGES, Graph, Item, Thread
from weft.pictures.weave.place import Placed
from weft.pictures.weave.words import Words, capital, said


@dataclass(frozen=True, slots=True)
class Lit:
    """One lit knot: its number in the picture, what it is, and a note on its people or its answer."""

    number: int
    title: str
    kind: str
    code: str
    url: str
    note: str
    here: bool
    count: int


@dataclass(frozen=True, slots=True)
class StageList:
    """The lit knots of a stage, top to bottom."""

    stage: int
    name: str
    entries: tuple[Lit, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One item in the table, with the codes of what it comes from and what it led to."""

    title: str
    code: str
    url: str
    kind: str
    teams: str
    comes_from: str
    led_to: str


def numbered(placed: Placed) -> dict[Point, int]:
    """The lit knots, counted down the columns."""
    lit = [point for column in placed.columns for point in column if point.knot and point.lit]
    return {point: number for number, point in enumerate(lit, 1)}


def strip(graph: Graph, numbers: dict[Point, int], words: Words) -> tuple[StageList, ...]:
    """The lit thread as a list for every stage; no list at all where nothing is lit."""
    entries: dict[int, list[Lit]] = {stage: [] for stage in range(len(STAGES))}
    for point, number in numbers.items():
        knot = point.knot
        if knot is not None:
            entries[graph.columns[point.column][0]].append(_lit(knot_point=point, number=number, words=words))
    if not numbers:
        return ()
    return tuple(StageList(stage, STAGES[stage], tuple(lit)) for stage, lit in entries.items())


def table(items: Iterable[Item], threads: Iterable[Thread], words: Words) -> tuple[Row, ...]:
    """Every item, column by column in order of making."""
    graph = Graph(items, threads)
    order = sorted(range(len(graph.items)), key=lambda k: (graph.column[k], k))
    return tuple(_row(graph, k, words) for k in order)


def _lit(knot_point: Point, number: int, words: Words) -> Lit:
    knot = knot_point.knot
    if knot is None:
        raise ValueError("Only knots are listed.")
    item, answer = knot.single, knot.answer
    note = said(answer) if answer else words.numbers.people(knot.voices) if knot.voices else ""
    return Lit(
        number=number,
        title=words.title(knot),
        kind=words.kind(knot.kind, len(knot.items)),
        code=item.code if item else "",
        url=item.url if item else "",
        note=note,
        here=knot.focus,
        count=len(knot.items),
    )


def _row(graph: Graph, k: int, words: Words) -> Row:
    item = graph.items[k]
    before = _codes(graph, [(source, graph.against[source, k]) for source in graph.up[k]])
    after = _codes(graph, [(target, graph.against[k, target]) for target in graph.down[k]])
    end = f"{item.answer.word}, {item.answer.detail}" if item.answer and item.answer.detail else ""
    own = words.numbers.people(item.voices) if item.voices else ""
    return Row(
        title=item.title,
        code=item.code,
        url=item.url,
        kind=capital(words.kind(item.kind)),
        teams=words.teams(item.teams),
        comes_from="; ".join(part for part in (own, before) if part),
        led_to="; ".join(part for part in (after, end or (item.answer.word if item.answer else "")) if part),
    )


def _codes(graph: Graph, ends: Sequence[tuple[int, bool]]) -> str:
    names = ((graph.items[k].code or graph.items[k].title, against) for k, against in ends)
    return ", ".join(f"{name} (against)" if against else name for name, against in names)
