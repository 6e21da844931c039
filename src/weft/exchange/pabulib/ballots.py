"""The rows of VOTES turned to numbers, many at a time."""

from array import array
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from weft.exchange.errors import ExchangeError, shown, wrong
from weft.exchange.pabulib.model import Ballots, exact


class _Points(dict[str, int]):
    """Numbers the texts of points by their exact value; KeyError for what is no number."""

    def __init__(self) -> None:
        self.values_met: dict[Decimal, int] = {}

    def __missing__(self, text: str) -> int:
        value = exact(text.strip())
        if value is None:
            raise KeyError(text)
        self[text] = code = self.values_met.setdefault(value, len(self.values_met))
        return code


class BallotReader:
    """Gathers ballots a block of rows at a time; only in a block with a fault are the rows gone through one by one."""

    def __init__(self, path: Path, projects: Mapping[str, int], with_points: bool) -> None:
        self._path = path
        self._projects = projects
        self._with_points = with_points
        self._lengths = array("i")
        self._project = array("i")
        self._points = array("i")
        self._codes = _Points()

    def add(self, rows: Sequence[int], votes: Sequence[str], points: Sequence[str]) -> None:
        """Take in the ballots of `rows`; `points` is empty when ballots have none."""
        try:
            numbers, lengths = _flat(votes, self._projects)
            codes, given = _flat(points, self._codes) if self._with_points else (numbers, lengths)
        except KeyError:
            self._find_fault(rows, votes, points)
            numbers, lengths = _flat([_tidy(vote) for vote in votes], self._projects)
            codes, given = _flat(points, self._codes) if self._with_points else (numbers, lengths)
        if given != lengths or self._has_repeats(numbers, lengths):
            self._find_fault(rows, votes, points)
        self._lengths.extend(lengths)
        self._project.extend(numbers)
        if self._with_points:
            self._points.extend(codes)

    def _has_repeats(self, numbers: Sequence[int], lengths: Sequence[int]) -> bool:
        owner = np.repeat(np.arange(len(lengths)), lengths)
        cells = np.sort(owner * max(len(self._projects), 1) + np.array(numbers, np.int64))
        return bool((cells[1:] == cells[:-1]).any())

    def _find_fault(self, rows: Sequence[int], votes: Sequence[str], points: Sequence[str]) -> None:
        """Raise for the first row at fault; a space around an id or a number is none."""
        for place, (row, vote) in enumerate(zip(rows, votes, strict=True)):
            names = _parts(_tidy(vote))
            for name in names:
                if name not in self._projects:
                    raise wrong("vote", "ids of projects", name, file=self._path, row=row, column="vote")
                if names.count(name) > 1:
                    says = f"the vote names project {shown(name)} twice."
                    raise ExchangeError(says, file=self._path, row=row, column="vote", found=name)
            if self._with_points:
                self._check_points(row, _parts(points[place]), len(names))

    def _check_points(self, row: int, parts: Sequence[str], wanted: int) -> None:
        for part in parts:
            if exact(part.strip()) is None:
                raise wrong("points", "numbers", part, file=self._path, row=row, column="points")
        if len(parts) != wanted:
            says = f"there are points for {len(parts)} projects, the vote names {wanted}."
            found, expected = str(len(parts)), str(wanted)
            raise ExchangeError(says, file=self._path, row=row, column="points", found=found, expected=expected)

    def done(self) -> Ballots:
        """All ballots taken in."""
        start: NDArray[np.int64] = np.zeros(len(self._lengths) + 1, np.int64)
        np.cumsum(as_numbers(self._lengths), out=start[1:])
        project = as_numbers(self._project)
        if not self._with_points:
            return Ballots(start, project)
        return Ballots(start, project, as_numbers(self._points), tuple(self._codes.values_met))


def as_numbers(gathered: "array[int]") -> NDArray[np.int32]:
    """The same numbers without a copy, which for a large file would double the memory."""
    return np.frombuffer(gathered, np.int32) if gathered else np.zeros(0, np.int32)


def _flat(texts: Sequence[str], numbers: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """The numbers of all parts of all texts, and how many parts each text has."""
    filled = [text for text in texts if text]
    lengths = [text.count(",") + 1 if text else 0 for text in texts]
    return list(map(numbers.__getitem__, ",".join(filled).split(","))) if filled else [], lengths


def _parts(text: str) -> list[str]:
    return text.split(",") if text else []


def _tidy(text: str) -> str:
    """The text without spaces around its parts."""
    return ",".join(part.strip() for part in text.split(","))
