"""The one error every reader and writer of this package raises."""

from pathlib import Path

LONGEST_FOUND = 60


class ExchangeError(ValueError):
    """A file that cannot be read or written, told in one plain sentence.

    `file`, `row`, `column`, `found` and `expected` are kept apart for a page that shows them in a table. Rows are
    counted as a spreadsheet counts them: the heading is row 1, and a text of several lines is still one row. Formats
    without rows name other `units`, such as item and key.
    """

    def __init__(
        self,
        says: str,
        *,
        file: Path | str,
        row: int | None = None,
        column: str | None = None,
        found: str | None = None,
        expected: str | None = None,
        units: tuple[str, str] = ("row", "column"),
    ) -> None:
        self.file = str(file)
        self.row = row
        self.column = column
        self.found = found
        self.expected = expected
        self._says = says
        self._units = units
        super().__init__(self._place() + says)

    def told_of(self, file: Path | str) -> "ExchangeError":
        """The same error, told of the file as the reader of the sentence knows it."""
        place = {"file": file, "row": self.row, "column": self.column, "units": self._units}
        return ExchangeError(self._says, found=self.found, expected=self.expected, **place)  # type: ignore[arg-type]

    def _place(self) -> str:
        if self.row is None and self.column is None:
            return f"{self.file} "
        parts = [self.file]
        if self.row is not None:
            parts.append(f"{self._units[0]} {self.row}")
        if self.column is not None:
            parts.append(f"{self._units[1]} {shown(self.column)}")
        return ", ".join(parts) + ": "


def wrong(name: str, expected: str, found: str, *, file: Path | str, row: int, column: str | None) -> ExchangeError:
    """The error for one cell whose value is not what it must be."""
    says = f"{name} must be {expected}, got {shown(found)}."
    return ExchangeError(says, file=file, row=row, column=column, found=found, expected=expected)


def shown(text: str) -> str:
    """Text from a file made fit for one line of an error: shortened, nothing unprintable."""
    if not text:
        return "nothing"
    clipped = text[:LONGEST_FOUND] + ("..." if len(text) > LONGEST_FOUND else "")
    return printable(clipped)


def printable(text: str) -> str:
    """Text from a file on one line, with nothing in it that a terminal would act on."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)
