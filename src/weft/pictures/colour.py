"""The colours of teams: the dye, the pattern of the core line, and the shape of a team's knots and name.

Teams are counted from 0. From the ninth on colours and patterns come round again and the shape moves three further
on, so that no two of the first 24 teams look alike. Team -1 is undyed, for items that belong to no team.
"""

from collections.abc import Callable
from dataclasses import dataclass

from weft.pictures.svg import num

Point = tuple[float, float]
NO_TEAM = -1


@dataclass(frozen=True, slots=True)
class Core:
    """The paper-coloured line inside a thread; no dash means unbroken."""

    dash: str = ""
    dots: bool = False

    def attributes(self) -> str:
        """Its dash pattern as SVG attributes."""
        dash = f' stroke-dasharray="{self.dash}"' if self.dash else ""
        return dash + (' stroke-linecap="round"' if self.dots else "")

    def width(self, thread: float) -> float:
        """Its width in a thread of the given width."""
        return (1.1 if thread < 3.5 else 1.4) + (0.5 if self.dots else 0)


@dataclass(frozen=True, slots=True)
class Colour:
    """A dye colour in light and dark pages, at full strength and dimmed, and the pattern of its core."""

    name: str
    light: str
    light_dim: str
    dark: str
    dark_dim: str
    core: Core | None


COLOURS = (
    Colour("woad", "#2a3b98", "#a3a8cb", "#6a88e2", "#3b4568", None),
    Colour("madder", "#b13d02", "#dba98c", "#de7226", "#6a3d1c", Core("7 5")),
    Colour("fern", "#4a8168", "#b0c5b7", "#6fe0bb", "#3d6958", Core("0.1 5.5", dots=True)),
    Colour("weld", "#ac8519", "#d9c796", "#f5da68", "#736637", Core()),
    Colour("heather", "#a6548f", "#d7b3c7", "#ad7194", "#563c48", Core("12 3 2 3")),
    Colour("walnut", "#5c3e33", "#b8a9a1", "#998f80", "#4e4840", Core("2 3.5")),
    Colour("sky", "#2b93c6", "#a3cdde", "#82b6d4", "#455862", Core("3 3 3 9")),
    Colour("sloe", "#3d2350", "#ab9ead", "#7a61a0", "#42364d", Core("3 12")),
)
UNDYED = Colour("undyed", "#5c5349", "#b8b2aa", "#c3b8a8", "#5f5950", None)
# shapes: 0 circle, 1 diamond, 2 square, 3 triangle up, 4 triangle down, 5 wide bar, 6 hexagon, 7 cross
CIRCLE = 0
_STANDING = frozenset({3, 4, 5, 6})  # shapes that differ from their own turned picture


def colour_of(team: int) -> Colour:
    """The colour of a team."""
    return UNDYED if team == NO_TEAM else COLOURS[team % 8]


def team_class(team: int) -> str:
    """The class that sets a team's colours: `weft-t1` to `weft-t8`, `weft-t0` for no team."""
    return f"weft-t{0 if team == NO_TEAM else team % 8 + 1}"


