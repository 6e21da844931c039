"""Read the files of a Polis export, older or newer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from weft.exchange.errors import ExchangeError, shown, wrong
from weft.exchange.loss import LossItem
from weft.exchange.polis import agree
from weft.exchange.polis.agree import Final
from weft.exchange.polis.model import NO_TIME, Comment, Participant, PolisExport, Sign, Source, Votes
from weft.exchange.polis.tables import Events, Matrix, in_milliseconds, read_events, read_matrix, times
from weft.exchange.rows import LONGEST_TEXT, heading, rows, whole_number

MATRIX_NAMES = ("participants-votes.csv", "participant-votes.csv")
MODERATED = {"-1": -1, "0": 0, "1": 1}
YES_NO = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False, "": None}
COMMENT_COLUMNS = (
    *("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees"),
    *("moderated", "comment-body", "is-meta"),
)


@dataclass(frozen=True, slots=True)
class Files:
    """Where the files of one export are."""

    comments: Path
    summary: Path | None
    votes: Path | None
    matrix: Path | None

    def present(self) -> tuple[Path, ...]:
        return tuple(path for path in (self.summary, self.comments, self.votes, self.matrix) if path)


def read_polis(folder: Path) -> PolisExport:
    """Read an export; votes.csv gives the full history, participants-votes.csv the final votes, both must agree."""
    folder = Path(folder)
    files = find_files(folder)
    found, loss = _comments(files.comments)
    ids = {comment.id: number for number, comment in enumerate(found)}
    matrix = read_matrix(files.matrix, ids) if files.matrix else None
    comments = _in_order(found, matrix)
    source = Source(files=tuple(path.name for path in files.present()))
    final, source = _final(matrix, comments, source) if matrix else (None, source)
    if files.votes:
        positions = {comment.id: number for number, comment in enumerate(comments)}
        events, voters = read_events(files.votes, positions, matrix.people if matrix else None)
        votes, source = _history(files.votes, events, comments, final, source)
        loss += _other_columns(files.votes, events.other_columns)
    elif final:
        votes, voters = final.votes, list(final.matrix.people)
    else:
        raise ExchangeError("holds neither participants-votes.csv nor votes.csv.", file=folder)
    if final:
        loss += _other_columns(final.matrix.path, final.matrix.other_columns) + _figures(final, comments)
    groups: Sequence[str | None] = matrix.groups if matrix else [None] * len(voters)
    people = tuple(Participant(person, group) for person, group in zip(voters, groups, strict=True))
    loss += _other_files(folder, files)
    summary = _summary(files.summary) if files.summary else {}
    return PolisExport(summary, comments, people, votes, source, tuple(loss))


def find_files(folder: Path) -> Files:
    """The files of an export by name, with or without the prefix that newer downloads put before it."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise ExchangeError(f"cannot be read: {error.strerror or error}.", file=folder) from None
    comments = _one(folder, names, ("comments.csv",))
    if comments is None:
        raise ExchangeError("holds no comments.csv.", file=folder, expected="comments.csv")
    matrix = _one(folder, names, MATRIX_NAMES)
    rest = [name for name in names if not name.endswith(MATRIX_NAMES)]
    votes = _one(folder, rest, ("votes.csv",))
    return Files(comments, _one(folder, names, ("summary.csv",)), votes, matrix)


def _one(folder: Path, names: Sequence[str], wanted: tuple[str, ...]) -> Path | None:
    exact = [name for name in names if name in wanted]
    found = exact or [name for name in names if name.endswith(tuple(f"-{name}" for name in wanted))]
    if len(found) > 1:
        says = f"holds more than one {wanted[0]}: {shown(found[0])} and {shown(found[1])}."
        raise ExchangeError(says, file=folder, found=found[1])
    return folder / found[0] if found else None


def _summary(path: Path) -> dict[str, str]:
    summary: dict[str, str] = {}
    for row, record in enumerate(rows(path), 1):
        if len(record) != 2:
            says = f"the row has {len(record)} columns, expected a name and a value."
            raise ExchangeError(says, file=path, row=row, found=str(len(record)), expected="2")
        name, value = record
        if not name or name in summary:
            problem = f"{shown(name)} is listed twice." if name else "the name is missing."
            raise ExchangeError(problem, file=path, row=row, found=name)
        summary[name] = _text(path, row, name, value)
    return summary


def _comments(path: Path) -> tuple[list[Comment], list[LossItem]]:
    records = rows(path)
    columns = heading(path, next(records), ("comment-id", "moderated"))
    comments: list[Comment] = []
    stamps: list[str] = []
    seen: set[str] = set()
    for row, record in enumerate(records, 2):
        cell = {name: record[place] for name, place in columns.items()}
        comment = _comment(path, row, cell)
        if comment.id in seen:
            says = f"comment {shown(comment.id)} is listed twice."
            raise ExchangeError(says, file=path, row=row, column="comment-id", found=comment.id)
        seen.add(comment.id)
        comments.append(comment)
        stamps.append(cell.get("timestamp", ""))
    if stamps:
        created, _ = in_milliseconds(path, np.array(times(path, stamps, 2), np.int64))
        comments = [
            replace(comment, created_ms=None if moment == NO_TIME else moment)
            for comment, moment in zip(comments, created.tolist(), strict=True)
        ]
    return comments, _other_columns(path, [name for name in columns if name not in COMMENT_COLUMNS])


