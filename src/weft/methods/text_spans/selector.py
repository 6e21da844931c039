"""A passage of a text: its place, its words, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass

CONTEXT = 32


@dataclass(frozen=True)
class Selector:
    """Places in code points of the canonical text, ``end`` exclusive, with up to 32 code points on each side."""

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


def canonical(text: str) -> str:
    r"""Return the text without a byte order mark and with single line feeds, otherwise untouched.

    >>> canonical("\ufeffone\r\ntwo\rthree")
    'one\ntwo\nthree'
    """
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def select(text: str, start: int, end: int) -> Selector:
    """Return the selector of a passage of a canonical text.

    Raises ``ValueError`` for a place outside the text or an empty passage.

    References: W3C Web Annotation Data Model, text quote and text position selectors.

    >>> select("Somewhere warm to sit.", 10, 14)
    Selector(start=10, end=14, quote='warm', prefix='Somewhere ', suffix=' to sit.')
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"A selection must have 0 <= start < end <= {len(text)}, got {start}..{end}.")
    return Selector(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])
