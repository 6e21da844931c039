"""Who is carried, drawn: for each row the share that is, on the band where a random pick would have put it."""

from collections.abc import Sequence
from dataclasses import dataclass

from weft.pictures.svg import num, safe

WIDTH, LEFT, RIGHT, STEP, TOP = 340, 6, 334, 58, 26


@dataclass(frozen=True)
class Reached:
    """One row: shares of 1, or nothing where they may not be shown."""

    name: str
    share: float | None
    low: float | None
    high: float | None
    words: str


def reach(rows: Sequence[Reached], uid: str, title: str) -> str:
    """An SVG with a title and a description; the table beside it has the same numbers."""
    height = TOP + STEP * len(rows)
    described = " ".join(f"{row.name}: {row.words}" for row in rows)
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{uid}-t {uid}-d">'
        f'<title id="{uid}-t">{safe(title)}</title><desc id="{uid}-d">{safe(described)}</desc>'
    ]
    for words, share, anchor in (("nobody", 0, "start"), ("half", 0.5, "middle"), ("everybody", 1, "end")):
        x = num(_x(share))
        parts.append(f'<path class="weft-fig-l" stroke-width="2" d="M{x} 22V{height - 6}"/>')
        parts.append(f'<text class="weft-fig-s" x="{x}" y="14" font-size="14" text-anchor="{anchor}">{words}</text>')
    for at, row in enumerate(rows):
        parts.append(_row(row, TOP + STEP * at))
    return "".join([*parts, "</svg>"])


def _x(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * share


def _row(row: Reached, y: float) -> str:
    said = row.name if row.share is not None else f"{row.name}: not shown"
    name = f'<text class="weft-fig-t weft-fig-halo" x="{LEFT}" y="{num(y + 18)}" font-size="15">{safe(said)}</text>'
    line = y + 36
    thread = f'<path class="weft-fig-l" stroke-width="2" d="M{LEFT} {num(line)}H{RIGHT}"/>'
    band = dot = ""
    if row.low is not None and row.high is not None:
        wide = max(_x(row.high) - _x(row.low), 3)
        band = f'<rect class="weft-bar--c" x="{num(_x(row.low))}" y="{num(line - 8)}" width="{num(wide)}" height="16"/>'
    if row.share is not None:
        x, middle = num(_x(row.share)), num(line)
        dot = (
            f'<path class="weft-reach" stroke-width="5" fill="none" d="M{LEFT} {middle}H{x}"/>'
            f'<circle class="weft-reach weft-time--end" cx="{x}" cy="{middle}" r="6.5" stroke-width="4"/>'
        )
    return thread + band + dot + name
