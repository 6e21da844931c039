"""Read and write CSL-JSON."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.json_text import parse_json
from weft.exchange.loss import LossItem, LossReport
from weft.exchange.references.model import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    TEXT_VARIABLES,
    TYPES,
    Date,
    Name,
    Reference,
    References,
)
from weft.exchange.rows import LONGEST_TEXT, read_text, write_text

ITEM = ("item", "key")
NAME_PARTS = {
    "family": "family",
    "given": "given",
    "dropping-particle": "dropping_particle",
    "non-dropping-particle": "non_dropping_particle",
    "suffix": "suffix",
    "literal": "literal",
}
EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class _Item:
    """One item while it is read: it knows its place for errors, and gathers what is left out."""

    def __init__(self, path: Path, number: int) -> None:
        self._path = path
        self._number = number
        self.left_out: list[str] = []

    def fault(self, key: str, says: str, found: object = None) -> ExchangeError:
        found_text = None if found is None else str(found)
        return ExchangeError(says, file=self._path, row=self._number, column=key, found=found_text, units=ITEM)

    def text(self, key: str, value: object) -> str:
        """A text, or a number as text."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.fault(key, "must be a text or a number.", type(value).__name__)
        text = str(value)
        if len(text) > LONGEST_TEXT or "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise self.fault(key, f"holds no proper text, or more than {LONGEST_TEXT} characters.")
        return text

    def names(self, key: str, value: object) -> tuple[Name, ...]:
        if not isinstance(value, list):
            raise self.fault(key, "must be a list of names.", type(value).__name__)
        return tuple(self._name(key, name) for name in value)

    def _name(self, key: str, value: object) -> Name:
        if not isinstance(value, dict):
            raise self.fault(key, "each name must have parts, such as family and given.", type(value).__name__)
        self.left_out += [f"{key}: {part}" for part in value if part not in NAME_PARTS]
        parts = {NAME_PARTS[part]: self.text(key, text) for part, text in value.items() if part in NAME_PARTS}
        return Name(**parts)

    def date(self, key: str, value: object) -> Date | None:
        """A date; none when it says nothing, as in the records of some libraries."""
        if isinstance(value, str):
            return self._edtf(self.text(key, value))
        if not isinstance(value, dict):
            raise self.fault(key, "must be a date.", type(value).__name__)
        if "edtf" in value:
            return self._edtf(self.text(key, value["edtf"]))
        known = ("date-parts", "season", "circa", "literal", "raw")
        self.left_out += [f"{key}: {part}" for part in value if part not in known]
        spans = value.get("date-parts", [])
        if not isinstance(spans, list) or len(spans) > 2:
            raise self.fault(key, "date-parts must be one or two lists of year, month and day.")
        parts = [self._parts(key, span) for span in spans]
        circa = value.get("circa", False)
        date = Date(
            parts[0] if parts else (),
            parts[1] if len(parts) == 2 else (),
            self.text(key, value.get("season", "")),
            circa not in (False, "false", 0, "0", "", None),
            self.text(key, value.get("literal", value.get("raw", ""))),
        )
        return None if date == Date() else date

    def _parts(self, key: str, span: object) -> tuple[int, ...]:
        if not isinstance(span, list) or len(span) > 3:
            raise self.fault(key, "date-parts must be one or two lists of year, month and day.")
        given = [part for part in span if part not in (None, "")]
        if any(isinstance(part, bool) or not re.fullmatch(r"-?\d{1,6}", str(part), re.ASCII) for part in given):
            raise self.fault(key, "date-parts must be whole numbers.", given)
        return tuple(int(part) for part in given)

    def _edtf(self, text: str) -> Date | None:
        spans = [EDTF.fullmatch(span) for span in text.split("/")]
        parts = [tuple(int(part) for part in span.groups() if part) for span in spans if span]
        if not text or len(parts) != len(spans) or len(parts) > 2:
            return Date(literal=text) if text else None
        return Date(parts[0], parts[1] if len(parts) == 2 else ())


