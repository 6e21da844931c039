"""Transcripts of talks, interviews and meetings: who said what when."""

from weft.exchange.transcripts.kinds import read_transcript
from weft.exchange.transcripts.model import Transcript, Turn
from weft.exchange.transcripts.srt import read_srt
from weft.exchange.transcripts.table import as_table, describe
from weft.exchange.transcripts.text import read_text
from weft.exchange.transcripts.webvtt import read_webvtt
from weft.exchange.transcripts.word import read_docx

__all__ = [
    "Transcript",
    "Turn",
    "as_table",
    "describe",
    "read_docx",
    "read_srt",
    "read_text",
    "read_transcript",
    "read_webvtt",
]