def _comment(path: Path, row: int, cell: dict[str, str]) -> Comment:
    if not cell["comment-id"]:
        raise wrong("comment-id", "given", "", file=path, row=row, column="comment-id")
    if cell["moderated"] not in MODERATED:
        raise wrong("moderated", "-1, 0 or 1", cell["moderated"], file=path, row=row, column="moderated")
    meta = cell.get("is-meta", "").lower()
    if meta not in YES_NO:
        raise wrong("is-meta", "true or false", cell["is-meta"], file=path, row=row, column="is-meta")
    return Comment(
        id=cell["comment-id"],
        body=_text(path, row, "comment-body", cell.get("comment-body", "")),
        moderated=MODERATED[cell["moderated"]],
        author=cell.get("author-id") or None,
        is_meta=YES_NO[meta],
        published_agrees=whole_number(cell.get("agrees", ""), "agrees", file=path, row=row, column="agrees"),
        published_disagrees=whole_number(
            cell.get("disagrees", ""), "disagrees", file=path, row=row, column="disagrees"
        ),
    )


def _text(path: Path, row: int, column: str, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        says = f"the text has {len(text)} characters, the most that can be read is {LONGEST_TEXT}."
        raise ExchangeError(says, file=path, row=row, column=column, found=str(len(text)), expected=str(LONGEST_TEXT))
    return text


def _in_order(found: Sequence[Comment], matrix: Matrix | None) -> tuple[Comment, ...]:
    """Comments in the order of the columns of participants-votes.csv, then those without one; else by number."""
    if matrix:
        by_id = {comment.id: comment for comment in found}
        headed = [by_id.pop(name) for name in matrix.statements]
        return (*headed, *by_id.values())
    if all(comment.id.isascii() and comment.id.isdigit() for comment in found):
        return tuple(sorted(found, key=lambda comment: (len(comment.id.lstrip("0")), comment.id.lstrip("0"))))
    return tuple(sorted(found, key=lambda comment: comment.id))


def _final(matrix: Matrix, comments: Sequence[Comment], source: Source) -> tuple[Final, Source]:
    """The cells of the matrix as votes without time, agree = 1."""
    none: list[int | None] = [None] * len(matrix.people)
    agrees, disagrees = (matrix.figures.get(name, none) for name in ("n-agree", "n-disagree"))
    told = agree.sign_by_counts(agrees, disagrees, matrix.participant, matrix.vote)
    told = told or agree.comment_sign(comments, matrix.statement, matrix.vote)
    no_time = np.full(len(matrix.vote), NO_TIME, np.int64)
    votes = Votes(matrix.participant, matrix.statement, matrix.vote, no_time, history=False)
    source = replace(source, agree_in_matrix=told or 1, sign_from="counts" if told else "assumed")
    return Final(matrix, agree.signed(votes, told or 1)), source


def _history(
    path: Path, events: Events, comments: Sequence[Comment], final: Final | None, source: Source
) -> tuple[Votes, Source]:
    """The rows of votes.csv in the order cast, agree = 1, checked against the matrix where there is one.

    Newer exports do not order a person's repeat votes on a statement by time. So time orders the votes, unless by time
    another vote would be the last one than by row; then the matrix decides, and without one the order of the rows.
    """
    time_ms, unit = in_milliseconds(path, events.time)
    votes = Votes(events.participant, events.statement, events.vote, time_ms, history=True)
    ordered = agree.by_time(votes) if agree.all_timed(votes) else votes
    told = agree.comment_sign(comments, votes.statement, votes.vote)
    sign: Sign = told or 1
    source = replace(source, time_unit=unit)
    if final is None:
        kept = ordered if agree.same_result(ordered, votes, len(comments)) else votes
        source = replace(source, sign_from="counts" if told else "assumed")
    else:
        fit = agree.first_fit((ordered, votes), final.votes, len(comments))
        if fit is None:
            raise agree.disagreement(path, agree.signed(votes, sign), final, comments)
        kept, sign = fit
    order: Literal["time", "file"] = "time" if kept is ordered and ordered is not votes else "file"
    return agree.signed(kept, sign), replace(source, agree_in_votes=sign, order=order)


def _other_columns(path: Path, names: Sequence[str]) -> list[LossItem]:
    return [
        LossItem(path.name, f"column {shown(name)}", "left out", "Weft has no place for this column.") for name in names
    ]


def _other_files(folder: Path, files: Files) -> list[LossItem]:
    known = {path.name for path in files.present()}
    others = sorted(path.name for path in folder.glob("*.csv") if path.name not in known)
    return [LossItem(name, "the whole file", "left out", "Weft does not read this file.") for name in others]


def _figures(final: Final, comments: Sequence[Comment]) -> list[LossItem]:
    """The figures of a row that differ from what its votes and the comments give; they are counted anew on writing."""
    matrix, cells = final.matrix, final.votes
    people = len(matrix.people)
    by_author = dict.fromkeys(matrix.people, 0)
    for comment in comments:
        if comment.author in by_author:
            by_author[comment.author] += 1
    counted = {
        "n-comments": list(by_author.values()),
        "n-votes": np.bincount(cells.participant, minlength=people).tolist(),
        "n-agree": np.bincount(cells.participant[cells.vote == 1], minlength=people).tolist(),
        "n-disagree": np.bincount(cells.participant[cells.vote == -1], minlength=people).tolist(),
    }
    items = []
    for name, given in matrix.figures.items():
        differ = sum(a is not None and a != b for a, b in zip(given, counted[name], strict=True))
        if differ:
            why = "The figure is not what the votes and comments give; it is counted anew on writing."
            items.append(LossItem(matrix.path.name, f"column {name}", "changed", why, differ))
    return items
