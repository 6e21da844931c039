"""Columns found by their names, and the template that has the right names."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossReport
from weft.exchange.tables.model import Table
from weft.exchange.tables.write import write_table


@dataclass(frozen=True, slots=True)
class Field:
    """A column that an import knows: its key, the heading of the template, and other headings that mean the same."""

    key: str
    heading: str
    also: tuple[str, ...] = ()
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Matching:
    """Where each field stands; fields that are not there, and columns that are no field."""

    places: dict[str, int]
    missing: tuple[str, ...]
    others: tuple[str, ...]


def match_columns(table: Table, fields: Sequence[Field]) -> Matching:
    """Match headings to fields without regard to case, accents, spaces and punctuation."""
    file = table.source.file if table.source else "The table"
    wanted: dict[str, Field] = {}
    for field in fields:
        for name in (field.heading, field.key, *field.also):
            wanted.setdefault(_plain(name), field)
    places: dict[str, int] = {}
    others = []
    for place, name in enumerate(table.columns):
        found = wanted.get(_plain(name))
        if found is None:
            others.append(name)
        elif found.key in places:
            one = table.columns[places[found.key]]
            says = f"columns {shown(one)} and {shown(name)} both stand for {found.heading}."
            raise ExchangeError(f"has two columns for one thing: {says}", file=file, found=name, expected=found.heading)
        else:
            places[found.key] = place
    missing = [field for field in fields if field.key not in places]
    required = next((field for field in missing if field.is_required), None)
    if required:
        raise ExchangeError(f"has no column {required.heading}.", file=file, expected=required.heading)
    return Matching(places, tuple(field.key for field in missing), tuple(others))


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name)
    kept = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", kept.casefold().replace("_", " ")))


def matched_rows(table: Table, matching: Matching) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row as field and text, with its number in the file; a field that is not there is empty."""
    numbers = table.source.row_numbers if table.source else range(2, len(table.rows) + 2)
    for number, record in zip(numbers, table.rows, strict=True):
        empty = dict.fromkeys(matching.missing, "")
        yield number, empty | {key: record[place] for key, place in matching.places.items()}


def write_template(fields: Sequence[Field], path: Path) -> LossReport:
    """Write a table that has the headings alone, to be filled in: XLSX where the name ends so, CSV otherwise."""
    table = Table(tuple(field.heading for field in fields), ())
    if Path(path).suffix.lower() != ".xlsx":
        return write_table(table, path)
    from weft.exchange.tables.xlsx_write import write_xlsx

    return write_xlsx(table, path)
