"""The files of a Polis export, as far as an opinion map needs them."""

import csv
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from weft.commands import Failed

VOTES = {"1": 1, "0": 0, "-1": -1}
NO_VOTE = 2
CELLS = {"1": 1, "0": 0, "-1": 255, "": NO_VOTE}  # as bytes, read back as int8
TRUE = {"true", "t", "1"}

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Comment:
    """A row of comments.csv."""

    moderated: str
    meta: bool
    body: str


@dataclass(frozen=True)
class Export:
    """Votes by position, with the ids that the positions stand for."""

    people: list[str]
    statements: list[str]
    participant: Ints
    statement: Ints
    vote: npt.NDArray[np.int8]
    history: bool  # every vote in the order cast, not only the last of each person on a statement
    published: list[str] | None  # Polis's own group of each person, "" for none


def rows(path: Path) -> Iterator[list[str]]:
    """Every row, the heading first; a byte order mark is accepted."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.reader(file, strict=True)
    except UnicodeDecodeError:
        raise Failed(f"{path} is not UTF-8 at byte {_first_bad_byte(path)}.") from None
    except OSError as error:
        raise Failed(f"{path} cannot be read: {error.strerror}.") from None
    except csv.Error as error:
        raise Failed(f"{path} is no CSV file: {error}.") from None


def _first_bad_byte(path: Path) -> int:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def table(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The needed cells of every row with their row number; the heading is row 1."""
    lines = rows(path)
    head = next(lines, [])
    places = [place(path, head, name) for name in needed]
    for row, cells in enumerate(lines, 2):
        if cells:
            check_width(path, row, cells, head)
            yield row, [cells[at] for at in places]


def place(path: Path, head: Sequence[str], name: str) -> int:
    """Where a column stands."""
    if name not in head:
        raise Failed(f"{path} has no column {name}.")
    return head.index(name)


def check_width(path: Path, row: int, cells: Sequence[str], head: Sequence[str]) -> None:
    """Refuse a row that is wider or narrower than the heading."""
    if len(cells) != len(head):
        raise Failed(f"{path}, row {row}: the row has {len(cells)} columns, the heading has {len(head)}.")


def read_votes(folder: Path) -> Export:
    """Final votes from participants-votes.csv or, without it, the history in votes.csv."""
    if not folder.is_dir():
        raise Failed(f"{folder} is no folder.")
    matrix, events = folder / "participants-votes.csv", folder / "votes.csv"
    if matrix.exists():
        return _read_matrix(matrix)
    if events.exists():
        return _read_events(events)
    raise Failed(f"{folder} holds neither participants-votes.csv nor votes.csv.")


def _read_matrix(path: Path) -> Export:
    lines = rows(path)
    head = next(lines, [])
    person_at = place(path, head, "participant")
    group_at = head.index("group-id") if "group-id" in head else None
    columns = [at for at, name in enumerate(head) if name.isascii() and name.isdigit()]
    statements = [head[at] for at in columns]
    if len(set(statements)) < len(statements):
        twice = next(each for each in statements if statements.count(each) > 1)
        raise Failed(f"{path}, row 1: statement {twice} is listed twice.")
    people: dict[str, int] = {}
    groups: list[str] = []
    cells = bytearray()
    for row, record in enumerate(lines, 2):
        if not record:
            continue
        check_width(path, row, record, head)
        person = record[person_at]
        if people.setdefault(person, len(people)) != len(groups):
            raise Failed(f"{path}, row {row}: participant {person} is listed twice.")
        groups.append(record[group_at] if group_at is not None else "")
        try:
            cells += bytes([CELLS[record[at]] for at in columns])
        except KeyError:
            wrong = next(at for at in columns if record[at] not in CELLS)
            raise Failed(
                f"{path}, row {row}, column {head[wrong]}: vote must be 1, 0, -1 or empty, got {record[wrong]}."
            ) from None
    found = np.frombuffer(bytes(cells), dtype=np.int8).reshape(len(people), len(columns))
    participant, statement = np.nonzero(found != NO_VOTE)
    return Export(
        list(people),
        statements,
        participant.astype(np.int32),
        statement.astype(np.int32),
        found[participant, statement],
        history=False,
        published=groups if group_at is not None else None,
    )


