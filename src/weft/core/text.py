"""Text in and out: citations, marks, and taking back what somebody said."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from weft.core import codes

CITATION = re.compile(rf"\[\[({codes.ANY_CASE})\]\]")

# a code in double brackets that is not by itself in them, such as [[F-7K3QD] or [[F-7K3QD, S-2CNT]]
MISPLACED = re.compile(rf"\[\[(?P<inside>[^\[\]\n]*?\b{codes.ANY}\b[^\[\]\n]*)\]?\]?")


def citations(text: str) -> list[str]:
    """The codes that a text cites, once each, in order."""
    return list(dict.fromkeys(code.upper() for code in CITATION.findall(text)))


def misplaced(text: str) -> list[tuple[str, str]]:
    """What looks like a citation and is none: its words, and one sentence for the writer."""
    found = []
    for match in MISPLACED.finditer(text):
        if not CITATION.fullmatch(match[0]):
            meant = " ".join(f"[[{code}]]" for code in re.findall(rf"\b{codes.ANY}\b", match["inside"]))
            said = f"“{match[0].strip()}” cites nothing. Each code stands alone in double brackets: {meant}."
            found.append((match[0], said))
    return found


def as_mark(mark: str) -> str:
    """A mark as it is shown."""
    if mark.startswith(OPENS_HIDDEN):
        said = escape(mark.removeprefix(OPENS_HIDDEN).removesuffix(")"))
        return f'<span class="weft-hidden"><span class="govuk-visually-hidden">Hidden: </span>{said}</span>'
    return f'<span class="weft-redacted">{escape(mark)}</span>'


def with_marks(text: str) -> SafeString:
    """A plain text as safe HTML, with each mark as it is shown."""
    parts = re.split(f"({MARK.pattern})", text)
    return mark_safe("".join(as_mark(part) if at % 2 else escape(part) for at, part in enumerate(parts)))


def plain(source: str) -> str:
    """The words of a Markdown text, for search and for short previews."""
    text = CITATION.sub("", source)
    return re.sub(r"\s+", " ", re.sub(r"[*_`>#\[\]]", "", text)).strip()


def canonical(text: str) -> str:
    """The text that offsets count in: no byte order mark, one kind of line end, otherwise untouched."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def as_words(*parts: str) -> str:
    """Several parts of one item as a single text."""
    return "\n\n".join(part for part in parts if part)


# Scripts that set no spaces between words: there each letter counts as a word.
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Signs that belong to the letter before them, and the scripts of India, whose vowels are such signs.
SIGNS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0900-\u0963\u0966-\u0dff\u200c\u200d"
)
LETTERS = rf"(?:(?![_{UNSPACED}])[\w{SIGNS}])+"
WORD = re.compile(rf"[{UNSPACED}]|{LETTERS}(?:['’]{LETTERS})*")
RUN = 8
LINK = re.compile(r"\[(?P<said>[^\[\]\n]*)\]\([^()\n]*\)")
# What stands in place of words that were taken back; it ends in its number as long as somebody may still decide.
# The second stands in place of words that a team hides.
OPENS_HIDDEN = "(hidden: "
MARK = re.compile(rf"\(words taken back on [^()<>\[\]\n]{{6,60}}\)|{re.escape(OPENS_HIDDEN)}[a-z ]{{4,40}}\)")
STAYS = re.compile(rf"{CITATION.pattern}|{MARK.pattern}")
# In these nobody says anything: addresses, citations, and marks that stand already.
MUTE = re.compile(rf"(?<=\])\([^()\n]*\)|<[a-z]+:[^<>\s]*>|https?://[^\s()]+|{STAYS.pattern}")


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")


def _without_mute(text: str) -> str:
    """A text with spaces in place of what says nothing, so that all else stands where it stood."""
    return MUTE.sub(lambda mute: " " * len(mute[0]), text)


@dataclass(frozen=True)
class Runs:
    """Somebody's words as runs of `size` words in a row, by which they are known again wherever they are repeated."""

    size: int
    runs: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, said: str, size: int = RUN) -> "Runs":
        """Every run of a text; a shorter text is one run."""
        words = [_folded(match[0]) for match in WORD.finditer(said)]
        size = min(size, len(words))
        return cls(
            size, frozenset(tuple(words[i : i + size]) for i in range(len(words) - size + 1)) if size else frozenset()
        )

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where a text repeats them."""
        if not self.runs:
            return []
        words = list(WORD.finditer(_without_mute(text)))
        theirs = [_folded(match[0]) for match in words]
        spans: list[tuple[int, int]] = []
        for i in range(len(theirs) - self.size + 1):
            if tuple(theirs[i : i + self.size]) in self.runs:
                start, end = words[i].start(), words[i + self.size - 1].end()
                if spans and start <= spans[-1][1] + 3:
                    spans[-1] = (spans[-1][0], end)
                else:
                    spans.append((start, end))
        return spans

    def replaced(self, text: str, put: Callable[[str], str]) -> str:
        """The text with each repeat replaced by what `put` makes of its words; the same text if there is none."""
        for start, end in reversed(_whole(text, self.spans(text))):
            text = text[:start] + put(text[start:end]) + text[end:]
        return text

    def redact(self, text: str, mark: str) -> str:
        """The text with a mark in place of every repeat."""
        return self.replaced(text, lambda words: mark)


class Whose:
    """The words of many, to find out in one look whose of them a text repeats."""

    def __init__(self, spoken: Iterable[Runs]) -> None:
        self.by_run: dict[tuple[str, ...], list[int]] = {}
        for number, one in enumerate(spoken):
            for run in one.runs:
                self.by_run.setdefault(run, []).append(number)
        self.sizes = sorted({len(run) for run in self.by_run})

    def repeated_in(self, text: str) -> set[int]:
        """The numbers of those whose words a text repeats, in the order in which they were given, from 0."""
        words = [_folded(word) for word in WORD.findall(_without_mute(text))]
        runs = (tuple(words[i : i + size]) for size in self.sizes for i in range(len(words) - size + 1))
        return {number for run in runs for number in self.by_run.get(run, ())}


def _whole(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of a text, wider by each link of which they hold but a part, and without what says nothing inside them."""
    links = [(match.span(), match.span("said")) for match in LINK.finditer(text)] if spans else []
    whole: list[tuple[int, int]] = []
    for start, end in spans:
        inside = any(said[0] <= start and end <= said[1] for _, said in links)
        cut = [link for link, _ in links if not inside and link[0] < end and start < link[1]]
        start, end = min([start, *(one[0] for one in cut)]), max([end, *(one[1] for one in cut)])
        if whole and start <= whole[-1][1]:
            before = whole.pop()
            start, end = min(start, before[0]), max(end, before[1])
        whole.append((start, end))
    stays = [match.span() for match in STAYS.finditer(text)] if whole else []
    return [piece for span in whole for piece in _without(text, span, stays)]


def _without(text: str, span: tuple[int, int], others: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What says something in a span between other spans, which are in their order and apart."""
    first, last = span
    edges = [first, *(edge for one in others if first <= one[0] and one[1] <= last for edge in one), last]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if words := list(WORD.finditer(text, start, end)):
            yield start if start == first else words[0].start(), end if end == last else words[-1].end()
