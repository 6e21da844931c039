"""The lines of a text told apart into turns, by the layouts in which programs and people write transcripts."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from weft.exchange.transcripts.model import Piece, told
from weft.exchange.transcripts.speakers import NAME, is_plainly_name, may_be_name, names_before_colons, prefix, tidy
from weft.exchange.transcripts.times import CLOCK, are_bare, milliseconds

TIME = rf"[\[(]?(?P<begins>{CLOCK})(?![0-9:])[\])]?"
WHO = rf"(?P<name>{NAME})"
SPAN = re.compile(rf"(?P<begins>{CLOCK})\s*-->\s*(?P<ends>{CLOCK})$")
LAYOUTS = (
    SPAN,  # Teams, in Word until 2023: a span, then a line with the name
    re.compile(rf"{TIME}\s*(?:[-–—]\s*)?{WHO}\s?[:：](?=\s|$)"),  # 00:00:05 Ana: words
    re.compile(
        rf"{WHO}\s*(?:[\[(](?P<begins>{CLOCK})[\])]\s*[:：]?|(?P<bare>{CLOCK})\s*[:：])(?=\s+\S)"
    ),  # Ana [0:05]: words
    re.compile(rf"{WHO}\s+{TIME}\s?:?$"),  # Otter, Teams: a line with name and time
    re.compile(rf"{TIME}\s*(?:[-–—]\s*)?{WHO}$"),  # Word's Transcribe: a line with time and name
    re.compile(rf"{TIME}(?=\s|$)"),  # a time before the words, or on a line of its own
)
HAS_TIME = re.compile(r"[0-9]:[0-9]")
AFTERWORD = re.compile(r"Transcribed by https?://otter\.ai|.{1,80} stopped transcription$")
LONGEST_LABEL = 200
ONE_LINE_IN = 20
FEW_LINES = 5


@dataclass(frozen=True, slots=True)
class Label:
    """What a line says of the words that follow: who and when. `rest` are words on the line itself."""

    name: str | None
    begins: str | None = None
    ends: str | None = None
    rest: str = ""
    lines: int = 1


def pieces_of(lines: Sequence[str]) -> tuple[list[Piece], list[str]]:
    """The turns of a text, and what is doubtful about them; a text without names and times is one turn."""
    filled = [line.strip() for line in lines if line.strip()]
    timed = [at for at, line in enumerate(lines) if HAS_TIME.search(line)]
    held = [
        found for layout in LAYOUTS if (found := _labels(lines, timed, layout)) and _is_meant(lines, found, len(filled))
    ]
    most = max(map(len, held), default=0)
    labels = next((labels for labels in held if len(labels) * 2 >= most), {})
    doubts = []
    if not labels:
        names = names_before_colons(filled)
        labels = _names(lines, names.taken)
        doubts = names.doubts()
    if not labels:
        return [Piece("\n".join(lines), line=1)], doubts
    bare = are_bare(time for label in labels.values() for time in (label.begins, label.ends) if time)
    pieces, wrong = [], []
    for at, label, words in _stretches(lines, labels):
        begins, ends = (milliseconds(time, bare) if time else None for time in (label.begins, label.ends))
        if (label.begins and begins is None) or (label.ends and ends is None):
            wrong.append(at + 1)
        pieces.append(Piece(words, label.name, begins, ends, at + 1))
    return pieces, doubts + told(wrong, "has a time that cannot be read; the words are kept without it.")


def _labels(lines: Sequence[str], timed: Sequence[int], layout: re.Pattern[str]) -> dict[int, Label]:
    """Each line that begins a turn if the file is written in this layout; `timed` lines hold a time."""
    found = {}
    for at in timed:
        stripped = lines[at].strip()
        hit = layout.match(stripped[:LONGEST_LABEL])
        if hit is None:
            continue
        parts = hit.groupdict()
        name, rest = parts.get("name"), stripped[hit.end() :].strip()
        if name is not None and (not may_be_name(name) or (layout.pattern.endswith("$") and rest)):
            continue
        found[at] = Label(name and tidy(name), parts["begins"] or parts.get("bare"), parts.get("ends"), rest)
    return _with_names_below(lines, found) if layout is SPAN else found


def _with_names_below(lines: Sequence[str], labels: dict[int, Label]) -> dict[int, Label]:
    """Each span with the name that stands alone on the next line, where names come again or look like names."""
    below = {at: lines[at + 1].strip() for at in labels if at + 1 < len(lines) and at + 1 not in labels}
    counts = Counter(below.values())
    for at, name in below.items():
        if name and may_be_name(name) and (counts[name] > 1 or is_plainly_name(name)):
            labels[at] = replace(labels[at], name=name, lines=2)
    return labels


def _is_meant(lines: Sequence[str], labels: dict[int, Label], filled: int) -> bool:
    """Whether lines look alike because they are labels of words, and not by chance or as in a programme of a day."""
    if len(labels) * ONE_LINE_IN < filled or (len(labels) == 1 and filled > FEW_LINES):
        return False
    counts = Counter(label.name for label in labels.values() if label.name)
    likely = sum(n for name, n in counts.items() if n > 1 or is_plainly_name(name, 1))
    spoken = sum(bool(words) for at, _, words in _stretches(lines, labels) if at in labels)
    if likely * 2 < counts.total() or spoken * 2 < len(labels):
        return False
    times = [time for label in labels.values() if label.begins and (time := milliseconds(label.begins)) is not None]
    rising = sum(before <= after for before, after in pairwise(times))
    return bool(times) and rising * 10 >= (len(times) - 1) * 9


def _names(lines: Sequence[str], taken: frozenset[str]) -> dict[int, Label]:
    held = ((at, prefix(line.strip())) for at, line in enumerate(lines))
    return {at: Label(found[0], rest=found[1]) for at, found in held if found and found[0] in taken}


def _stretches(lines: Sequence[str], labels: dict[int, Label]) -> Iterator[tuple[int, Label, str]]:
    """Each label with its line and its words. What comes before the first, or after the last word, has no speaker."""
    ends = [at for at, line in enumerate(lines) if AFTERWORD.match(line.strip()[:LONGEST_LABEL])]
    starts = {at: Label(None, rest=lines[at].strip()) for at in ends} | labels
    if 0 not in starts:
        starts[0] = Label(None, lines=0)
    places = sorted(starts)
    for at, after in pairwise([*places, len(lines)]):
        label = starts[at]
        yield at, label, "\n".join((label.rest, *lines[at + label.lines : after])).strip()
