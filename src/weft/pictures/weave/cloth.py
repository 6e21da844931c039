"""Draw what stays still: the bare warp, the loose threads on the left and the ends on the right."""

from weft.pictures.colour import colour_of, team_class
from weft.pictures.svg import PAPER, WARP, num
from weft.pictures.weave.arrange import Point
from weft.pictures.weave.sheet import ROUND, Sheet, gathered
from weft.pictures.weave.threads import WARP_WIDTH

MOST_STRANDS = 14
FRAYS = (-8, -4.6, -1.4, 1.4, 4.6, 8)


def draw_warp(sheet: Sheet) -> None:
    """Upright threads with uneven ends."""
    frame, height = sheet.placed.frame, sheet.placed.height
    top, foot, uneven = (-4, height - 2, 1.5) if frame.turned else (-16, height + 16, 3)
    pieces = [
        f"M{num(x + end)} {num(top)}V{num(foot + (j * 7 + c * 5) % 5 * uneven)}"
        for c, x in enumerate(sheet.placed.x)
        for j, end in enumerate(sheet.warp_ends())
    ]
    sheet.pen.line("wv-warp", pieces, WARP, WARP_WIDTH, ROUND)


def strands_of(voices: int, fewest: int) -> int:
    """Loose threads for the people of a theme; a number too small to be told is drawn as one and the same few."""
    return min(voices, MOST_STRANDS) if voices >= fewest else max(1, fewest // 2)


def draw_fringe(sheet: Sheet) -> None:
    """The people: loose threads that gather into each knot of the first column."""
    voiced = [point for point in sheet.placed.columns[0] if point.knot and point.knot.voices]
    groups = gathered(
        ((sheet.bright(point.lit), point.team), piece) for point in voiced for piece in _loose(sheet, point)
    )
    for (bright, team), pieces in sorted(groups.items()):
        sheet.stroke("wv-fr", team, bright, pieces, 1.1, ROUND)


def _loose(sheet: Sheet, point: Point) -> list[str]:
    frame, x = sheet.placed.frame, sheet.placed.x[0]
    count = strands_of(point.knot.voices if point.knot else 0, sheet.fewest)
    spread = min(point.height / 2 + 5, frame.row / 2 - 1)
    near, shortest, ragged = x - sheet.placed.band / 2, min(frame.lead * 0.24, 52), min(frame.lead * 0.16, 34)
    pieces = []
    for k in range(count):
        u, chance = (k + 0.5) / count * 2 - 1, (k * 37 + point.order * 53) % 17 / 17
        y0, y1 = point.y + u * spread, point.y + u * (point.height / 2 - 3)
        far = near - shortest - ragged * chance
        middle = (far + near) / 2
        bend = f"{num(middle)} {num(y0)} {num(middle + 8)} {num(y1)} {num(near)} {num(y1)}"
        pieces.append(f"M{num(far)} {num(y0 + (chance - 0.5) * 3)}C{bend}H{num(x)}")
    return pieces


def draw_ends(sheet: Sheet) -> None:
    """How the threads end: closed ring for answered, dots for waiting, frayed for no reply."""
    for point in sheet.placed.columns[-1]:
        if point.answer:
            _end(sheet, point)


def _end(sheet: Sheet, point: Point) -> None:
    x, y, team, bright = sheet.placed.x[-1], point.y, point.team, sheet.bright(point.lit)
    tip = x + sheet.placed.band / 2 + 20
    end = point.answer.end if point.answer else ""
    stalk = {"silent": 10, "waiting": 7}.get(end, 6)
    sheet.stroke("wv-th", team, bright, [f"M{num(x)} {num(y)}H{num(tip - stalk)}"], 3)
    if end == "silent":
        frays = [
            f"M{num(tip - 11)} {num(y)}C{num(tip - 5)} {num(y)} {num(tip - 3)} {num(y + k * 0.5)}"
            f" {num(tip + 5 - abs(k) * 0.4)} {num(y + k)}"
            for k in FRAYS
        ]
        sheet.stroke("wv-th", team, bright, frays, 1.1, ROUND)
    elif end == "waiting":
        sheet.stroke("wv-th", team, bright, [f"M{num(tip - 4)} {num(y)}h.1m5 0h.1m5 0h.1"], 3, ROUND)
    else:
        dye, dim = colour_of(team), "" if bright else " wv-dim"
        ink = sheet.pen.colour("stroke", dye.light if bright else dye.light_dim) + sheet.pen.colour("fill", PAPER)
        place = f'cx="{num(tip - 1)}" cy="{num(y)}" r="4.6" stroke-width="3"'
        sheet.pen.add(f'<circle class="wv-th {team_class(team)}{dim} wv-end" {place}{ink}/>')
