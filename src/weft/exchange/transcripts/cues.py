"""Cues, of which WebVTT and SRT consist: a time, and lines of words up to a blank one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from weft.exchange.transcripts.model import Piece, carried_on, told
from weft.exchange.transcripts.speakers import names_before_colons, prefix
from weft.exchange.transcripts.times import are_bare, milliseconds

ARROW = "-->"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue as it stands in the file, `line` being that of its times; a block without times has none."""

    line: int
    words: str
    begins: str = ""
    ends: str = ""
    settings: str = ""
    name: str = ""

    @property
    def is_timed(self) -> bool:
        return bool(self.begins)


def blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines that are not blank, each with the number of its first."""
    run: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            run.append(line)
        elif run:
            yield number - len(run), run
            run = []


def cues(first: int, block: Sequence[str]) -> Iterator[Cue]:
    """The cues of one block. A line above the times is the cue's name: the first of the block, or a number."""
    times = {at: found for at, line in enumerate(block) if (found := _times(line))}
    named = {at for at in times if at and at - 1 not in times and (at == 1 or block[at - 1].strip().isdigit())}
    starts = [at - 1 if at in named else at for at in times]
    before = block[: starts[0]] if starts else block
    if before:
        yield Cue(first, "\n".join(before))
    for (at, found), end in zip(times.items(), [*starts, len(block)][1:], strict=True):
        begins, ends, settings = found
        name = block[at - 1] if at in named else ""
        yield Cue(first + at, "\n".join(block[at + 1 : end]), begins, ends, settings, name)


def _times(line: str) -> tuple[str, str, str] | None:
    """When a cue begins and ends and where it stands, if the line says so, even if it says so wrongly."""
    before, arrow, after = line.partition(ARROW)
    begins, rest = before.strip(), after.split(maxsplit=1)
    if not arrow or not any(map(str.isdigit, begins)) or len(begins.split()) != 1:
        return None
    return begins, rest[0] if rest else "", rest[1].strip() if len(rest) > 1 else ""


def without_strays(found: Sequence[Cue]) -> tuple[list[Cue], list[str]]:
    """Words that follow a blank line and have no time go to the cue before, since they are most likely of it."""
    kept: list[Cue] = []
    words: list[list[str]] = []
    grown: dict[int, None] = {}
    for cue in found:
        if cue.is_timed or not kept:
            kept.append(cue)
            words.append([cue.words])
        else:
            words[-1].append(cue.words)
            grown[kept[-1].line] = None
    whole = [replace(cue, words="\n".join(parts)) for cue, parts in zip(kept, words, strict=True)]
    return whole, told(list(grown), "is followed by words without a time, which were added to it.")


def times_of(found: Sequence[Cue]) -> tuple[list[tuple[int | None, int | None]], list[str]]:
    """When each cue begins and ends; a time that cannot be read is none."""
    bare = bare_in(found)
    times = [(milliseconds(cue.begins, bare), milliseconds(cue.ends, bare)) for cue in found]
    wrong = [cue.line for cue, both in zip(found, times, strict=True) if cue.is_timed and None in both]
    return times, told(wrong, "has a time that cannot be read; the words are kept without it.")


def bare_in(found: Sequence[Cue]) -> bool:
    """Whether the times of these cues lack leading zeros."""
    return are_bare(time for cue in found for time in (cue.begins, cue.ends) if milliseconds(time) is not None)


def with_names(pieces: Sequence[Piece]) -> tuple[list[Piece], list[str]]:
    """The pieces told apart by names before colons, and what is doubtful about that.

    Where nine in ten cues name their speaker, one that does not has none. Where fewer do, names stand where the
    speaker changes, and the others go on with the one before.
    """
    names = names_before_colons([piece.words for piece in pieces if piece.words])
    doubts = names.doubts()
    if not names.taken:
        return list(pieces), doubts
    split = [part for piece in pieces for part in _split(piece, names.taken)]
    unnamed = sum(part.speaker is None for part in split)
    if unnamed * 10 <= len(split):
        return split, doubts
    carried = carried_on(split)
    given = unnamed - sum(part.speaker is None for part in carried)
    return carried, [*doubts, f"Turns without a name of their own, taken to be of the speaker before: {given}."]


def _split(piece: Piece, names: frozenset[str]) -> Iterator[Piece]:
    """A piece cut where a line begins with one of the names."""
    speaker, words = piece.speaker, []
    for line in piece.words.split("\n"):
        found = prefix(line)
        if found is None or found[0] not in names:
            words.append(line)
            continue
        if words:
            yield replace(piece, speaker=speaker, words="\n".join(words).strip())
        speaker, words = found[0], [found[1]]
    yield replace(piece, speaker=speaker, words="\n".join(words).strip())
