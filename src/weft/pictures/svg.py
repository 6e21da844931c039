"""The small words of SVG: numbers, escaped text, and a pen that knows whether its picture stands alone."""

import re
from collections.abc import Iterable
from html import escape

PAPER, WARP, INK, SOFT, GOLD = "#faf7f0", "#cfc2ad", "#25201b", "#5c5349", "#ffc933"
FONT = "Atkinson Hyperlegible, system-ui, sans-serif"
LONGEST_LABEL = 90

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_UNSAYABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def num(value: float) -> str:
    """A coordinate with one decimal at most."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def cut(text: str, longest: int = LONGEST_LABEL) -> str:
    """One line of at most `longest` characters, ended at a word where there is one near."""
    line = " ".join(_UNSAYABLE.sub("", text[: longest * 50]).split())
    if len(line) <= longest:
        return line
    short = line[: longest - 1]
    word = short.rfind(" ")
    return (short[:word] if word > longest * 0.7 else short).rstrip(" ,.;:") + "…"


def safe(text: str) -> str:
    """Text as it may stand in an element or in a quoted attribute; what XML cannot hold is left out."""
    return escape(_UNSAYABLE.sub("", text), quote=True)


class Pen:
    """Collects elements; colours are written out only in a picture that stands alone, elsewhere classes give them."""

    def __init__(self, *, standalone: bool) -> None:
        self.standalone = standalone
        self.parts: list[str] = []

    def add(self, markup: str) -> None:
        """Add markup as it is."""
        self.parts.append(markup)

    def colour(self, role: str, value: str) -> str:
        """A colour attribute, or nothing where the page's stylesheet colours the class."""
        return f' {role}="{value}"' if self.standalone else ""

    def line(self, name: str, pieces: Iterable[str], colour: str, width: float, extra: str = "") -> None:
        """One stroked path of all the pieces; no element at all for no pieces."""
        data = "".join(pieces)
        if data:
            ink = self.colour("stroke", colour)
            self.parts.append(f'<path class="{name}"{ink} stroke-width="{num(width)}"{extra} d="{data}"/>')

    def fill(self, name: str, data: str, colour: str) -> None:
        """One filled path."""
        self.parts.append(f'<path class="{name}"{self.colour("fill", colour)} d="{data}"/>')

    def text(self, name: str, x: float, y: float, words: str, size: float, style: str = "") -> None:
        """Words at a place; `style` may hold "middle" and "bold"."""
        anchor = ' text-anchor="middle"' if "middle" in style else ""
        weight = ' font-weight="700"' if "bold" in style else ""
        ink = self.colour("fill", SOFT if name == "wv-s" else INK)
        reading = ' unicode-bidi="plaintext"' if _RIGHT_TO_LEFT.search(words) else ""
        place = f'x="{num(x)}" y="{num(y)}" font-size="{num(size)}"{reading}'
        self.parts.append(f'<text class="{name}" {place}{ink}{anchor}{weight}>{safe(words)}</text>')

    def markup(self) -> str:
        """Everything so far."""
        return "".join(self.parts)
