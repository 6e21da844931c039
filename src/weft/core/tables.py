"""Tables as data, drawn by `core/_table.html`: beside a picture they say the same in words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """What a column is called, and whether numbers stand in it."""

    name: str
    is_number: bool = False


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere."""

    address: str
    words: str


@dataclass(frozen=True)
class Table:
    """Rows under named columns; the first cell of a row names it.

    With `code` the caption is seen, and says of which item. Rows that are `stacked` stand below each other on a phone.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    code: str = ""
    is_stacked: bool = True

    @property
    def lines(self) -> list[list[tuple[Column, object]]]:
        """Each row, its cells with their columns."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


def numbers(*names: str) -> list[Column]:
    """Columns of numbers."""
    return [Column(name, is_number=True) for name in names]
