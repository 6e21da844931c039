"""Draw the knots: team shapes with turns of thread, gold where lit, a number or a count on a small label."""

import math
from dataclasses import dataclass

from weft.pictures.colour import NO_TEAM, colour_of, knot_path, mark_path, shape_of, shared_path, slice_path, team_class
from weft.pictures.svg import GOLD, INK, PAPER, cut, num, safe
from weft.pictures.weave.arrange import Point
from weft.pictures.weave.items import Item
from weft.pictures.weave.merge import Knot
from weft.pictures.weave.place import KNOT
from weft.pictures.weave.sheet import Sheet
from weft.pictures.weave.words import Words

TURN_HEIGHT = 4.2
LABEL_WIDTHS = {1: 11.0, 2: 11.0, 3: 15.4, 4: 17.6, 5: 21.4, 6: 26.0}
LABEL_SHIFTS = {3: 3.0, 4: -3.0}


@dataclass(frozen=True, slots=True)
class Label:
    """A number or a count to write on a knot once all shapes are drawn."""

    x: float
    y: float
    text: str
    gold: bool


def draw_knots(sheet: Sheet, words: Words, numbers: dict[Point, int], *, links: bool) -> list[Label]:
    """Draw every knot, column by column; the labels are left to be written above everything."""
    labels = []
    points = [point for column in sheet.placed.columns for point in column if point.knot]
    places = {point: place for place, point in enumerate(points, 1)}
    for point in points:
        knot = point.knot
        if knot is None:
            continue
        single = knot.single
        if links and single and single.url:
            sheet.pen.add(_open_link(sheet, words, point, places))
            close = "</a>"
        elif links and not single:
            sheet.pen.add(f"<g><title>{safe(words.title(knot))}</title>")
            close = "</g>"
        else:
            close = ""
        number = "" if sheet.turned or point not in numbers else str(numbers[point])
        labels += _knot(sheet, point, knot, f"×{len(knot.items)}" if not single else number)
        sheet.pen.add(close)
    return labels


def _open_link(sheet: Sheet, words: Words, point: Point, places: dict[Point, int]) -> str:
    """A link with a target big enough for a thumb; data-to names the knots its threads lead to, for arrow keys."""
    item = point.knot.single if point.knot else None
    if item is None:
        return ""
    x, y, high = sheet.placed.x[point.column], point.y, max(point.height, 28)
    there = " ".join(str(places[end]) for end in _ends(point))
    data = f'data-n="{places[point]}" data-c="{point.column + 1}"' + (f' data-to="{there}"' if there else "")
    hit = f'x="{num(x - 15)}" y="{num(y - high / 2)}" width="30" height="{num(high)}" rx="8" fill="none"'
    return (
        f'<a class="wv-k" href="{safe(_focus_on(item))}" {data} aria-label="{safe(words.label(item))}">'
        f'<title>{safe(cut(item.title))}</title><rect class="wv-hit" {hit} pointer-events="all"/>'
    )


def _focus_on(item: Item) -> str:
    """Where a knot leads: to the same picture with its own thread lit; without a code, to its page."""
    return f"?focus={item.code}" if item.code else item.url


def _ends(point: Point) -> list[Point]:
    """The knots a point's threads lead to, by way of the points they pass."""
    return [strand.path[-1] for strand, _ in point.leaving if strand.path[-1].knot]


def _knot(sheet: Sheet, point: Point, knot: Knot, said: str) -> list[Label]:
    x, y, bright = sheet.placed.x[point.column], point.y, sheet.bright(point.lit)
    if knot.kind == "gap" and knot.single:
        return _gap(sheet, point, knot, said)
    width, height = KNOT + 4 * knot.focus, point.height + 4 * knot.focus
    if said:
        width, height = width + (3 if len(said) < 3 else 6 if len(said) < 5 else 10), max(height, 21)
    body = _Body(sheet, knot.teams or (NO_TEAM,), x, y, width, height)
    if not knot.single:
        sheet.pen.fill("wv-cas-f", body.outline(3, x + 5, y - 4), PAPER)
        sheet.fill("wv-knot", body.teams[0], False, body.outline(0, x + 5, y - 4))
    gold = sheet.dimmed and point.lit
    if gold:
        sheet.pen.fill("wv-cas-f", body.outline(9), PAPER)
        sheet.pen.fill("wv-gold-f", body.outline(5.6), GOLD)
    else:
        sheet.pen.fill("wv-cas-f", body.outline(3.4), PAPER)
    if knot.focus:
        ink = sheet.pen.colour("stroke", INK)
        sheet.pen.add(f'<path class="wv-ring" fill="none"{ink} stroke-width="2" d="{body.outline(7.5)}"/>')
    body.draw(bright, bool(said))
    return [body.label(said, gold)] if said else []


