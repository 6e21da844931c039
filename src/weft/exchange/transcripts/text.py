"""Read a transcript in plain text, in whichever layout it is written."""

from collections import Counter
from pathlib import Path

from weft.exchange.transcripts.build import lines_of, opened, transcript_of
from weft.exchange.transcripts.layouts import pieces_of
from weft.exchange.transcripts.model import Transcript


def read_text(path: Path, *, encoding: str | None = None) -> Transcript:
    """Read a text; names and times that are written as labels become those of its turns."""
    path = Path(path)
    source = opened(path, encoding)
    pieces, doubts = pieces_of(lines_of(path, source.text))
    return transcript_of(path, "text", pieces, source=source, doubts=doubts, losses=Counter())
