"""Every small line drawing of the pages, in one place; the larger pictures are in `pictures`."""

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from weft.pictures import colour

LOGO: Final = (
    "0 0 34 30",
    '<g stroke-width="3" stroke-linecap="round"><path class="weft-logo__warp" d="M8 3v24M17 3v24M26 3v24"/>'
    '<path class="weft-logo__gap" stroke-width="6.4" stroke-linecap="butt" d="M4.5 11h7m11 0h7M13.5 19h7"/>'
    '<path class="weft-logo__weft" d="M2 11h30M2 19h30"/>'
    '<path class="weft-logo__gap" stroke-width="6.4" stroke-linecap="butt" d="M17 7.5v7M8 15.5v7m18-7v7"/>'
    '<path class="weft-logo__warp" stroke-linecap="butt" d="M17 6.5v9M8 14.5v9m18-9v9"/></g>',
)

# name: (view box, what is drawn)
DRAWINGS: Final[dict[str, tuple[str, str]]] = {
    "logo": LOGO,
    "warp": ("0 0 96 56", '<path d="M12 4v44M24 4v48M36 4v42M48 4v48M60 4v44M72 4v50M84 4v44"/>'),
    # kinds of knowledge: a weave each
    "lived": ("0 0 18 18", '<path d="M1 11C4 2 7 3 8 9s4 7 5 2 2-5 4-4"/>'),
    "practice": ("0 0 18 18", '<path d="M1 12 9 2M3 16 15 2M9 16l8-10"/>'),
    "administrative": ("0 0 18 18", '<path d="M4 1v16M9 1v16M14 1v16M1 5h16M1 13h16"/>'),
    "academic": (
        "0 0 18 18",
        '<path d="M6 1v16M11.5 1v16"/><path class="g" d="M1 9h16"/><path d="M1 6.5h16M1 11.5h16"/>',
    ),
    "local": ("0 0 18 18", '<path d="M2 15C2 3 12 1 12 8s-8 6-8 1S16 3 16 15"/>'),
    # ends of a thread
    "running": (
        "0 0 44 20",
        '<path d="M2 10h22"/><circle cx="30" cy="10" r="7" fill="currentColor" stroke="none"/>',
    ),
    "asked": ("0 0 44 20", '<path d="M2 10h19"/><path stroke-linecap="round" d="M27 10h.1M33 10h.1M39 10h.1"/>'),
    "acknowledged": ("0 0 44 20", '<path d="M2 10h20"/><path d="M33 5a6 6 0 1 0 0 10"/>'),
    "yes": ("0 0 44 20", '<path d="M2 10h22"/><circle cx="30" cy="10" r="6"/>'),
    "partly": (
        "0 0 44 20",
        '<path d="M2 10h22"/><circle cx="30" cy="10" r="6"/>'
        '<path fill="currentColor" stroke="none" d="M24.5 10h11a5.5 5.5 0 0 1-11 0Z"/>',
    ),
    "no": ("0 0 44 20", '<path d="M2 10h22"/><circle cx="30" cy="10" r="6"/><path d="m25 15 10-10"/>'),
    "silence": (
        "0 0 44 20",
        '<path d="M2 10h21"/><path class="thin" stroke-linecap="round" d="M22 10c8 0 8-6 17-7M22 10c8 0 9-3 19-4'
        'M22 10c8 0 9-1 20-1M22 10c8 0 9 2 19 3M22 10c8 0 8 5 16 7"/>',
    ),
    "done": (
        "0 0 44 20",
        '<path d="M2 10h22"/><circle cx="30" cy="10" r="7" fill="currentColor" stroke="none"/>',
    ),
    # how it went, and what is open
    "straight": ("0 0 44 22", '<path d="M1 11h42"/>'),
    "stepped": ("0 0 44 22", '<path d="M1 16h12c9 0 7-11 16-11h14"/>'),
    "looped": ("0 0 44 22", '<path d="M1 17h17c9 0 11-12 3-12s-6 12 3 12h19"/>'),
    "changed": ("0 0 44 22", '<path d="M1 6h14c8 0 6 10 14 10h14"/>'),
    "against": ("0 0 44 22", '<path stroke-dasharray="7 4" d="M1 11h42"/>'),
    "gap": ("0 0 44 22", '<circle cx="22" cy="11" r="8.5" stroke-dasharray="9.5 3.85"/>'),
    # how sure: one to three stitches
    "level1": ("0 0 42 14", '<path d="M4 7h7"/><path class="off" d="M17 7h7M30 7h7"/>'),
    "level2": ("0 0 42 14", '<path d="M4 7h7M17 7h7"/><path class="off" d="M30 7h7"/>'),
    "level3": ("0 0 42 14", '<path d="M4 7h7M17 7h7M30 7h7"/>'),
    # taking part
    "agree": ("0 0 32 26", '<path d="m5 14 8 7L27 4"/>'),
    "disagree": ("0 0 32 26", '<path d="m7 4 18 18M25 4 7 22"/>'),
    "pass": ("0 0 32 26", '<path d="M4 13h22M18 5l9 8-9 8"/>'),
    "write": ("0 0 30 30", '<path d="M5 25l2-7L21 4l5 5-14 14-7 2ZM18 7l5 5"/>'),
    "say": (
        "0 0 30 30",
        '<path d="M15 4a4 4 0 0 1 4 4v6a4 4 0 0 1-8 0V8a4 4 0 0 1 4-4ZM6 14a9 9 0 0 0 18 0M15 23v4"/>',
    ),
    "show": ("0 0 30 30", '<path d="M3 9h6l2-4h8l2 4h6v16H3ZM15 12a5 5 0 1 1 0 10 5 5 0 0 1 0-10Z"/>'),
}


