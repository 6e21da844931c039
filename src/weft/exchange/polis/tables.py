"""The two files of votes, read to columns of numbers in the file's own sign."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from weft.exchange.errors import ExchangeError, shown, wrong
from weft.exchange.polis.model import NO_TIME, TimeUnit
from weft.exchange.rows import heading, row_blocks, rows, whole_number

VOTE = {"1": 1, "0": 0, "-1": -1}
NO_VOTE = 2
CELL = {"1": 1, "0": 0, "-1": 255, "": NO_VOTE}
PEOPLE_COLUMNS = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
VOTES_COLUMNS = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
CHUNK_CELLS = 2_000_000
YEAR_10000_MS = 253_402_300_800_000
SECONDS_BELOW = 100_000_000_000


class Positions(dict[str, int]):
    """Numbers ids as they first appear."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Events:
    """The rows of votes.csv: row `i` of the columns is row `i + 2` of the file."""

    participant: NDArray[np.int32]
    statement: NDArray[np.int32]
    vote: NDArray[np.int8]
    time: NDArray[np.int64]
    other_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """participants-votes.csv: cells in file order, and the figures that its rows give."""

    path: Path
    people: dict[str, int]
    groups: list[str | None]
    statements: tuple[str, ...]
    participant: NDArray[np.int32]
    statement: NDArray[np.int32]
    vote: NDArray[np.int8]
    figures: dict[str, list[int | None]]
    other_columns: tuple[str, ...]


def read_events(
    path: Path, statements: Mapping[str, int], people: Mapping[str, int] | None
) -> tuple[Events, list[str]]:
    """Read votes.csv; without `people` the voters are numbered as they first appear. Returns the voters too."""
    found = row_blocks(path)
    _, (first,) = next(found)
    columns = heading(path, first, ("comment-id", "voter-id", "vote"))
    gathered = _Gathered(path, columns, statements, Positions() if people is None else people)
    for row, block in found:
        gathered.add(row, block)
    return gathered.events(), list(gathered.voters)


class _Gathered:
    """The rows of votes.csv, taken in by blocks; only in a block with a fault are they gone through one by one."""

    def __init__(
        self, path: Path, columns: Mapping[str, int], statements: Mapping[str, int], voters: Mapping[str, int]
    ) -> None:
        self.voters = voters
        self._path = path
        self._columns = columns
        self._statements = statements
        self._participant = array("i")
        self._statement = array("i")
        self._vote = array("b")
        self._time = array("q")

    def add(self, row: int, block: Sequence[Sequence[str]]) -> None:
        """Take in the rows of one block, the first of which is `row`."""
        cells = list(zip(*block, strict=True))
        statement, voter, vote = (cells[self._columns[name]] for name in ("comment-id", "voter-id", "vote"))
        try:
            if "" in voter:
                raise KeyError("")
            self._participant.extend(map(self.voters.__getitem__, voter))
            self._statement.extend(map(self._statements.__getitem__, statement))
            self._vote.extend(map(VOTE.__getitem__, vote))
        except KeyError:
            triples = zip(statement, voter, vote, strict=True)
            raise _fault(self._path, row, self._statements, self.voters, triples) from None
        if "timestamp" in self._columns:
            self._time.extend(times(self._path, cells[self._columns["timestamp"]], row))
        else:
            self._time.extend([NO_TIME] * len(block))

    def events(self) -> Events:
        """All rows taken in."""
        return Events(
            np.array(self._participant, np.int32),
            np.array(self._statement, np.int32),
            np.array(self._vote, np.int8),
            np.array(self._time, np.int64),
            tuple(name for name in self._columns if name not in VOTES_COLUMNS),
        )


def _fault(
    path: Path,
    first_row: int,
    statements: Mapping[str, int],
    voters: Mapping[str, int],
    cells: Iterator[tuple[str, str, str]],
) -> ExchangeError:
    for row, (statement, voter, vote) in enumerate(cells, first_row):
        if statement not in statements:
            known = "the id of a comment in comments.csv"
            return wrong("comment-id", known, statement, file=path, row=row, column="comment-id")
        if not voter:
            return wrong("voter-id", "given", voter, file=path, row=row, column="voter-id")
        if voter not in voters and not isinstance(voters, Positions):
            says = f"participant {shown(voter)} is not in participants-votes.csv."
            return ExchangeError(says, file=path, row=row, column="voter-id", found=voter)
        if vote not in VOTE:
            return wrong("vote", "1, 0 or -1", vote, file=path, row=row, column="vote")
    return ExchangeError("changed while it was read.", file=path)


