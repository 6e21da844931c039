"""What in a story looks as if it should be hidden, and the words of it to choose from."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from weft.core.text import MARK
from weft.listen.stories import queries
from weft.listen.stories.models import Story

TOKEN = re.compile(rf"{MARK.pattern}|\S+")
SIGNS = "\"'“”‘’.,;:!?…"  # around a word they stay when it is hidden
LOOKS_LIKE = {
    "email": "an email address",
    "handle": "a name online",
    "phone": "a telephone number",
    "postcode": "a postcode",
    "address": "an address",
    "name": "a name that is known here",
}


@dataclass(frozen=True)
class Word:
    """One word of a story, where it stands, what it looks like, and whether it is a mark."""

    number: int
    text: str
    start: int
    end: int
    looks_like: str = ""
    is_mark: bool = False


def looks_like(story: Story) -> list[tuple[str, str]]:
    """What in a story looks personal: what it looks like, and the words."""
    return [(what, story.text[start:end]) for start, end, what in _found(story)]


def _found(story: Story) -> list[tuple[int, int, str]]:
    from weft.methods.personal_data import find

    found = find(story.text, queries.names_for(story))
    return [(start, end, LOOKS_LIKE.get(kind, f"a {kind}")) for start, end, kind in found]


def lines(story: Story) -> list[list[Word]]:
    """The words of a story, line by line; a mark that stands already is one word."""
    found = _found(story)
    words = list(_words(story.text, found))
    return [list(line) for _, line in groupby(words, lambda word: story.text.count("\n", 0, word.start))]


def _words(text: str, found: list[tuple[int, int, str]]) -> Iterator[Word]:
    for number, match in enumerate(TOKEN.finditer(text)):
        start, end = match.span()
        what = next((what for first, last, what in found if first < end and start < last), "")
        yield Word(number, match[0], start, end, what, MARK.fullmatch(match[0]) is not None)


def spans(of: list[list[Word]], chosen: Collection[int]) -> list[tuple[int, int]]:
    """Where the chosen words stand; those that follow each other are one part, without the signs around it."""
    words = [word for line in of for word in line]
    runs: list[list[Word]] = []
    for word in words:
        if word.number not in chosen or word.is_mark:
            continue
        if runs and runs[-1][-1].number == word.number - 1:
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_trimmed(run) for run in runs]


def _trimmed(run: list[Word]) -> tuple[int, int]:
    first, last = run[0].text, run[-1].text
    start = run[0].start + len(first) - len(first.lstrip(SIGNS))
    end = run[-1].end - len(last) + len(last.rstrip(SIGNS))
    return (start, end) if start < end else (run[0].start, run[-1].end)