def _gap(sheet: Sheet, point: Point, knot: Knot, said: str) -> list[Label]:
    """Not known: a ring with four gaps, wider where it holds a number."""
    x, pen, bright, dye = sheet.placed.x[point.column], sheet.pen, sheet.bright(point.lit), colour_of(point.team)
    radius = 8 + 2.4 * bool(said) + 2 * knot.focus
    place = f'cx="{num(x)}" cy="{num(point.y)}"'
    if sheet.dimmed and point.lit:
        pen.add(f'<circle class="wv-cas-f" {place} r="{num(radius + 5.7)}"{pen.colour("fill", PAPER)}/>')
        pen.add(f'<circle class="wv-gold-f" {place} r="{num(radius + 4)}"{pen.colour("fill", GOLD)}/>')
    if knot.focus:
        ring = f'r="{num(radius + 5)}" stroke-width="2"{pen.colour("stroke", INK)}'
        pen.add(f'<circle class="wv-ring" fill="none" {place} {ring}/>')
    ink = pen.colour("stroke", dye.light if bright else dye.light_dim) + pen.colour("fill", PAPER)
    name = f"wv-gap {team_class(point.team)}" + ("" if bright else " wv-dim")
    quarter = math.pi * radius / 2
    dash = f"{quarter * 0.716:.2f} {quarter * 0.284:.2f}"
    pen.add(f'<circle class="{name}" {place} r="{num(radius)}"{ink} stroke-width="2.4" stroke-dasharray="{dash}"/>')
    return [Label(x, point.y, said, gold=False)] if said else []


@dataclass(frozen=True, slots=True)
class _Body:
    """The shape of one knot at its place."""

    sheet: Sheet
    teams: tuple[int, ...]
    x: float
    y: float
    width: float
    height: float

    def outline(self, more: float, x: float | None = None, y: float | None = None) -> str:
        """The outline, larger by `more`, here or somewhere else."""
        x, y = self.x if x is None else x, self.y if y is None else y
        if len(self.teams) > 1:
            return shared_path(x, y, self.width + more, self.height + more)
        return knot_path(self.teams[0], x, y, self.width + more, self.height + more, turned=self.sheet.turned)

    def draw(self, bright: bool, labelled: bool) -> None:
        """Colour, and on it turns of thread for one team or a mark for each of several."""
        pen, parts = self.sheet.pen, len(self.teams)
        if parts == 1:
            self.sheet.fill("wv-knot", self.teams[0], bright, self.outline(0))
            if not labelled:
                paper = pen.colour("stroke", PAPER)
                ends = 'fill="none" stroke-width="1.1" stroke-linecap="round"'
                pen.add(f'<path class="wv-whip" {ends}{paper} d="{self._winding()}"/>')
            return
        for part, team in enumerate(self.teams):
            data = slice_path(self.x, self.y, self.width, self.height, (part, parts))
            self.sheet.fill("wv-knot", team, bright, data)
        for part, team in enumerate(self.teams):
            if part or not labelled:
                middle = self.y - self.height / 2 + self.height * (part + 0.5) / parts
                pen.fill("wv-mark", mark_path(team, self.x, middle, 2.5, turned=self.sheet.turned), PAPER)

    def label(self, said: str, gold: bool) -> Label:
        """Draw the ground of a label and say where its text goes."""
        x, y = self.x, self.y
        if len(self.teams) > 1:
            y += self.height * (0.5 / len(self.teams) - 0.5)
        elif self.sheet.turned:
            x += LABEL_SHIFTS.get(shape_of(self.teams[0]), 0)
        else:
            y += LABEL_SHIFTS.get(shape_of(self.teams[0]), 0)
        long = LABEL_WIDTHS[min(len(said), 6)]
        wide, high = (13.2, long) if self.sheet.turned else (long, 13.2)
        name, ink = ("wv-gold-f", GOLD) if gold else ("wv-cas-f", PAPER)
        place = f'x="{num(x - wide / 2)}" y="{num(y - high / 2)}" width="{num(wide)}" height="{num(high)}" rx="6"'
        self.sheet.pen.add(f'<rect class="{name}" {place}{self.sheet.pen.colour("fill", ink)}/>')
        return Label(x, y, said, gold)

    def _winding(self) -> str:
        count = max(2, int((self.height - 8) // TURN_HEIGHT))
        ys = [self.y + (k - (count - 1) / 2) * TURN_HEIGHT for k in range(count)]
        left, right = num(self.x - 4.4), num(self.x + 4.4)
        return "".join(f"M{left} {num(y + 1.9)}L{right} {num(y - 1.9)}" for y in ys)
