"""Which format a transcript has, told from its content and not from its name."""

import re
from pathlib import Path

from weft.exchange.encoding import read_bytes
from weft.exchange.transcripts.build import ZIP, opened
from weft.exchange.transcripts.model import Transcript
from weft.exchange.transcripts.srt import read_srt
from weft.exchange.transcripts.text import read_text
from weft.exchange.transcripts.webvtt import HEADING, read_webvtt
from weft.exchange.transcripts.word import LARGEST_WORD_FILE, read_docx

NUMBER_AND_TIMES = re.compile(r"[0-9]{1,9}[ \t]*\n+[ \t]*[0-9:.,]+[ \t]*-->")


def read_transcript(path: Path, *, encoding: str | None = None) -> Transcript:
    """Read WebVTT, SRT, Word or plain text."""
    path = Path(path)
    if read_bytes(path, LARGEST_WORD_FILE).startswith(ZIP):
        return read_docx(path)
    text = opened(path, encoding).text
    if HEADING.fullmatch(text.split("\n", 1)[0]):
        return read_webvtt(path, encoding=encoding)
    if NUMBER_AND_TIMES.match(text.lstrip()):
        return read_srt(path, encoding=encoding)
    return read_text(path, encoding=encoding)
