"""A reference as the citation processor takes it."""

import re
from collections.abc import Iterable

from citeproc import NUMBERS
from citeproc import source as processor
from citeproc.source.json import CiteProcJSON

from weft.exchange.references.citation_markup import NOT_A_NUMBER, marked
from weft.exchange.references.model import Date, Name, Reference

OLD_NAMES = {"shortTitle": "title-short", "journalAbbreviation": "container-title-short", "event": "event-title"}
COUNTED = frozenset((*NUMBERS, "page"))
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4, "1": 1, "2": 2, "3": 3, "4": 4}
LONG_NUMBER = re.compile(r"\d{7,}")
_texts = CiteProcJSON([])


class Source:
    """The references by their number, and what the processor cannot take of them."""

    def __init__(self, references: Iterable[Reference]) -> None:
        self.known = processor.BibliographySource()
        self.left_out: list[tuple[str, str]] = []
        for number, reference in enumerate(references):
            self.known.add(self._reference(key_of(number), reference))

    def _reference(self, key: str, reference: Reference) -> processor.Reference:
        taken = processor.Reference(key, reference.type)
        for variable, text in reference.texts.items():
            name = OLD_NAMES.get(variable, variable).replace("-", "_")
            if text and not (variable in OLD_NAMES and OLD_NAMES[variable] in reference.texts):
                taken.update({name: text if name == "language" else _text(name, text)})
        for variable, names in reference.names.items():
            if people := [_name(name) for name in names if name != Name()]:
                taken.update({variable.replace("-", "_"): people})
        for variable, date in reference.dates.items():
            if found := self._date(reference.id, variable, date):
                taken.update({variable.replace("-", "_"): found})
        return taken

    def _date(self, name: str, variable: str, date: Date) -> processor.DateBase | None:
        """A date; the processor loses the whole of a span within one year, which is told by its beginning."""
        if not date.parts or not (_is_date(date.parts) and _is_date(date.until)):
            literal = date.literal or "–".join("-".join(map(str, span)) for span in (date.parts, date.until) if span)
            return processor.LiteralDate(marked(literal), circa=date.is_circa) if literal else None
        season = SEASONS.get(date.season.strip().lower())
        if (date.season and not season) or date.literal:
            self.left_out.append((name, variable))
        first = _day(date.parts, season, date.is_circa)
        if not date.until or date.until == date.parts:
            return first
        if date.until[0] == date.parts[0]:
            self.left_out.append((name, variable))
            return first
        return processor.DateRange(begin=first, end=_day(date.until, None, date.is_circa), circa=date.is_circa)


def key_of(number: int) -> str:
    """What the processor calls a reference; it does not tell ids apart by the case of their letters."""
    return f"r{number}"


def counted(text: str) -> str:
    """A number so long that it is a name is none to count with."""
    return LONG_NUMBER.sub(lambda found: NOT_A_NUMBER + found[0], text)


def _text(name: str, text: str) -> object:
    return _texts.parse_string(marked(counted(text) if name in COUNTED else text))


def _name(name: Name) -> processor.Name:
    if name.literal:
        return processor.Name(literal=marked(name.literal))
    parts = {
        "family": name.family,
        "given": name.given,
        "dropping-particle": name.dropping_particle,
        "non-dropping-particle": name.non_dropping_particle,
        "suffix": name.suffix,
    }
    return processor.Name(**{part: marked(text) for part, text in parts.items() if text.strip()})


def _is_date(parts: tuple[int, ...]) -> bool:
    return all(1 <= part <= most for part, most in zip(parts[1:], (12, 31), strict=False))


def _day(parts: tuple[int, ...], season: int | None, is_circa: bool) -> processor.Date:
    said = dict(zip(("year", "month", "day"), parts, strict=False))
    if season and len(parts) == 1:
        said["season"] = season
    return processor.Date(circa=is_circa, **said)
