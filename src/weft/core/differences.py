"""What changed between two texts, word by word."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

PIECE = re.compile(r"\s+|[^\W_]+(?:['’][^\W_]+)*|.", re.DOTALL)
LINE = re.compile(r"[^\n]+\n*|\n+")
MOST = 8_000  # pieces of both texts that are compared one by one


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, came or went."""

    how: str  # "same", "came", "went"
    text: str


def changes(before: str, after: str) -> list[Piece]:
    """What changed between two texts, word by word; changes with nothing but a space between them are one.

    A change too long for that is told in lines, and one of too many lines as a whole, so that no page waits for it.
    """
    one, other = PIECE.findall(before), PIECE.findall(after)
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    same = "".join(one[:start]), "".join(one[len(one) - end :])
    middle = _compared(one[start : len(one) - end], other[start : len(other) - end])
    return _joined([*_same(same[0]), *middle, *_same(same[1])])


def _alike(one: list[str], other: list[str]) -> int:
    """With how many pieces that are the same both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _compared(one: list[str], other: list[str]) -> Iterator[Piece]:
    if len(one) + len(other) > MOST:
        one, other = LINE.findall("".join(one)), LINE.findall("".join(other))
    if len(one) + len(other) > MOST:
        one, other = ["".join(one)], ["".join(other)]
    for tag, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(one[a:b]))
            continue
        if b > a:
            yield Piece("went", "".join(one[a:b]))
        if d > c:
            yield Piece("came", "".join(other[c:d]))


def _same(text: str) -> list[Piece]:
    return [Piece("same", text)] if text else []


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Read three words in a row that each changed as one change."""
    out: list[Piece] = []
    went = came = ""
    for at, piece in enumerate(pieces):
        is_gap = piece.how == "same" and piece.text.isspace() and 0 < at < len(pieces) - 1
        if piece.how == "went" or is_gap:
            went += piece.text
        if piece.how == "came" or is_gap:
            came += piece.text
        if piece.how == "same" and not is_gap:
            out += _change(went, came)
            went = came = ""
            out.append(piece)
    return out + _change(went, came)


def _change(went: str, came: str) -> list[Piece]:
    return [Piece(how, text) for how, text in (("went", went), ("came", came)) if text]
