"""Polis exports: the files that Polis gives out for one conversation."""

from weft.exchange.polis.describe import describe
from weft.exchange.polis.model import NO_TIME, Comment, Participant, PolisExport, Source, Votes
from weft.exchange.polis.read import read_polis
from weft.exchange.polis.write import write_polis

__all__ = [
    "NO_TIME",
    "Comment",
    "Participant",
    "PolisExport",
    "Source",
    "Votes",
    "describe",
    "read_polis",
    "write_polis",
]
