"""How everyone answered one card, as a bar beside the sentence that says the same; a ring marks one's own."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from weft.pictures.svg import num

WIDTH, HEIGHT, GAP, LEAST = 328, 30, 4, 12
NAMES: Final = ("weft-bar", "weft-bar--b", "weft-bar--c")  # agreed, disagreed, passed
TOGETHER: Final = "weft-bar--m"  # those whose numbers are too small to be told apart


class Part(NamedTuple):
    """One part of a bar: its class, how many people, and which answers it holds."""

    name: str
    people: int
    answers: frozenset[int]


def bar(told: Sequence[int | None], total: int | None, mine: int | None = None) -> str:
    """An SVG that is no text: the told answers in their order, then the others together. `mine` marks one of them.

    Nothing where not one number is told.
    """
    parts = _parts(told, total or 0)
    if not any(part.name != TOGETHER for part in parts):
        return ""
    drawn, x = [], 1.0
    for part, width in zip(parts, _widths([part.people for part in parts]), strict=True):
        drawn.append(
            f'<rect class="{part.name}" x="{num(x)}" y="5" width="{num(width)}" height="{HEIGHT - 10}" rx="2"/>'
        )
        if mine in part.answers:
            drawn.append(_me(x + width / 2))
        x += width + GAP
    shapes = "".join(drawn)
    return (
        f'<svg class="weft-answers" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">{shapes}</svg>'
    )


def _parts(told: Sequence[int | None], total: int) -> list[Part]:
    """Those that are told and not empty, and the rest."""
    known = [Part(NAMES[at], n, frozenset((at,))) for at, n in enumerate(told) if n]
    hidden = frozenset(at for at, n in enumerate(told) if n is None)
    rest = total - sum(part.people for part in known)
    return [*known, Part(TOGETHER, rest, hidden)] if hidden and rest > 0 else known


def _widths(people: Sequence[int]) -> list[float]:
    """How wide each part is: by its people, none so narrow that it is not seen; the widest gives what that takes."""
    room = WIDTH - 2 - GAP * (len(people) - 1)
    widths = [max(float(LEAST), room * n / sum(people)) for n in people]
    widest = widths.index(max(widths))
    widths[widest] -= sum(widths) - room
    return widths


def _me(x: float) -> str:
    """The ring that stands for whoever reads it."""
    rings = (("weft-me-ring", "11"), ("wv-gold-f", "9.5"), ("weft-me-dot", "4.5"))
    return "".join(f'<circle class="{name}" cx="{num(x)}" cy="15" r="{r}"/>' for name, r in rings)