def drawing(name: str) -> SafeString:
    """The drawing as an SVG that screen readers skip: the words beside it say the same."""
    box, inside = DRAWINGS[name]
    return _svg(box, mark_safe(inside))


def shape(number: int) -> SafeString:
    """The shape that stands before the name of the team with this colour."""
    return _svg("-10 -10 20 20", format_html('<path d="{}"/>', colour.team_path(number - 1)))


def colour_band(number: int) -> SafeString:
    """A length of the team's colour, as wide as what it stands in."""
    line = '<path class="y" fill="none" stroke-width="6" d="M0 3H1400"/>'
    if core := colour.colour_of(number - 1).core:
        line += f'<path class="c" fill="none" stroke-width="{core.width(6):g}"{core.attributes()} d="M0 3H1400"/>'
    return format_html(
        '<svg class="weft-yarn {}" viewBox="0 0 1400 6" preserveAspectRatio="xMinYMid slice" '
        'aria-hidden="true" focusable="false">{}</svg>',
        colour.team_class(number - 1),
        mark_safe(line),
    )


def stitches(done: int, left: int, at_most: int = 12) -> SafeString:
    """A row of stitches, those done thicker; above `at_most` each stitch stands for several."""
    total = done + left
    count = min(total, at_most)
    sewn = done if total <= at_most else _share(done, total, count)
    step = 240 / max(count, 1)
    width = min(9.0, step * 0.45)
    marks = [f"M{6 + step * i:.4g} 6h{width:.3g}" for i in range(count)]
    paths = "".join(
        f'<path class="{name}" d="{"".join(part)}"/>'
        for name, part in (("off", marks[sewn:]), ("on", marks[:sewn]))
        if part
    )
    return _svg("0 0 240 12", mark_safe(paths))


def _share(done: int, total: int, count: int) -> int:
    """Stitches to draw for a part of many: some once begun, all only at the end."""
    if done == 0 or done == total:
        return count if done else 0
    return min(max(round(done / total * count), 1), count - 1)


def _svg(box: str, inside: SafeString) -> SafeString:
    return format_html('<svg viewBox="{}" fill="none" aria-hidden="true" focusable="false">{}</svg>', box, inside)
