"""A table of texts, and how its file was laid out."""

from dataclasses import dataclass, field

from weft.exchange.loss import LossReport


@dataclass(frozen=True, slots=True)
class TableSource:
    """What was found; `delimiter` is none where there is only one column.

    `is_certain` is false when the bytes fit the encoding but would fit others as well: someone should look at the
    accents. `row_numbers` say where each row stands in the file. `sheet` is the name of a sheet of a workbook.
    """

    file: str
    encoding: str
    is_certain: bool
    delimiter: str | None
    row_numbers: tuple[int, ...] = ()
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and rows of the same width; names of columns may be empty or occur twice, as in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: TableSource | None = field(default=None, compare=False)
    loss: LossReport = field(default=(), compare=False)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What somebody should look at before they rely on it."""
        if self.source is None or self.source.is_certain:
            return ()
        return (f"The encoding {self.source.encoding} is a guess: look at the accents.",)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook that holds a table."""

    name: str
    table: Table
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a workbook, in its order; empty ones are left out."""

    sheets: tuple[Sheet, ...]
    loss: LossReport = field(default=(), compare=False)
