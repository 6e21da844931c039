"""Sentences in a Markdown text: where each begins and ends, what it cites, and setting a mark after some of them.

Headings, list items and rows of a table end a sentence. A citation after the full stop belongs to the sentence before.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from weft.core.markdown import PLAIN, Cites, parser, rendered
from weft.core.text import CITATION, citations

if TYPE_CHECKING:
    from markdown_it.token import Token

ABBREVIATIONS = frozenset(
    (
        *("e.g", "i.e", "etc", "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "st", "no", "nos", "vs", "cf", "ca"),
        *("approx", "fig", "figs", "p", "pp", "vol", "ed", "eds", "al", "inc", "ltd", "co", "dept"),
    )
)
END = re.compile(
    r"(?P<stop>[.!?…؟۔।]+|[。！？]+)"
    r"(?P<close>[\"'”’»)\]*_]*)"
    r"(?P<cites>(?:(?:\s*" + CITATION.pattern + r")+[.!?…؟]*)?)"
    r"(?=\s|$|(?<=[。！？]))"
)
# What stands for a mark while the text is Markdown: it begins with punctuation, so that emphasis before it still ends.
MARK = "\u2e4d\ue000{}\ue001"
MARKED = re.compile(MARK.format("([0-9]+)"))


@dataclass(frozen=True)
class Sentence:
    """One sentence as it was written, with the codes it cites."""

    text: str
    codes: tuple[str, ...]

    @property
    def hash(self) -> str:
        """The same sentence has the same hash, however its lines were broken."""
        return hashlib.sha256(" ".join(self.text.split()).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Block:
    """A paragraph, list, heading, quotation or table."""

    source: str

    @property
    def codes(self) -> list[str]:
        """What it cites, once each."""
        return citations(self.source)


def spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of one run of text begin and end."""
    found, start = [], 0
    for match in END.finditer(text):
        if match.start() < start or not _ends(text, match, start):
            continue
        found.append((start, match.end()))
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if text[start:].strip():
        found.append((start, len(text.rstrip())))
    return [(a, b) for a, b in found if _says_something(text[a:b])]


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _ends(text: str, match: re.Match[str], start: int) -> bool:
    """Whether these stops end a sentence: not after an abbreviation or an initial, nor before a small letter."""
    following = text[match.end() :].lstrip()[:1]
    if match["stop"] not in {".", "..", "...", "…"}:
        return not (match["close"] and following.islower())
    if following.islower():
        return False
    if match["stop"] != "." or match["cites"]:
        return True
    before = text[start : match.start()].split()
    word = before[-1].lstrip("(\"'“‘*_[") if before else ""
    if word.casefold() in ABBREVIATIONS and following:
        return word.casefold() == "etc" and following.isupper()
    is_initial = len(word) == 1 and word.isupper() and (len(before) == 1 or before[-2][:1].isupper())
    return not (is_initial and following.isupper())


def sentences(source: str) -> list[Sentence]:
    """Every sentence of a Markdown text, in order."""
    return [sentence for unit in _units(parser().parse(source, {})) for _, sentence in _of(unit)]


def blocks(source: str) -> list[Block]:
    """The text cut at its outermost blocks."""
    lines = source.splitlines()
    found = []
    for token in parser().parse(source, {}):
        if token.level == 0 and token.map and token.nesting >= 0 and token.type != "inline":
            part = "\n".join(lines[token.map[0] : token.map[1]]).strip("\n")
            found.append(Block(part))
    return found


class _Unmarked(Cites):
    """The same citations, in whose words nothing can stand for a mark."""

    def __init__(self, cites: Cites) -> None:
        self.cites = cites

    def inline(self, code: str) -> str:
        """One in a sentence."""
        return _unmarked(self.cites.inline(code))

    def block(self, code: str) -> str:
        """One alone on its line."""
        return _unmarked(self.cites.block(code))


def _unmarked(text: str) -> str:
    return text.replace("\ue000", "").replace("\ue001", "")


def marked(source: str, cites: Cites = PLAIN, after: Callable[[Sentence], str] = lambda _: "") -> SafeString:
    """Markdown as safe HTML, with the HTML that `after` gives set behind each sentence."""
    source = _unmarked(source)
    marks: list[str] = []

    def placed(sentence: Sentence) -> str:
        html = after(sentence)
        if not html:
            return ""
        marks.append(html)
        return MARK.format(len(marks) - 1)

    env: dict[str, Cites] = {"cites": _Unmarked(cites)}
    tokens = parser().parse(source, env)
    for unit in _units(tokens):
        for (token, end), sentence in reversed([*_of(unit)]):
            token.content = token.content[:end] + placed(sentence) + token.content[end:]
        for token in unit:
            token.children = []
            parser().inline.parse(token.content, parser(), env, token.children)
    html = rendered(tokens, env)
    return mark_safe(MARKED.sub(lambda match: marks[int(match[1])], html))


def _units(tokens: list[Token]) -> Iterator[list[Token]]:
    """The runs of text of a document; the cells of a row of a table stand together, and its head is no sentence."""
    row: list[Token] | None = None
    in_head = False
    for token in tokens:
        if token.type in {"thead_open", "thead_close"}:
            in_head = token.nesting > 0
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            if row and not in_head:
                yield row
            row = None
        elif token.type == "inline":
            if row is None:
                yield [token]
            else:
                row.append(token)


def _of(unit: list[Token]) -> Iterator[tuple[tuple[Token, int], Sentence]]:
    """The sentences of one run of text, and behind which place of which token each ends."""
    if len(unit) > 1:
        text = " | ".join(token.content for token in unit)
        if _says_something(text):
            yield (unit[-1], len(unit[-1].content)), Sentence(text, tuple(citations(text)))
        return
    for start, end in spans(unit[0].content):
        text = unit[0].content[start:end]
        yield (unit[0], end), Sentence(text, tuple(citations(text)))
