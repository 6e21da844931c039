"""Write a Polis export: agree is 1, times are in milliseconds."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossReport
from weft.exchange.polis.model import NO_TIME, PolisExport
from weft.exchange.polis.read import COMMENT_COLUMNS
from weft.exchange.polis.tables import PEOPLE_COLUMNS, SECONDS_BELOW, VOTES_COLUMNS, YEAR_10000_MS
from weft.exchange.rows import LONGEST_TEXT, write_rows


def write_polis(export: PolisExport, folder: Path) -> LossReport:
    """Write summary.csv, comments.csv, participants-votes.csv and, where there is a history, votes.csv.

    Nothing is lost: what `read_polis` makes of the folder equals `export`. An export that no reader could read back
    (an id twice, a position out of range, a time before 1973) is refused before anything is written.
    """
    folder = Path(folder)
    _check(export, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExchangeError(f"cannot be written: {error.strerror or error}.", file=folder) from None
    if export.summary:
        write_rows(folder / "summary.csv", export.summary.items())
    write_rows(folder / "comments.csv", _comments(export))
    write_rows(folder / "participants-votes.csv", _matrix(export))
    if export.votes.history:
        write_rows(folder / "votes.csv", _events(export))
    else:
        (folder / "votes.csv").unlink(missing_ok=True)
    return ()


def _check(export: PolisExport, folder: Path) -> None:
    for file, column, ids in (
        ("comments.csv", "comment-id", [comment.id for comment in export.comments]),
        ("participants-votes.csv", "participant", [person.id for person in export.participants]),
    ):
        seen: set[str] = set()
        for row, name in enumerate(ids, 2):
            if not name or name in seen or (column == "comment-id" and name in PEOPLE_COLUMNS):
                says = f"{shown(name)} cannot be an id here, or is listed twice."
                raise ExchangeError(says, file=folder / file, row=row, column=column, found=name)
            seen.add(name)
    votes = export.votes
    for column, values, low, high in (
        ("voter-id", votes.participant, 0, len(export.participants) - 1),
        ("comment-id", votes.statement, 0, len(export.comments) - 1),
        ("vote", votes.vote, -1, 1),
    ):
        bad = np.flatnonzero((values < low) | (values > high))
        if bad.size:
            says = f"{values[bad[0]]} is out of range {low}..{high}."
            raise ExchangeError(says, file=folder / "votes.csv", row=int(bad[0]) + 2, column=column)
    moments = [comment.created_ms for comment in export.comments]
    stamps = np.array([NO_TIME if moment is None else moment for moment in moments], np.int64)
    for file, times in (("comments.csv", stamps), ("votes.csv", votes.time_ms)):
        bad = np.flatnonzero((times != NO_TIME) & ((times < SECONDS_BELOW) | (times >= YEAR_10000_MS)))
        if bad.size:
            says = f"{times[bad[0]]} milliseconds is not between 1973 and 9999."
            raise ExchangeError(says, file=folder / file, row=int(bad[0]) + 2, column="timestamp")
    _check_texts(export, folder)


def _check_texts(export: PolisExport, folder: Path) -> None:
    texts = [
        ("comments.csv", row, text) for row, c in enumerate(export.comments, 2) for text in (c.body, c.author, c.id)
    ]
    texts += [("summary.csv", row, text) for row, pair in enumerate(export.summary.items(), 1) for text in pair]
    texts += [
        ("participants-votes.csv", row, text)
        for row, person in enumerate(export.participants, 2)
        for text in (person.id, person.group)
    ]
    for file, row, text in texts:
        if text and ("\0" in text or len(text) > LONGEST_TEXT):
            says = f"a text holds a NUL character or more than {LONGEST_TEXT} characters."
            raise ExchangeError(says, file=folder / file, row=row, found=shown(text))
    if "" in export.summary:
        raise ExchangeError("has a value without a name.", file=folder / "summary.csv")


def _comments(export: PolisExport) -> Iterator[Sequence[object]]:
    with_meta = any(comment.is_meta is not None for comment in export.comments)
    yield COMMENT_COLUMNS if with_meta else COMMENT_COLUMNS[:-1]
    count = len(export.comments)
    votes = export.votes
    agrees = np.bincount(votes.statement[votes.vote == 1], minlength=count).tolist()
    disagrees = np.bincount(votes.statement[votes.vote == -1], minlength=count).tolist()
    for comment, agreed, disagreed in zip(export.comments, agrees, disagrees, strict=True):
        row = [
            "" if comment.created_ms is None else comment.created_ms,
            _datetime(NO_TIME if comment.created_ms is None else comment.created_ms),
            comment.id,
            comment.author or "",
            agreed if comment.published_agrees is None else comment.published_agrees,
            disagreed if comment.published_disagrees is None else comment.published_disagrees,
            comment.moderated,
            comment.body,
        ]
        yield [*row, {True: "true", False: "false", None: ""}[comment.is_meta]] if with_meta else row


def _events(export: PolisExport) -> Iterator[Sequence[object]]:
    yield VOTES_COLUMNS
    people = [person.id for person in export.participants]
    ids = [comment.id for comment in export.comments]
    votes = export.votes
    columns = (votes.time_ms, votes.statement, votes.participant, votes.vote)
    for moment, statement, person, vote in zip(*(column.tolist() for column in columns), strict=True):
        yield "" if moment == NO_TIME else moment, _datetime(moment), ids[statement], people[person], vote


def _matrix(export: PolisExport) -> Iterator[Sequence[object]]:
    """One row a person; only one row is ever held."""
    yield (*PEOPLE_COLUMNS, *(comment.id for comment in export.comments))
    votes = export.votes
    last = votes.last(len(export.comments))
    owner, statement, vote = votes.participant[last], votes.statement[last], votes.vote[last]
    ends = np.searchsorted(owner, np.arange(len(export.participants) + 1))
    written: dict[str, int] = {}
    for comment in export.comments:
        if comment.author:
            written[comment.author] = written.get(comment.author, 0) + 1
    for number, person in enumerate(export.participants):
        mine = slice(ends[number], ends[number + 1])
        cells: list[object] = [""] * len(export.comments)
        agreed = disagreed = 0
        for place, value in zip(statement[mine].tolist(), vote[mine].tolist(), strict=True):
            cells[place] = value
            agreed += value == 1
            disagreed += value == -1
        cast = int(ends[number + 1] - ends[number])
        yield person.id, person.group or "", written.get(person.id, 0), cast, agreed, disagreed, *cells


def _datetime(moment: int) -> str:
    """The moment as Polis writes it, in UTC and always in English."""
    if moment == NO_TIME:
        return ""
    text = time.asctime(time.gmtime(moment // 1000))
    return f"{text[:20]}UTC {text[20:]}"