def _read_events(path: Path) -> Export:
    people: dict[str, int] = {}
    met: dict[str, int] = {}
    participant, statement, vote = array("i"), array("i"), array("b")
    for row, (on, person, value) in table(path, ("comment-id", "voter-id", "vote")):
        if value not in VOTES:
            raise Failed(f"{path}, row {row}, column vote: vote must be 1, 0 or -1, got {value}.")
        participant.append(people.setdefault(person, len(people)))
        statement.append(met.setdefault(on, len(met)))
        vote.append(VOTES[value])
    numbers = all(each.isascii() and each.isdigit() for each in met)
    statements = sorted(met, key=int) if numbers else sorted(met)
    position = np.empty(len(met), dtype=np.int32)
    position[[met[each] for each in statements]] = np.arange(len(met), dtype=np.int32)
    met_at = np.array(statement, dtype=np.int32)
    return Export(
        list(people),
        statements,
        np.array(participant, dtype=np.int32),
        position[met_at] if met else met_at,
        np.array(vote, dtype=np.int8),
        history=True,
        published=None,
    )


def read_comments(folder: Path) -> dict[str, Comment]:
    """Moderation, whether it is about the person, and text of each statement."""
    path = folder / "comments.csv"
    if not path.exists():
        raise Failed(f"{folder} holds no comments.csv.")
    lines = rows(path)
    head = next(lines, [])
    on, moderated = place(path, head, "comment-id"), place(path, head, "moderated")
    meta = head.index("is-meta") if "is-meta" in head else None
    body = head.index("comment-body") if "comment-body" in head else None
    found: dict[str, Comment] = {}
    for row, record in enumerate(lines, 2):
        if not record:
            continue
        check_width(path, row, record, head)
        if record[on] in found:
            raise Failed(f"{path}, row {row}: statement {record[on]} is listed twice.")
        if record[moderated] not in VOTES:
            raise Failed(f"{path}, row {row}, column moderated: moderated must be -1, 0 or 1, got {record[moderated]}.")
        found[record[on]] = Comment(
            record[moderated],
            meta is not None and record[meta].lower() in TRUE,
            record[body] if body is not None else "",
        )
    return found


def read_ids(path: Path) -> list[str]:
    """Statement ids: one a line, or a CSV file with the column `statement`."""
    lines = [cells for cells in rows(path) if cells]
    if lines and "statement" in lines[0]:
        ids = [cells[0] for _, cells in table(path, ("statement",))]
    else:
        ids = [cells[0].strip() for cells in lines]
    seen: set[str] = set()
    for row, each in enumerate(ids, 2 if lines and "statement" in lines[0] else 1):
        if each in seen:
            raise Failed(f"{path}, row {row}: statement {each} is listed twice.")
        seen.add(each)
    return ids


def read_groups(path: Path, people: Sequence[str]) -> tuple[list[str], list[str]]:
    """The group of each person from a file with `participant` and `group`, "" for people not listed.

    Also the groups in the order of the file, which is the order of their names.
    """
    known = set(people)
    found: dict[str, str] = {}
    for row, (person, group) in table(path, ("participant", "group")):
        if person not in known:
            raise Failed(f"{path}, row {row}: participant {person} is not in the export.")
        if person in found:
            raise Failed(f"{path}, row {row}: participant {person} is listed twice.")
        found[person] = group
    return [found.get(person, "") for person in people], list(found.values())


def named_groups(each: Sequence[str], in_order: Sequence[str] | None = None) -> tuple[list[str], Ints]:
    """Names as first met, and everybody's number; -1 for the empty name."""
    names = list(dict.fromkeys(name for name in (each if in_order is None else in_order) if name))
    number = {name: at for at, name in enumerate(names)}
    return names, np.array([number.get(name, -1) for name in each], dtype=np.int32)
