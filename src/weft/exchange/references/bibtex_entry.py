"""One entry of BibTeX on its way into CSL."""

import re
from pathlib import Path
from typing import TypeAlias

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.references import bibtex_fields as known
from weft.exchange.references.bibtex_dates import iso_date, old_date
from weft.exchange.references.bibtex_names import Names
from weft.exchange.references.compare import Kind
from weft.exchange.references.latex import Plain
from weft.exchange.references.model import TYPES, Date, Name, Reference
from weft.exchange.rows import LONGEST_TEXT

LINE_AND_FIELD = ("line", "field")
EntryFields: TypeAlias = dict[str, tuple[str, int]]
"""By name in small letters: the LaTeX source of the value, and its line."""

ADDRESS = re.compile(r"https?://\S+")
RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
NO_PLACE = "Weft has no place for this field."
FORMATTING = "What LaTeX commands say beyond the text is left out: "


class Found:
    """What has been found of one entry so far."""

    def __init__(self, path: Path, key: str, kind: str, line: int) -> None:
        self._path = path
        self._line = line
        self.key = key
        self.kind = kind
        self.type = "document"
        self.texts: dict[str, str] = {}
        self.names: dict[str, tuple[Name, ...]] = {}
        self.dates: dict[str, Date] = {}
        self.losses: list[tuple[str, Kind, str]] = []

    def lost(self, field: str, kind: Kind, why: str) -> None:
        self.losses.append((f"field {shown(field)}", kind, why))

    def put(self, field: str, variable: str, text: str) -> None:
        """Keep a text, unless its place is taken by another."""
        if text and self.texts.setdefault(variable, text) != text:
            self.lost(field, "left out", f"There is another value for {variable} already.")

    def plain(self, field: str, source: str, line: int) -> str:
        """The text of a value; commands that say more are reported."""
        found = Plain(source, field in known.VERBATIM)
        self.formatting(field, found.unknown)
        if len(found.text) > LONGEST_TEXT:
            says = f"the text is longer than {LONGEST_TEXT} characters."
            raise ExchangeError(says, file=self._path, row=line, column=field, units=LINE_AND_FIELD)
        return found.text

    def formatting(self, field: str, unknown: list[str]) -> None:
        if unknown:
            self.lost(field, "changed", FORMATTING + ", ".join(sorted(map(shown, set(unknown)))[:5]) + ".")


def reference(found: Found, fields: EntryFields) -> Reference:
    """The entry as CSL has it; `found.losses` then says what is not there."""
    values = {
        name: found.plain(name, source, line) for name, (source, line) in fields.items() if name not in known.NAMES
    }
    _take_type(found, values)
    for name, variable in known.NAMES.items():
        if name in fields:
            _take_names(found, name, variable, fields[name][0])
    _take_dates(found, values)
    _take_numbers(found, values)
    _take_archive(found, values)
    for name in (*known.TEXTS, *known.OTHER_TEXTS):
        _take_text(found, name, values.pop(name, ""))
    for name, variable in known.SUBTITLES.items():
        if more := values.pop(name, ""):
            found.texts[variable] = ": ".join(filter(None, (found.texts.get(variable), more)))
    for name, value in values.items():
        if value:
            found.lost(name, "left out", NO_PLACE)
    return Reference(found.key, found.type, found.texts, found.names, found.dates)


def _take_type(found: Found, values: dict[str, str]) -> None:
    kind, subtype = found.kind, values.pop("entrysubtype", "")
    found.type = known.TYPES.get(kind) or known.OTHER_TYPES.get(kind, "document")
    if found.type == "document" and kind != "misc":
        why = f"Weft does not know the type @{shown(kind)} and takes it for a document."
        found.losses.append(("type", "changed", why))
    if kind == "article" and subtype in known.SUBTYPES:
        found.type = known.SUBTYPES[subtype]
    elif kind == "misc" and subtype in TYPES:
        found.type = subtype
    elif subtype:
        found.lost("entrysubtype", "left out", NO_PLACE)
    if kind in known.THESES and not values.get("type"):
        values["type"] = known.THESES[kind]


def _take_names(found: Found, field: str, variable: str, source: str) -> None:
    names = Names(source)
    found.formatting(field, names.unknown)
    if names.has_others:
        found.lost(field, "left out", 'CSL cannot say "and others".')
    if names.names:
        found.names[variable] = names.names


def _take_dates(found: Found, values: dict[str, str]) -> None:
    for field, variable in known.DATES.items():
        if value := values.pop(field, ""):
            found.dates[variable] = iso_date(value)
    new, year, month, day = (values.pop(field, "") for field in ("date", "year", "month", "day"))
    old, beyond = old_date(year, month, day)
    dates = [date for date in (iso_date(new) if new else Date(), old) if date != Date()]
    if not dates:
        return
    chosen, other = dates[0], dates[-1]
    is_fuller = other.parts[: len(chosen.parts)] == chosen.parts and len(other.parts) > len(chosen.parts) > 0
    if is_fuller and not (chosen.until or chosen.season):
        chosen, other = Date(other.parts, other.until, other.season, chosen.is_circa), chosen
    found.dates["issued"] = chosen
    if other.parts != chosen.parts[: len(other.parts)] or (other.literal and other != chosen):
        found.lost("year", "left out", "There is another value for issued already.")
    elif beyond or (other.season and other.season != chosen.season and not chosen.season):
        found.lost(beyond or "month", "left out", "It fits no date.")


def _take_numbers(found: Found, values: dict[str, str]) -> None:
    """What `number` counts depends on what it is in."""
    if found.type in known.SERIALS:
        meant = {"number": "issue", "issue": "issue", "eid": "number"}
    elif found.type in known.IN_A_SERIES:
        meant = {"number": "collection-number", "issue": "issue", "eid": "number"}
    else:
        meant = {"number": "number", "issue": "issue", "eid": "number"}
    for field, variable in meant.items():
        found.put(field, variable, values.pop(field, ""))


def _take_archive(found: Found, values: dict[str, str]) -> None:
    kind = values.pop("eprinttype", "") or values.pop("archiveprefix", "")
    number = values.pop("eprint", "")
    if number and kind.lower() == "pubmed" and not values.get("pmid"):
        found.put("eprint", "PMID", number)
    elif number and kind:
        found.put("eprint", "archive_location", number)
        found.put("eprinttype", "archive", kind)
    elif number or kind:
        found.lost("eprint" if number else "eprinttype", "left out", NO_PLACE)


def _take_text(found: Found, field: str, value: str) -> None:
    variable = known.TEXTS.get(field) or known.OTHER_TEXTS[field]
    if field == "pages":
        value = re.sub("-+", "-", "-".join(part.strip() for part in re.split("[-–—]", value)))
    elif field == "doi":
        value = RESOLVER.sub("", value, count=1)
    elif field == "howpublished" and ADDRESS.fullmatch(value):
        variable = "URL"
    found.put(field, variable, value)
