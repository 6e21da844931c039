"""How long asks have waited: each a thread of its team's colour along time, ended by a ring, dots, or a frayed end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from weft.pictures.colour import NO_TEAM, colour_of, team_class
from weft.pictures.svg import cut, num, safe


@dataclass(frozen=True)
class Wait:
    """One ask: its team counted from 0, from when to when, how it ends (ring, dots, frayed), and that in words."""

    title: str
    team: int
    start: date
    end: date
    how: str
    words: str


@dataclass(frozen=True)
class _Sheet:
    """The measures of the wide and of the tall drawing."""

    width: int
    right: int
    step: int
    size: float
    is_wide: bool


WIDE = _Sheet(1120, 900, 62, 17, True)
TALL = _Sheet(340, 300, 88, 15.5, False)
FRAY = (-9, -5, -1.5, 1.5, 5, 9)


def waits(rows: Sequence[Wait], today: date, uid: str, described: str, wide: bool = True) -> str:
    """An SVG with a title and a description. Rows from top to bottom as given."""
    sheet = WIDE if wide else TALL
    first = min((row.start for row in rows), default=today)
    span = max((today - first).days, 1)
    height = 40 + sheet.step * len(rows)
    parts = [
        f'<svg viewBox="0 0 {sheet.width} {height}" role="img" aria-labelledby="{uid}-t {uid}-d">'
        f'<title id="{uid}-t">How long each ask has waited</title><desc id="{uid}-d">{safe(described)}</desc>'
    ]

    def at(day: date) -> float:
        return 4 + (sheet.right - 4) * max(0, min((day - first).days, span)) / span

    for day in _marks(first, span, 2 if wide else 1):
        parts.append(f'<path class="weft-fig-l" stroke-width="2" d="M{num(at(day))} 26V{height - 8}"/>')
        anchor = "start" if day == first else "middle" if wide else "end"
        parts.append(_text("weft-fig-s", at(day), 16, f"{day.day} {day:%b}", 15, anchor))
    parts.append(f'<path class="weft-fig-l" stroke-width="2" d="M{sheet.right} 26V{height - 8}"/>')
    parts.append(_text("weft-fig-s", sheet.right, 16, "Today", 15, "middle"))
    parts += [
        _row(row, sheet, at(row.start), at(row.end), 40 + sheet.step * number + (42 if wide else 36))
        for number, row in enumerate(rows)
    ]
    return "".join([*parts, "</svg>"])


def _marks(first: date, span: int, between: int) -> list[date]:
    """The first day and one or two between it and today, where there is room."""
    steps = between if span >= 21 else 0
    return [first, *(first + timedelta(days=span * k // (steps + 1)) for k in range(1, steps + 1))]


def _text(name: str, x: float, y: float, words: str, size: float, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text class="{name}" x="{num(x)}" y="{num(y)}" font-size="{size:g}" text-anchor="{anchor}"{weight}>'
        f"{safe(words)}</text>"
    )


def _row(row: Wait, sheet: _Sheet, start: float, end: float, y: float) -> str:
    title = cut(row.title, 70 if sheet.is_wide else 40)
    end = max(end, start + 14)
    colours = f"weft-time {team_class(row.team)}"
    late = start > sheet.width * 0.6
    x, anchor = (min(end, sheet.right), "end") if late else (start if sheet.is_wide else 4, "start")
    parts = [_text("weft-fig-t weft-fig-halo", x, y - 15, title, sheet.size, anchor)]
    stop = {"ring": end - 7, "frayed": end - 16, "dots": end - 12}[row.how]
    stop = max(stop, start + 2)
    parts.append(f'<path class="{colours}" fill="none" stroke-width="5" d="M{num(start)} {num(y)}H{num(stop)}"/>')
    parts.append(f'<path class="{colours}" fill="none" stroke-width="3" d="M{num(start)} {num(y - 7)}v14"/>')
    core = colour_of(row.team).core if row.team != NO_TEAM else None
    if core is not None and stop - start > 6:
        parts.append(
            f'<path class="wv-core" fill="none" stroke-width="{core.width(5):g}"{core.attributes()} '
            f'd="M{num(start + 3)} {num(y)}H{num(stop)}"/>'
        )
    parts.append(_end(row.how, colours, stop, y))
    if sheet.is_wide:
        parts.append(
            _text("weft-fig-t weft-fig-halo", stop + 26 + (6 if row.how == "frayed" else 0), y + 6, row.words, 16,
                  bold=row.how == "frayed")
        )  # fmt: skip
    else:
        parts.append(_text("weft-fig-s weft-fig-halo", 4, y + 24, row.words, 14.5, bold=row.how == "frayed"))
    return "".join(parts)


def _end(how: str, colours: str, x: float, y: float) -> str:
    """The end of a thread: answered, waiting, or silent."""
    if how == "ring":
        return f'<circle class="{colours} weft-time--end" cx="{num(x + 7)}" cy="{num(y)}" r="6.5" stroke-width="4"/>'
    if how == "dots":
        return (
            f'<path class="{colours}" fill="none" stroke-width="4" stroke-linecap="round" '
            f'd="M{num(x + 4)} {num(y)}h.1m7 0h.1m7 0h.1"/>'
        )
    strands = "".join(f"M{num(x - 1)} {num(y)}c7 0 9 {num(d / 2)} 19 {num(d)}" for d in FRAY)
    return f'<path class="{colours}" fill="none" stroke-width="1.4" stroke-linecap="round" d="{strands}"/>'