def times(path: Path, cells: Sequence[str], first_row: int) -> list[int]:
    """Timestamps as they stand in the file; an empty cell has none."""
    together = "".join(cells)
    if together.isascii() and together.isdigit() and max(map(len, cells)) <= 15:
        found = [int(cell) if cell else NO_TIME for cell in cells]
        if max(found) < YEAR_10000_MS:
            return found
    for row, cell in enumerate(cells, first_row):
        number = whole_number(cell, "timestamp", file=path, row=row, column="timestamp")
        if number is not None and number >= YEAR_10000_MS:
            raise wrong("timestamp", "before the year 10000", cell, file=path, row=row, column="timestamp")
    return [NO_TIME] * len(cells)


def in_milliseconds(path: Path, found: NDArray[np.int64]) -> tuple[NDArray[np.int64], TimeUnit | None]:
    """Times in milliseconds: all below 1973 when read as milliseconds means that the file counts seconds."""
    known = found != NO_TIME
    if not known.any():
        return found, None
    small = known & (found < SECONDS_BELOW)
    unit: TimeUnit = "seconds" if (small == known).all() else "milliseconds"
    bad = known & (found < SECONDS_BELOW // 1000) if unit == "seconds" else small
    if bad.any():
        row = int(np.argmax(bad)) + 2
        expected = f"{unit} and after 1972" if unit == "seconds" else "in milliseconds like the others"
        raise wrong("timestamp", expected, str(found[row - 2]), file=path, row=row, column="timestamp")
    return (np.where(known, found * 1000, NO_TIME) if unit == "seconds" else found), unit


def read_matrix(path: Path, comment_ids: Mapping[str, int]) -> Matrix:
    """Read participants-votes.csv, keeping only the cells that hold a vote."""
    records = rows(path)
    columns = heading(path, next(records), ("participant",))
    fixed = {name: place for name, place in columns.items() if name in PEOPLE_COLUMNS}
    statements = _statement_columns(path, columns, comment_ids)
    places = [columns[name] for name in statements]
    people: dict[str, int] = {}
    groups: list[str | None] = []
    figures: dict[str, list[int | None]] = {name: [] for name in PEOPLE_COLUMNS[2:] if name in fixed}
    cells = _Cells(len(places))
    for row, record in enumerate(records, 2):
        person = record[fixed["participant"]]
        if not person:
            raise wrong("participant", "given", person, file=path, row=row, column="participant")
        if people.setdefault(person, len(people)) != row - 2:
            says = f"participant {shown(person)} is listed twice."
            raise ExchangeError(says, file=path, row=row, column="participant", found=person)
        groups.append((record[fixed["group-id"]] or None) if "group-id" in fixed else None)
        for name, numbers in figures.items():
            numbers.append(whole_number(record[fixed[name]], name, file=path, row=row, column=name))
        try:
            cells.add(bytes([CELL[record[place]] for place in places]))
        except KeyError:
            raise _bad_cell(path, row, record, columns, statements) from None
    others = tuple(name for name in columns if name not in fixed and name not in set(statements))
    return Matrix(path, people, groups, statements, *cells.columns(), figures, others)


def _statement_columns(path: Path, columns: Mapping[str, int], comment_ids: Mapping[str, int]) -> tuple[str, ...]:
    names = []
    for name in columns:
        if name in PEOPLE_COLUMNS:
            continue
        if name in comment_ids:
            names.append(name)
        elif name.isascii() and name.isdigit():
            raise wrong("a statement", "the id of a comment in comments.csv", name, file=path, row=1, column=name)
    return tuple(names)


def _bad_cell(
    path: Path, row: int, record: Sequence[str], columns: Mapping[str, int], statements: Sequence[str]
) -> ExchangeError:
    name = next(name for name in statements if record[columns[name]] not in CELL)
    return wrong("vote", "1, 0, -1 or empty", record[columns[name]], file=path, row=row, column=name)


class _Cells:
    """Gathers the cells of a wide table, some rows at a time, and keeps those with a vote."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._waiting = bytearray()
        self._rows_done = 0
        self._participant = array("i")
        self._statement = array("i")
        self._vote = array("b")

    def add(self, row: bytes) -> None:
        self._waiting += row
        if len(self._waiting) >= CHUNK_CELLS:
            self._flush()

    def _flush(self) -> None:
        if not self._width:
            return
        block = np.frombuffer(bytes(self._waiting), np.int8).reshape(-1, self._width)
        participant, statement = np.nonzero(block != NO_VOTE)
        self._participant.frombytes((participant + self._rows_done).astype(np.int32).tobytes())
        self._statement.frombytes(statement.astype(np.int32).tobytes())
        self._vote.frombytes(block[participant, statement].tobytes())
        self._rows_done += len(block)
        self._waiting.clear()

    def columns(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8]]:
        self._flush()
        return (
            np.array(self._participant, np.int32),
            np.array(self._statement, np.int32),
            np.array(self._vote, np.int8),
        )