def read_csl_json(path: Path) -> References:
    """Read a list of items, or one item. Keys that CSL does not know are left out, and said in the loss report."""
    path = Path(path)
    found = parse_json(path, read_text(path))
    entries = found if isinstance(found, list) else [found]
    items: dict[str, Reference] = {}
    loss: list[LossItem] = []
    for number, entry in enumerate(entries, 1):
        item = _Item(path, number)
        reference = _reference(item, entry)
        if reference.id in items:
            raise item.fault("id", f"{shown(reference.id)} is there twice.", reference.id)
        items[reference.id] = reference
        why = "Weft has no place for this key."
        loss += [LossItem(path.name, f"item {number}, key {shown(key)}", "left out", why) for key in item.left_out]
    return References(tuple(items.values()), tuple(loss))


def _reference(item: _Item, entry: object) -> Reference:
    if not isinstance(entry, dict):
        raise item.fault("id", "each item must have keys, such as id and type.", type(entry).__name__)
    for key in ("id", "type"):
        if key not in entry or entry[key] == "":
            raise item.fault(key, "must be given.")
    kind = item.text("type", entry["type"])
    if kind not in TYPES:
        raise item.fault("type", f"must be a type of CSL, got {shown(kind)}.", kind)
    reference = Reference(item.text("id", entry["id"]), kind)
    for key, value in entry.items():
        if key in TEXT_VARIABLES:
            reference.texts[key] = item.text(key, value)
        elif key in NAME_VARIABLES:
            reference.names[key] = item.names(key, value)
        elif key in DATE_VARIABLES:
            date = item.date(key, value)
            if date:
                reference.dates[key] = date
        elif key not in ("id", "type"):
            item.left_out.append(key)
    return reference


def write_csl_json(references: References, path: Path) -> LossReport:
    """Write CSL-JSON; nothing is lost. What could not be read back is refused before anything is written."""
    path = Path(path)
    seen: set[str] = set()
    for number, reference in enumerate(references.items, 1):
        _check(_Item(path, number), reference, seen)

    def fill(file: TextIO) -> None:
        json.dump([as_csl(reference) for reference in references.items], file, ensure_ascii=False, indent=1)
        file.write("\n")

    write_text(path, fill)
    return ()


def _check(item: _Item, reference: Reference, seen: set[str]) -> None:
    if not reference.id or reference.id in seen or reference.type not in TYPES:
        raise item.fault("id", f"{shown(reference.id)} is there twice, empty, or of no type of CSL.", reference.id)
    seen.add(reference.id)
    groups: tuple[tuple[Mapping[str, object], frozenset[str]], ...] = (
        (reference.texts, TEXT_VARIABLES),
        (reference.names, NAME_VARIABLES),
        (reference.dates, DATE_VARIABLES),
    )
    for held, known in groups:
        for key in held:
            if key not in known:
                raise item.fault(key, "is no key of CSL for this kind of value.")
    item.text("id", reference.id)
    for key, text in reference.texts.items():
        item.text(key, text)
    for key, date in reference.dates.items():
        if item.date(key, _date(date)) != date:
            raise item.fault(key, "is no date.")
    for key, names in reference.names.items():
        if item.names(key, [_name(name) for name in names]) != names:
            raise item.fault(key, "holds a name that is none.")


def as_csl(reference: Reference) -> dict[str, Any]:
    """The reference as a citation processor takes it."""
    names = {key: [_name(name) for name in names] for key, names in reference.names.items()}
    dates = {key: _date(date) for key, date in reference.dates.items()}
    return {"id": reference.id, "type": reference.type, **reference.texts, **names, **dates}


def _name(name: Name) -> dict[str, str]:
    return {part: getattr(name, attribute) for part, attribute in NAME_PARTS.items() if getattr(name, attribute)}


def _date(date: Date) -> dict[str, Any]:
    spans = [list(span) for span in (date.parts, date.until) if span]
    said = {"date-parts": spans, "season": date.season, "circa": date.is_circa, "literal": date.literal}
    return {key: value for key, value in said.items() if value}
