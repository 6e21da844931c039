"""A transcript as a table, and in a few words."""

from weft.exchange.tables.model import Table
from weft.exchange.transcripts.model import Transcript
from weft.exchange.transcripts.times import shown_time

COLUMNS = ("speaker", "begins", "ends", "text")
MOST_NAMES = 12


def as_table(transcript: Transcript) -> Table:
    """One row a turn."""
    rows = (
        (turn.speaker or "", shown_time(turn.begins), shown_time(turn.ends), transcript.said(turn))
        for turn in transcript.turns
    )
    return Table(COLUMNS, tuple(rows))


def describe(transcript: Transcript) -> tuple[tuple[str, str], ...]:
    """What is in it."""
    names, turns = transcript.speakers, transcript.turns
    shown = ", ".join(names[:MOST_NAMES]) + (", ..." if len(names) > MOST_NAMES else "")
    times = [time for turn in turns for time in (turn.begins, turn.ends) if time is not None]
    sure = "" if transcript.is_certain else ", which is a guess: look at the accents"
    return (
        ("transcript", transcript.format),
        *([("encoding", transcript.encoding + sure)] if transcript.encoding else []),
        ("turns", str(len(turns))),
        ("speakers", f"{len(names)}: {shown}" if names else "none named"),
        ("turns without a speaker", str(sum(turn.speaker is None for turn in turns))),
        ("time", f"{shown_time(min(times))} to {shown_time(max(times))}" if times else "none given"),
        ("characters", str(len(transcript.text))),
        *(("look at", warning) for warning in transcript.warnings),
    )
