"""What every reader of transcripts begins and ends with: the file opened, and the transcript put together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from weft.exchange.encoding import Decoded, decoded, read_bytes
from weft.exchange.errors import ExchangeError
from weft.exchange.loss import LossItem
from weft.exchange.transcripts.model import Format, Piece, Transcript, laid_out, time_warnings

LARGEST_FILE = 16_000_000
MOST_LINES = 200_000
ZIP = b"PK\x03\x04"
OTHERS = (
    (ZIP, "is a zip file, as Word files are, and no text."),
    (b"\xd0\xcf\x11\xe0", "is an older Word file (.doc), or one with a password; save it as .docx without a password."),
    (b"{\\rtf", "is a rich text file (.rtf); save it as .docx."),
    (b"%PDF", "is a PDF, which holds pages and not turns; ask for it as Word, text, WebVTT or SRT."),
)


@dataclass(frozen=True, slots=True)
class Lost:
    """A sort of thing that is not kept as it was."""

    where: str
    why: str
    kind: Literal["left out", "changed"] = "left out"


SILENT = Lost("turns without words", "Nothing is said in them.")


def opened(path: Path, encoding: str | None) -> Decoded:
    """The text of a file with line feeds alone at the ends of its lines."""
    data = read_bytes(path, LARGEST_FILE)
    refuse_others(path, data)
    found = decoded(path, data, encoding, "line")
    return Decoded(found.text.replace("\r\n", "\n").replace("\r", "\n"), found.encoding, found.is_certain)


def lines_of(path: Path, text: str) -> list[str]:
    """The lines of a text that does not have too many."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        says = f"has {len(lines)} lines, the most that can be read is {MOST_LINES}."
        raise ExchangeError(says, file=path, found=str(len(lines)), expected=str(MOST_LINES))
    return lines


def refuse_others(path: Path, data: bytes) -> None:
    """Refuse what is known to be no text, with what to do instead."""
    for start, says in OTHERS:
        if data.startswith(start):
            raise ExchangeError(says, file=path)


def transcript_of(
    path: Path,
    kind: Format,
    pieces: Sequence[Piece],
    *,
    source: Decoded | None = None,
    doubts: Iterable[str] = (),
    losses: Counter[Lost],
) -> Transcript:
    """The transcript of these pieces; those without words are left out."""
    spoken = [piece for piece in pieces if piece.words.strip()]
    if not spoken:
        raise ExchangeError("holds no words.", file=path)
    text, turns = laid_out(spoken)
    losses[SILENT] += sum(not piece.words.strip() and piece != Piece(piece.words, line=piece.line) for piece in pieces)
    loss = tuple(LossItem(path.name, lost.where, lost.kind, lost.why, count) for lost, count in losses.items() if count)
    warnings = (*doubts, *time_warnings(spoken))
    encoding, is_certain = (source.encoding, source.is_certain) if source else (None, True)
    return Transcript(text, turns, kind, encoding, is_certain, warnings, loss)
