"""Write on the weave: stages above, teams on the left, answers on the right, numbers on knots."""

import itertools

from weft.pictures.colour import NO_TEAM
from weft.pictures.svg import cut, num, safe
from weft.pictures.weave.arrange import Point
from weft.pictures.weave.items import STAGES, Graph
from weft.pictures.weave.knots import Label
from weft.pictures.weave.place import Placed, isotonic
from weft.pictures.weave.sheet import Sheet
from weft.pictures.weave.words import Words, lines

LETTER = 6.2
RAIL_LETTERS = 14
WIDEST_FOR_RAIL = 250
TEAM_LETTERS = 14
ANSWER_LETTERS = 17


def write(sheet: Sheet, graph: Graph, words: Words, labels: list[Label]) -> None:
    """Everything that is text, above everything that is drawn."""
    for label in labels:
        _number(sheet, label)
    if sheet.turned:
        _rail(sheet, graph, words)
        return
    _headings(sheet, graph, words)
    _answers(sheet)
    _teams(sheet, words)


def _number(sheet: Sheet, label: Label) -> None:
    x, y = (label.y, label.x) if sheet.turned else (label.x, label.y)
    letters = len(label.text)
    size, drop = (11.5, 4.1) if letters < 3 else (9.5, 3.4) if letters == 3 else (8.5, 3.1)
    sheet.pen.text("wv-g" if label.gold else "wv-n", x, y + drop, label.text, size, "middle bold")


def _headings(sheet: Sheet, graph: Graph, words: Words) -> None:
    x = sheet.placed.x
    pitch = x[1] - x[0]
    for stage, name in enumerate(STAGES):
        mine = [x[k] for k, column in enumerate(graph.columns) if column[0] == stage]
        middle = sum(mine) / len(mine)
        sheet.pen.text("wv-h", middle, -50, name, 17.5, "middle bold")
        here = [k for k, item in enumerate(graph.items) if item.stage == stage]
        items = [graph.items[k] for k in sorted(here, key=lambda k: graph.column[k])]
        room = int(pitch * len(mine) / LETTER)
        count = words.counts.get(stage) or words.heading(stage, items, room)
        if count:
            sheet.pen.text("wv-s", middle, -30, count, 13.5, "middle")


def _rail(sheet: Sheet, graph: Graph, words: Words) -> None:
    """Stage names beside a turned picture, one stage or level a row."""
    zoom = rail_zoom(sheet.placed)
    left = -sheet.placed.frame.rail * zoom
    for number, ((stage, level), x) in enumerate(zip(graph.columns, sheet.placed.x, strict=True)):
        items = [item for k, item in enumerate(graph.items) if graph.column[k] == number]
        count = words.counts.get(stage, "") if level == 0 else ""
        told = lines(count or words.heading(stage, items, RAIL_LETTERS * 2), RAIL_LETTERS)
        y = x + 5 * zoom
        if level == 0:
            sheet.pen.text("wv-h", left, x - 2 * zoom if told else y, STAGES[stage], 15 * zoom, "bold")
            y = x + 15 * zoom
        for row, line in enumerate(told):
            sheet.pen.text("wv-s", left, y + 15 * zoom * row, line, 13 * zoom)


def rail_zoom(placed: Placed) -> float:
    """How much larger the rail is drawn where a picture across many threads is shown at the same width."""
    return max(1.0, placed.height / WIDEST_FOR_RAIL)


def _answers(sheet: Sheet) -> None:
    x = sheet.placed.x[-1] + sheet.placed.band / 2 + 34
    for point in sheet.placed.columns[-1]:
        answer = point.answer
        if answer:
            bold = "bold" if answer.end == "silent" else ""
            sheet.pen.text(
                "wv-a", x, point.y - 1 if answer.detail else point.y + 5, cut(answer.word, ANSWER_LETTERS), 15, bold
            )
            if answer.detail:
                sheet.pen.text("wv-s", x, point.y + 15, cut(answer.detail, ANSWER_LETTERS), 13.5)


def _teams(sheet: Sheet, words: Words) -> None:
    """Team names beside their first knots, moved apart where they would touch."""
    blocks = _blocks(sheet, words)
    names = [lines(words.team(team), TEAM_LETTERS) for team, *_ in blocks]
    heights = [18.0 * (len(name) + 1) + 4 for name in names]
    offsets = [0.0]
    for upper, lower in itertools.pairwise(heights):
        offsets.append(offsets[-1] + (upper + lower) / 2)
    wishes = [y - offset for (_, y, _), offset in zip(blocks, offsets, strict=False)]
    for (_, _, voices), name, offset, wish in zip(
        blocks, names, offsets, isotonic(wishes, [1.0] * len(wishes)), strict=False
    ):
        y = wish + offset - 3 - 9 * (len(name) - 1) if voices else wish + offset + 5 - 9 * (len(name) - 1)
        for row, line in enumerate(name):
            sheet.pen.text("wv-h", 0, y + 18 * row, line, 15.5, "bold")
        if voices:
            sheet.pen.text("wv-s", 0, y + 18 * len(name), words.numbers.voices(voices), 13.5)


def _blocks(sheet: Sheet, words: Words) -> list[tuple[int, float, int]]:
    """Each team with a name that stands in the first column with any: the middle of its knots, and its voices."""
    found: dict[int, list[Point]] = {}
    for column in sheet.placed.columns:
        here: dict[int, list[Point]] = {}
        for point in column:
            if point.knot and point.team != NO_TEAM and words.team(point.team):
                here.setdefault(point.team, []).append(point)
        found = found or here
    blocks = []
    for team, points in found.items():
        first = [point.knot.voices for point in points if point.knot and point.column == 0]
        voices = words.team_voices.get(team, words.numbers.together(first)) if any(first) else 0
        blocks.append((team, (points[0].y + points[-1].y) / 2, voices))
    return sorted(blocks, key=lambda block: (block[1], block[0]))


def view_box(sheet: Sheet) -> str:
    """The measures of the whole picture."""
    frame, height = sheet.placed.frame, sheet.placed.height
    if frame.turned:
        rail = frame.rail * rail_zoom(sheet.placed)
        sides = -rail, -frame.head, rail + height, frame.length + frame.head + frame.foot
    else:
        sides = 0.0, -frame.head, frame.length, height + frame.head + frame.foot
    return " ".join(num(side) for side in sides)


def titles(uid: str, title: str, desc: str) -> str:
    """The title and the text alternative, which the picture points to by id."""
    return f'<title id="{safe(uid)}-t">{safe(title)}</title><desc id="{safe(uid)}-d">{safe(desc)}</desc>'