def shape_of(team: int) -> int:
    """Which of the eight shapes a team has."""
    return CIRCLE if team == NO_TEAM else (team % 8 + 3 * (team // 8)) % 8


def team_path(team: int) -> str:
    """The shape that stands before a team's name, for a viewBox of -10 -10 20 20."""
    return knot_path(team, 0, 0, 16, 16)


def knot_path(team: int, x: float, y: float, width: float, height: float, *, turned: bool = False) -> str:
    """The outline of one team's knot around (x, y); `turned` keeps it upright where the picture swaps x and y."""
    shape = shape_of(team)
    if shape == CIRCLE:
        return _pill(x, y, width, height)
    if turned and shape in _STANDING:
        wide = 18 + (height - 18) * 0.8
        return _polygon([(b, a) for a, b in _KNOTS[shape](y, x, wide, width)])
    return _polygon(_KNOTS[shape](x, y, width, height))


def mark_path(team: int, x: float, y: float, radius: float, *, turned: bool = False) -> str:
    """The small sign of a team on its slice of a shared knot."""
    shape = shape_of(team)
    if shape == CIRCLE:
        return _pill(x, y, 2 * radius, 2 * radius)
    if turned:
        return _polygon([(b, a) for a, b in _MARKS[shape](y, x, radius)])
    return _polygon(_MARKS[shape](x, y, radius))


def shared_path(x: float, y: float, width: float, height: float) -> str:
    """The outline of a knot of several teams: one rounded label."""
    return _rounded_top(x, y - height / 2, width) + _rounded_foot(x, y + height / 2, width)


def slice_path(x: float, y: float, width: float, height: float, part: tuple[int, int]) -> str:
    """Slice `part = (number from 0, of how many)` of a shared knot, with a hair of paper to the next."""
    number, parts = part
    top, left, right = y - height / 2, x - width / 2, x + width / 2
    start, end = top + height * number / parts, top + height * (number + 1) / parts
    if number == 0:
        return f"{_rounded_top(x, top, width)}V{num(end - 0.8)}H{num(left)}Z"
    edge = f"M{num(left)} {num(start + 0.8)}H{num(right)}"
    if number == parts - 1:
        return edge + _rounded_foot(x, y + height / 2, width)
    return f"{edge}V{num(end - 0.8)}H{num(left)}Z"


def _rounded_top(x: float, top: float, width: float) -> str:
    half = width / 2
    return f"M{num(x - half)} {num(top + 5)}a5 5 0 0 1 5 -5H{num(x + half - 5)}a5 5 0 0 1 5 5"


def _rounded_foot(x: float, foot: float, width: float) -> str:
    half = width / 2
    return f"V{num(foot - 5)}a5 5 0 0 1 -5 5H{num(x - half + 5)}a5 5 0 0 1 -5 -5Z"


def _pill(x: float, y: float, width: float, height: float) -> str:
    r = width / 2
    top, foot, arc = y - height / 2 + r, y + height / 2 - r, f"a{num(r)} {num(r)} 0 0 1"
    return f"M{num(x - r)} {num(top)}{arc} {num(width)} 0V{num(foot)}{arc} {num(-width)} 0Z"


def _polygon(points: list[Point]) -> str:
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points) + "Z"


def _diamond(x: float, y: float, w: float, h: float) -> list[Point]:
    e = w * 0.62
    tip = max(h / 2, e - 1) + 1
    bend = tip - e
    if bend < 0.1:
        return [(x, y - tip), (x + e, y), (x, y + tip), (x - e, y)]
    return [(x, y - tip), (x + e, y - bend), (x + e, y + bend), (x, y + tip), (x - e, y + bend), (x - e, y - bend)]


def _square(x: float, y: float, w: float, h: float) -> list[Point]:
    return _box(x, y, w * 0.46, h / 2 - 1)


def _triangle_up(x: float, y: float, w: float, h: float) -> list[Point]:
    c = w * 0.58
    return [(x, y - h / 2 - 1), (x + c, y + h / 2), (x - c, y + h / 2)]


def _triangle_down(x: float, y: float, w: float, h: float) -> list[Point]:
    c = w * 0.58
    return [(x - c, y - h / 2), (x + c, y - h / 2), (x, y + h / 2 + 1)]


def _bar(x: float, y: float, w: float, h: float) -> list[Point]:
    return _box(x, y, w * 0.62, h * 0.32)


def _hexagon(x: float, y: float, w: float, h: float) -> list[Point]:
    c, e, a = w * 0.56, w * 0.28, h / 2
    return [(x - c, y), (x - e, y - a), (x + e, y - a), (x + c, y), (x + e, y + a), (x - e, y + a)]


def _cross(x: float, y: float, w: float, h: float) -> list[Point]:
    return _plus(x, y, (w * 0.52, h / 2), w * 0.22)


def _box(x: float, y: float, a: float, b: float) -> list[Point]:
    return [(x - a, y - b), (x + a, y - b), (x + a, y + b), (x - a, y + b)]


def _plus(x: float, y: float, reach: tuple[float, float], arm: float) -> list[Point]:
    a, b = reach
    quarter = [(arm, b), (arm, arm), (a, arm)]
    right = [(u, -v) for u, v in quarter] + [(u, v) for u, v in reversed(quarter)]
    return [(x + u, y + v) for u, v in right + [(-u, -v) for u, v in right]]


_KNOTS: tuple[Callable[[float, float, float, float], list[Point]], ...] = (
    _square,
    _diamond,
    _square,
    _triangle_up,
    _triangle_down,
    _bar,
    _hexagon,
    _cross,
)
_MARKS: tuple[Callable[[float, float, float], list[Point]], ...] = (
    lambda x, y, r: _box(x, y, r, r),
    lambda x, y, r: [(x, y - r * 1.28), (x + r * 1.28, y), (x, y + r * 1.28), (x - r * 1.28, y)],
    lambda x, y, r: _box(x, y, r * 0.9, r * 0.9),
    lambda x, y, r: [(x, y - r * 1.2), (x + r * 1.2, y + r * 0.96), (x - r * 1.2, y + r * 0.96)],
    lambda x, y, r: [(x, y + r * 1.2), (x + r * 1.2, y - r * 0.96), (x - r * 1.2, y - r * 0.96)],
    lambda x, y, r: _box(x, y, r * 1.3, r * 0.65),
    lambda x, y, r: _hexagon(x, y, r * 2.14, r * 2.4),
    lambda x, y, r: _plus(x, y, (r * 1.25, r * 1.25), r * 0.45),
)
