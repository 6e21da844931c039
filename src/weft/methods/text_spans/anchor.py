"""Find a passage again after its text was edited."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weft.methods.text_spans.selector import Selector

_SURE_PREFIX = 8
_MOST_CHANGED = 0.2


@dataclass(frozen=True)
class Anchor:
    """Where a passage is now.

    ``how`` is ``same place``, ``moved``, ``edited``, or ``lost`` (then ``start`` and ``end`` are ``None``); ``edited``
    and ``lost`` go to a person with both texts. ``distance`` counts the edits between the quote and the nearest words.
    """

    start: int | None
    end: int | None
    how: str
    distance: int


def reanchor(text: str, selector: Selector) -> Anchor:
    """Find the words of a selector in a new text.

    1. ``same place``: the quote stands at its old start, and the words before it are the same or it stands there only.
    2. ``moved``: of all places with the quote, the one with most of the old context around it; two such: ``lost``.
    3. ``edited``: the place with the fewest edits, at most 1 or a fifth of the quote; among equals that with most of
       the old context, then the nearest. Without any context and with another place as good: ``lost``.

    Parameters: ``text`` canonical; ``selector`` from the old text. Returns an ``Anchor``. Deterministic. Cost: length
    of the quote x length of the text.

    References: Sellers 1980, doi:10.1016/0196-6774(80)90016-4.

    >>> from weft.methods.text_spans.selector import select
    >>> old = select("A warm place to sit. No shop.", 2, 12)
    >>> reanchor("We want a warm place to sit. No shop.", old)
    Anchor(start=10, end=20, how='moved', distance=0)
    >>> reanchor("A warmer place to sit. No shop.", old)
    Anchor(start=2, end=14, how='edited', distance=2)
    """
    quote = selector.quote
    places = _occurrences(text, quote)
    if selector.start in places:
        before = selector.prefix[-_SURE_PREFIX:]
        if len(places) == 1 or text[: selector.start].endswith(before):
            return Anchor(selector.start, selector.start + len(quote), "same place", 0)
    if places:
        context = [_context(text, start, start + len(quote), selector) for start in places]
        best = max(context)
        if context.count(best) > 1:
            return Anchor(None, None, "lost", 0)
        start = places[context.index(best)]
        return Anchor(start, start + len(quote), "moved", 0)
    return _nearest(text, selector)


def _occurrences(text: str, quote: str) -> list[int]:
    """Return the start of every occurrence, overlapping ones too."""
    found = []
    at = text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _context(text: str, start: int, end: int, selector: Selector) -> int:
    """Return how many code points next to the passage are the old ones, without a gap, on both sides together."""
    before = 0
    while before < min(start, len(selector.prefix)) and text[start - 1 - before] == selector.prefix[-1 - before]:
        before += 1
    after = 0
    while after < min(len(text) - end, len(selector.suffix)) and text[end + after] == selector.suffix[after]:
        after += 1
    return before + after


def _nearest(text: str, selector: Selector) -> Anchor:
    """Return the place with the fewest edits, if it is near enough and no other is as good."""
    quote = selector.quote
    distance, starts = _edits(text, quote)
    ends = np.arange(len(text) + 1)
    real = starts < ends
    if not real.any():
        return Anchor(None, None, "lost", len(quote))
    least = int(distance[real].min())
    if least > max(1, _MOST_CHANGED * len(quote)):
        return Anchor(None, None, "lost", least)
    equal = [(int(starts[end]), int(end)) for end in np.flatnonzero(real & (distance == least))]
    ranked = sorted((-_context(text, *span, selector), abs(span[0] - selector.start), span) for span in equal)
    matching, _, (start, end) = ranked[0]
    elsewhere = any(other_end <= start or end <= other_start for other_start, other_end in equal)
    if matching == 0 and elsewhere:
        return Anchor(None, None, "lost", least)
    return Anchor(start, end, "edited", least)


def _edits(text: str, quote: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each end in the text the fewest edits that turn the quote into words ending there, and their start.

    Row by row over the quote. Distance and start are one number, so that the least carries its start along.
    """
    letters = np.array([ord(character) for character in text], dtype=np.int64)
    width = len(text) + 1
    places = np.arange(width)
    steps = places * width
    row = places.copy()
    for done, character in enumerate(quote, 1):
        best = row + width
        np.minimum(best[1:], row[:-1] + np.where(letters == ord(character), 0, width), out=best[1:])
        best[0] = done * width
        row = np.minimum.accumulate(best - steps) + steps
    return row // width, row % width
