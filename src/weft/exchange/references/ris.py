"""Read RIS, the tagged lines that libraries and reference managers give out."""

import re
from collections.abc import Iterator
from pathlib import Path

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossItem
from weft.exchange.references import ris_tags as tags
from weft.exchange.references.model import Date, Name, Reference, References
from weft.exchange.rows import LONGEST_TEXT, read_text

LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|)")
DAY = re.compile(r"(\d{1,4})(?:[/-](\d{0,2})(?:[/-](\d{0,2})(?:[/-](.*))?)?)?", re.ASCII)
ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]", re.ASCII)
LINE_NUMBERS = ("line", "tag")


def read_ris(path: Path) -> References:
    """Read every record. A tag that CSL has no place for, or a second value for one place, is in the loss report."""
    path = Path(path)
    return parsed(path, read_text(path))


def parsed(path: Path, text: str) -> References:
    """The records of a text."""
    items: dict[str, Reference] = {}
    loss: list[LossItem] = []
    for number, (line, found) in enumerate(_records(path, text), 1):
        reference, left_out = _Record(path, found).reference(f"item-{number}")
        if reference.id in items:
            says = f"the record {shown(reference.id)} is there twice."
            raise ExchangeError(says, file=path, row=line, column="ID", found=reference.id, units=LINE_NUMBERS)
        items[reference.id] = reference
        loss += [LossItem(path.name, f"record {number}, tag {tag}", "left out", why) for tag, why in left_out]
    return References(tuple(items.values()), tuple(loss))


def _records(path: Path, text: str) -> Iterator[tuple[int, list[tuple[int, str, str]]]]:
    """Each record with the number of its first line: line, tag and value, long values put together again."""
    record: list[tuple[int, str, str]] = []
    count = 0
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        found = LINE.fullmatch(line.rstrip())
        if found is None:
            _go_on(path, record, number, line)
            continue
        tag, value = found[1], (found[2] or "").strip()
        if (tag == "TY") == bool(record):
            says = "the record before has no end (ER)." if record else "a record must begin with TY."
            raise ExchangeError(says, file=path, row=number, column=tag, units=LINE_NUMBERS)
        if tag == "ER":
            count += 1
            yield record[0][0], record
            record = []
        else:
            record.append((number, tag, value))
    if record:
        raise ExchangeError("the last record has no end (ER).", file=path, row=record[0][0], units=LINE_NUMBERS)
    if not count:
        raise ExchangeError("holds no record.", file=path)


def _go_on(path: Path, record: list[tuple[int, str, str]], number: int, line: str) -> None:
    """A line without a tag goes on with the value before it; a blank one says nothing."""
    more = line.strip()
    if not more:
        return
    if not record:
        raise ExchangeError("a record must begin with TY.", file=path, row=number, found=more, units=LINE_NUMBERS)
    first, tag, value = record[-1]
    record[-1] = (first, tag, f"{value} {more}".strip())


class _Record:
    """One record on its way into CSL."""

    def __init__(self, path: Path, lines: list[tuple[int, str, str]]) -> None:
        self._path = path
        self._lines = lines
        self._texts: dict[str, str] = {}
        self._names: dict[str, list[Name]] = {}
        self._dates: dict[str, Date] = {}
        self._id = ""
        self._pages = {"SP": "", "EP": ""}
        self._left_out: list[tuple[str, str]] = []

    def reference(self, number: str) -> tuple[Reference, list[tuple[str, str]]]:
        """The reference, and each tag that was left out with the reason."""
        (line, _, kind), *rest = self._lines
        known = tags.TYPES | tags.OTHER_TYPES
        if kind not in known:
            self._left_out.append(("TY", f"Weft does not know the type {shown(kind)} and takes it for a document."))
        csl_type = known.get(kind, "document")
        for line, tag, value in rest:
            if "\0" in value or len(value) > LONGEST_TEXT:
                says = f"the text holds a NUL character or more than {LONGEST_TEXT} characters."
                raise ExchangeError(says, file=self._path, row=line, column=tag, units=LINE_NUMBERS)
            if plain := " ".join(value.split()):
                self._take(tag, plain, csl_type)
        if self._pages["SP"] or self._pages["EP"]:
            self._put("SP", "page", "-".join(filter(None, self._pages.values())))
        names = {key: tuple(found) for key, found in self._names.items()}
        return Reference(self._id or number, csl_type, self._texts, names, self._dates), self._left_out

    def _take(self, tag: str, value: str, csl_type: str) -> None:
        if tag in tags.MANY:
            key, between = tags.MANY[tag]
            parts = [part.strip() for part in value.split(between)]
            self._texts[key] = between.join(filter(None, (self._texts.get(key), *parts)))
        elif variable := tags.NAMES.get(tag) or tags.OTHER_NAMES.get(tag):
            self._names.setdefault(variable, []).append(name_of(value))
        elif tag in ("PY", "Y1", "DA", "Y2"):
            self._take_date(tag, "accessed" if tag == "Y2" else "issued", date_of(value))
        elif tag == "SN":
            is_issn = bool(ISSN.fullmatch(value)) or (csl_type in tags.SERIALS and "ISSN" not in self._texts)
            self._put(tag, "ISSN" if is_issn else "ISBN", value)
        elif tag in self._pages and not self._pages[tag]:
            self._pages[tag] = value
        elif tag == "ID" and not self._id:
            self._id = value
        elif tag == "BT" and csl_type == "book" and "title" not in self._texts:
            self._put(tag, "title", value)
        elif variable := tags.TEXTS.get(tag) or tags.OTHER_TEXTS.get(tag):
            self._put(tag, variable, value)
        else:
            self._left_out.append((tag, "Weft has no place for this tag."))

    def _put(self, tag: str, variable: str, value: str) -> None:
        held = self._texts.setdefault(variable, value)
        if held != value:
            self._left_out.append((tag, f"There is another value for {variable} already."))

    def _take_date(self, tag: str, variable: str, date: Date) -> None:
        held = self._dates.get(variable, date)
        if held.literal or date.literal:
            is_fuller, is_other = False, held != date
        else:
            is_fuller = date.parts[: len(held.parts)] == held.parts and held.season in ("", date.season)
            is_other = held.parts[: len(date.parts)] != date.parts or date.season not in ("", held.season)
        if is_fuller or variable not in self._dates:
            self._dates[variable] = date
        elif is_other:
            self._left_out.append((tag, f"There is another value for {variable} already."))


def name_of(value: str) -> Name:
    """`Family, Given, Suffix`; without a comma an organisation."""
    parts = [part.strip() for part in value.split(",", 2)]
    if len(parts) == 1 or not parts[0]:
        return Name(literal=value)
    return Name(family=parts[0], given=parts[1], suffix=parts[2] if len(parts) > 2 else "")


def date_of(value: str) -> Date:
    """`YYYY/MM/DD/season`, of which all but the year may be empty."""
    found = DAY.fullmatch(value)
    if found is None:
        return Date(literal=value)
    numbers = [int(part) for part in found.groups()[:3] if part]
    is_gapped = not found[2] and bool(found[3])
    in_range = all(
        low <= number <= high for number, (low, high) in zip(numbers, ((1, 9999), (1, 12), (1, 31)), strict=False)
    )
    if is_gapped or not in_range:
        return Date(literal=value)
    return Date(tuple(numbers), season=(found[4] or "").strip())
