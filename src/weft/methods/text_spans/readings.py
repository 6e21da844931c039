"""Find out how another program counted the places in its texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from weft.methods.scripts import is_unspaced, is_word
from weft.methods.text_spans.selector import canonical

READINGS = ("code point LF", "UTF-16 CRLF", "code point CRLF", "UTF-16 LF")
_LEAST_NAME = 8
_TWICE = {
    "code point LF": re.compile(r"(?!)"),
    "UTF-16 CRLF": re.compile("[\n\U00010000-\U0010ffff]"),
    "code point CRLF": re.compile("\n"),
    "UTF-16 LF": re.compile("[\U00010000-\U0010ffff]"),
}
"""The characters that each reading counts as two."""

Spans = dict[str, tuple[int, int] | None]


@dataclass(frozen=True)
class ForeignSelection:
    """A selection as another program wrote it; ``name`` is often the beginning of its words."""

    guid: str
    start: int
    end: int
    name: str = ""


@dataclass(frozen=True)
class Decoded:
    """Selections in code points of their canonical texts.

    ``spans`` by guid, ``None`` where the chosen reading places a selection outside its text; ``scores`` of all readings
    between 0 and 1; ``ambiguous`` when another reading is as good and gives other passages, so that a person is asked.
    ``empty`` are selections of no length, ``without_text`` those whose source has no text; ``problems`` are sentences.
    """

    reading: str
    scores: Mapping[str, float]
    ambiguous: bool
    spans: Mapping[str, tuple[int, int] | None]
    empty: tuple[str, ...]
    without_text: tuple[str, ...]
    problems: tuple[str, ...]


def decode(sources: Sequence[tuple[str | None, Sequence[ForeignSelection]]], reading: str | None = None) -> Decoded:
    """Choose the way of counting that makes most sense of a file, and apply it.

    Programs count code points or UTF-16 units, and a line end as one or two. A reading scores for each selection that
    cuts no word at either end, does not begin or end with white space, and begins with its name. One program wrote the
    whole file, so its sum decides; among equals the first of ``READINGS``.

    Parameters: ``sources`` the text of each source (``None`` if missing) with its selections; ``reading`` overrides
    the choice.

    Returns ``Decoded``. Raises ``ValueError`` for an unknown reading; a selection that cannot be placed is a sentence
    in ``problems`` and the others are read. Deterministic. Cost: three walks of the texts.

    >>> decoded = decode([("Hi 🙂 there\\nyou", [ForeignSelection("g", 6, 11)])])
    >>> decoded.reading, decoded.spans, decoded.scores["code point LF"]
    ('UTF-16 CRLF', {'g': (5, 10)}, 0.5)
    """
    if reading is not None and reading not in READINGS:
        raise ValueError(f"reading must be one of {', '.join(READINGS)}, got {reading}.")
    texts = [(canonical(text), chosen) for text, chosen in sources if text is not None]
    real = [(text, [one for one in chosen if one.start != one.end]) for text, chosen in texts]
    spans = {name: _spans(real, name) for name in READINGS}
    scores = {name: _score(real, spans[name]) for name in READINGS}
    best = max(READINGS, key=lambda name: scores[name])
    chosen_reading = reading or best
    equals = [name for name in READINGS if scores[name] == scores[best]]
    return Decoded(
        reading=chosen_reading,
        scores={name: float(score) for name, score in scores.items()},
        ambiguous=reading is None and any(spans[name] != spans[best] for name in equals),
        spans=spans[chosen_reading],
        empty=tuple(one.guid for _, chosen in texts for one in chosen if one.start == one.end),
        without_text=tuple(one.guid for text, chosen in sources if text is None for one in chosen),
        problems=tuple(_problems(real, spans, chosen_reading)),
    )


def _spans(sources: Sequence[tuple[str, Sequence[ForeignSelection]]], reading: str) -> Spans:
    """Return the places of all selections, ``None`` where a place is outside its text or inside a pair."""
    answer: Spans = {}
    for text, chosen in sources:
        twice = [found.start() + number for number, found in enumerate(_TWICE[reading].finditer(text))]
        for one in chosen:
            start, end = _place(twice, len(text), one.start), _place(twice, len(text), one.end)
            answer[one.guid] = None if start is None or end is None or start >= end else (start, end)
    return answer


def _place(twice: list[int], length: int, offset: int) -> int | None:
    """Return the place of an offset, given the offsets of all characters that count as two."""
    before = bisect_left(twice, offset)
    if before and twice[before - 1] == offset - 1:
        return None
    return offset - before if 0 <= offset - before <= length else None


def _score(sources: Sequence[tuple[str, Sequence[ForeignSelection]]], spans: Spans) -> Fraction:
    """Return the points of all selections over those possible: 4 for each, and 8 more where a placed one has a name."""
    points = possible = 0
    for text, chosen in sources:
        for one in chosen:
            span = spans[one.guid]
            possible += 4
            if span is not None:
                start, end = span
                points += sum(not _cuts(text, at) for at in span)
                points += (not text[start].isspace()) + (not text[end - 1].isspace())
                if name := _shown_name(one):
                    possible += 8
                    points += 8 * _fits(name, _collapsed(text[start:end]))
    return Fraction(points, max(possible, 1))


def _cuts(text: str, at: int) -> bool:
    """Tell whether a place has parts of one word on both sides; scripts without spaces have no such places."""
    if not 0 < at < len(text) or not (is_word(text[at - 1]) and is_word(text[at])):
        return False
    return not (is_unspaced(text[at - 1]) or is_unspaced(text[at]))


def _shown_name(one: ForeignSelection) -> str:
    """Return the name if it is long enough to tell anything, without a final ellipsis."""
    name = _collapsed(one.name).strip().rstrip(".\u2026 ")
    return name if len(name) >= _LEAST_NAME else ""


def _fits(name: str, passage: str) -> bool:
    """Tell whether one begins with the other."""
    return passage.startswith(name) or name.startswith(passage)


def _collapsed(text: str) -> str:
    """Return the text with single spaces."""
    return re.sub(r"\s+", " ", text)


def _problems(
    sources: Sequence[tuple[str, Sequence[ForeignSelection]]], spans: Mapping[str, Spans], reading: str
) -> list[str]:
    """Return a sentence for each selection that could not be placed."""
    answer = []
    for one in (one for _, chosen in sources for one in chosen):
        if spans[reading][one.guid] is None:
            anywhere = any(found[one.guid] is not None for found in spans.values())
            which = f"the reading {reading} does not place" if anywhere else "no reading places"
            answer.append(f"Selection {one.guid} has positions {one.start}..{one.end}, which {which} inside the text.")
    return answer
