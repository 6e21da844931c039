"""The picture of an opinion map: hexagons in which enough people stand, never one person."""

import math
from dataclasses import dataclass
from typing import Any

from django import template

from weft.sense.maps.queries import GROUP_NAMES

register = template.Library()

WIDTH = 340
TALLEST = 300
MARGIN = 14
SMALLEST = 0.3
LARGEST_RADIUS = 36
CORNERS = [math.radians(30 + 60 * corner) for corner in range(6)]
BAR = 150
ANSWERS = ("agree", "disagree", "pass")


@dataclass(frozen=True)
class Hexagon:
    """One hexagon: its outline, and an inner one that grows with the people in it."""

    outline: str
    inner: str


@dataclass(frozen=True)
class Label:
    """The name of a group where its people stand."""

    name: str
    x: float
    y: float


@register.inclusion_tag("maps/_picture.html")
def map_picture(result: dict[str, Any], people: int) -> dict[str, Any]:
    """Where people stand on a map: agreeing with the statement that divides most moves them to the right."""
    picture = result["picture"]
    centres = [(x, -y) for x, y in picture["centres"]]
    if not centres:
        return {"hexagons": []}
    radius = picture["radius"]
    left, right = min(x for x, _ in centres) - radius, max(x for x, _ in centres) + radius
    top, bottom = min(y for _, y in centres) - radius, max(y for _, y in centres) + radius
    scale = min((WIDTH - 2 * MARGIN) / (right - left), (TALLEST - 2 * MARGIN) / (bottom - top))
    scale = min(scale, LARGEST_RADIUS / radius)
    shift = (WIDTH - scale * (right - left)) / 2

    def on_page(x: float, y: float) -> tuple[float, float]:
        return shift + (x - left) * scale, MARGIN + (y - top) * scale

    most = max(picture["counts"])
    hexagons = [
        _hexagon(*on_page(x, y), radius * scale, count / most)
        for (x, y), count in zip(centres, picture["counts"], strict=True)
    ]
    height = round(2 * MARGIN + (bottom - top) * scale)
    labels = []
    for name, group in zip(GROUP_NAMES, result["groups"], strict=False):
        if group["centre"]:
            x, y = on_page(group["centre"][0], -group["centre"][1])
            labels.append(Label(name, round(min(max(x, 30), WIDTH - 30), 1), round(min(max(y, 16), height - 8), 1)))
    drawn = sum(picture["counts"])
    return {
        "hexagons": hexagons,
        "labels": labels,
        "height": height,
        "drawn": drawn,
        "people": people,
        "smallest": min(picture["counts"]),
        "most": most,
        "left_out": picture["left_out"],
    }


def _hexagon(x: float, y: float, radius: float, share: float) -> Hexagon:
    return Hexagon(_points(x, y, radius), _points(x, y, radius * max(SMALLEST, math.sqrt(share)) * 0.92))


def _points(x: float, y: float, radius: float) -> str:
    return " ".join(f"{x + radius * math.cos(a):.1f},{y + radius * math.sin(a):.1f}" for a in CORNERS)


@register.filter
def bar_width(percent: int | None) -> float:
    """How long the bar of a percent is."""
    return round((percent or 0) / 100 * BAR, 1)


@register.filter
def row_y(at: int, base: int = 0) -> int:
    """Where a row of a small chart stands; rows are 34 apart."""
    return base + 34 * at


@register.filter
def after_bar(percent: int | None) -> float:
    """Where the number stands that follows a bar."""
    return 96 + bar_width(percent) + 9


@register.filter
def told_at(everybody: list[int | None], at: int) -> str:
    """How many gave one answer, "58 (70%)"; "34 with pass" where two are told together; or not shown."""
    *answers, total = everybody
    if not total:
        return "not shown"
    told = answers[at]
    if told is None:
        rest = total - sum(n for n in answers if n is not None)
        others = [name for name, n in zip(ANSWERS, answers, strict=True) if n is None and name != ANSWERS[at]]
        return f"{rest:,} with {others[0] if len(others) == 1 else 'the others'}"
    return f"{told:,} ({(200 * told + total) // (2 * total)}%)"
