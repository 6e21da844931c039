"""A transcript: what was said, and who said which part of it when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from weft.exchange.loss import LossReport

Format: TypeAlias = Literal["WebVTT", "SRT", "text", "Word"]


@dataclass(frozen=True, slots=True)
class Turn:
    """The part of a text from `start` up to `end`, in code points, and when it was said, in milliseconds."""

    start: int
    end: int
    speaker: str | None = None
    begins: int | None = None
    ends: int | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words without names and times. The turns follow each other in it, one line feed between two.

    `warnings` are sentences on what the file left open or contradicts. `encoding` is none for Word; `is_certain` is
    false when the bytes fit others as well: someone should look at the accents.
    """

    text: str
    turns: tuple[Turn, ...]
    format: Format
    encoding: str | None = field(default=None, compare=False)
    is_certain: bool = field(default=True, compare=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)
    loss: LossReport = field(default=(), compare=False)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who is named, in the order in which they first speak."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))

    def said(self, turn: Turn) -> str:
        """The words of one turn."""
        return self.text[turn.start : turn.end]


@dataclass(frozen=True, slots=True)
class Piece:
    """A turn before it has its place; `line` is where it stands in the file."""

    words: str
    speaker: str | None = None
    begins: int | None = None
    ends: int | None = None
    line: int = 0


def laid_out(pieces: Iterable[Piece]) -> tuple[str, tuple[Turn, ...]]:
    """The text of all pieces in order, and the turn of each."""
    turns, texts, at = [], [], 0
    for piece in pieces:
        turns.append(Turn(at, at + len(piece.words), piece.speaker, piece.begins, piece.ends))
        texts.append(piece.words)
        at += len(piece.words) + 1
    return "\n".join(texts), tuple(turns)


def carried_on(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces, each without a speaker given to the one who spoke before."""
    found, speaker = [], None
    for piece in pieces:
        speaker = piece.speaker or speaker
        found.append(replace(piece, speaker=speaker))
    return found


def time_warnings(pieces: Sequence[Piece]) -> Iterator[str]:
    """Sentences on times that contradict each other; they are kept as they stand."""
    turned, back, over = [], [], []
    before: Piece | None = None
    for piece in pieces:
        if piece.begins is None:
            continue
        if piece.ends is not None and piece.ends < piece.begins:
            turned.append(piece.line)
        if before is not None and before.begins is not None:
            if piece.begins < before.begins:
                back.append(piece.line)
            elif before.ends is not None and piece.begins < before.ends and piece.line != before.line:
                over.append(piece.line)
        before = piece
    for lines, says in (
        (turned, "ends before it begins"),
        (back, "begins before the one above it"),
        (over, "begins before the one above it ends"),
    ):
        yield from told(lines, f"{says}; the times are kept as they stand.")


def told(lines: Sequence[int], says: str) -> list[str]:
    """One sentence on all turns of which something is true, by their lines; none where there is no such turn."""
    if not lines:
        return []
    who = f"The turn at line {lines[0]}"
    return [f"{who} {says}" if len(lines) == 1 else f"Each of {len(lines)} turns (the first at line {lines[0]}) {says}"]
