"""Read SRT, the subtitles of films: a number, times and words."""

import re
from collections import Counter
from pathlib import Path

from weft.exchange.errors import ExchangeError
from weft.exchange.transcripts.build import Lost, lines_of, opened, transcript_of
from weft.exchange.transcripts.cues import blocks, cues, times_of, with_names, without_strays
from weft.exchange.transcripts.model import Piece, Transcript

STYLE = re.compile(r"</?(?:b|i|u|s|font)(?:\s[^<>]{0,200})?>|\{\\[^{}]{0,200}\}", re.IGNORECASE)
PLACES = Lost("places of cues on the screen", "A transcript has no looks.")
STYLES = Lost("marks of style", "The words are kept without bold, italic, underline, colour and place.")


def read_srt(path: Path, *, encoding: str | None = None) -> Transcript:
    """Read every cue; speakers are names before a colon. The numbers of the cues are not needed and not kept."""
    path = Path(path)
    source = opened(path, encoding)
    found = [cue for first, block in blocks(lines_of(path, source.text)) for cue in cues(first, block)]
    if not any(cue.is_timed for cue in found):
        raise ExchangeError("has no line with times, such as 00:00:01,000 --> 00:00:04,000.", file=path)
    kept, doubts = without_strays([cue for cue in found if cue.is_timed or not cue.words.strip().isdigit()])
    losses: Counter[Lost] = Counter()
    times, wrong = times_of(kept)
    pieces = []
    for cue, (begins, ends) in zip(kept, times, strict=True):
        words, marks = STYLE.subn("", cue.words)
        losses[PLACES] += bool(cue.settings)
        losses[STYLES] += sum(not mark.startswith("</") for mark in STYLE.findall(cue.words)) if marks else 0
        pieces.append(Piece(words.strip(), None, begins, ends, cue.line))
    pieces, more = with_names(pieces)
    return transcript_of(path, "SRT", pieces, source=source, doubts=doubts + wrong + more, losses=losses)
