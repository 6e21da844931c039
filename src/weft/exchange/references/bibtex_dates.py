"""Dates of BibTeX (`year`, `month`, `day`) and of BibLaTeX (`date`, ISO 8601-2), both ways."""

import re

from weft.exchange.references.model import Date

MONTH_WORDS = """
    January February March April May June July August September October November December
"""
NAMES = MONTH_WORDS.split()
MACROS = {name[:3].lower(): name for name in NAMES}
LAST_ISO_YEAR = 9999
SEASONS = ("21", "22", "23", "24")
ISO = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)", re.ASCII)
YEAR = re.compile(r"(-?\d{1,4}(?:\d{1,2}$)?)(?: ?(?:-{1,3}|[–—/]) ?(\d{4}))?", re.ASCII)
MONTH = re.compile(r"(?:(\d\d?)(?:st|nd|rd|th)?[.,]? )?([a-z]{3,9})\.?(?: (\d\d?)(?:st|nd|rd|th)?)?", re.ASCII)
DAY = re.compile(r"0?[1-9]|[12]\d|3[01]", re.ASCII)
BETWEEN = re.compile(r" ?[-–—/]+ ?")


def iso_date(text: str) -> Date:
    """`1969`, `1969-07`, `1969-07-24`, a season (`1969-21`), a span (`1969/1970`); `~` or `?` says about."""
    found = [ISO.fullmatch(end) for end in text.split("/")]
    spans = [_span(end) for end in found if end]
    if len(found) > 2 or len(spans) != len(found):
        return Date(literal=text)
    parts, season = spans[0]
    until, other_season = spans[1] if len(spans) == 2 else ((), "")
    if not parts or other_season or (len(spans) == 2 and (not until or season)):
        return Date(literal=text)
    return Date(parts, until, season, any(end[4] for end in found if end))


def _span(found: re.Match[str]) -> tuple[tuple[int, ...], str]:
    """The parts and the season; no parts where they are no date."""
    year, *rest = (int(part) for part in found.groups()[:3] if part)
    if found[2] in SEASONS and not found[3]:
        return (year,), str(SEASONS.index(found[2]) + 1)
    return ((year, *rest), "") if _is_in_range(rest) else ((), "")


def _is_in_range(month_and_day: list[int]) -> bool:
    return all(1 <= part <= most for part, most in zip(month_and_day, (12, 31), strict=False))


def old_date(year: str, month: str, day: str) -> tuple[Date, str]:
    """The date of the three fields, and which of them it could not take."""
    found = YEAR.fullmatch(year)
    if found is None:
        return Date(literal=year), "month" if month else ""
    parts, until = (int(found[1]),), (int(found[2]),) if found[2] else ()
    if until or not month:
        return Date(parts, until), "month" if month else "day" if day else ""
    first, last = _months(month)
    if not first:
        return Date(parts, season=month), "day" if day else ""
    if len(first) == 1 and not last and DAY.fullmatch(day):
        first, day = (*first, int(day)), ""
    return Date(parts + first, parts + last if last else ()), "day" if day else ""


def _months(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A month with or without its day, or two; nothing where it is something else."""
    if re.fullmatch(r"\d{1,2}", text, re.ASCII):
        return ((int(text),), ()) if 1 <= int(text) <= 12 else ((), ())
    ends = [_month(end) for end in BETWEEN.split(text)]
    if len(ends) > 2 or not all(ends):
        return (), ()
    return ends[0], ends[1] if len(ends) == 2 else ()


def _month(text: str) -> tuple[int, ...]:
    found = MONTH.fullmatch(text.lower().replace("\u00a0", " "))
    if found is None or (found[1] and found[3]):
        return ()
    name = MACROS.get(found[2][:3], "").lower()
    if not name.startswith(found[2]) and found[2] != "sept":
        return ()
    month, day = NAMES.index(name.capitalize()) + 1, found[1] or found[3]
    return (month,) if not day else (month, int(day)) if 1 <= int(day) <= 31 else ()


def as_iso(date: Date) -> str:
    """The date as one value of BibLaTeX."""
    if not date.parts:
        return date.literal
    about = "~" if date.is_circa else ""
    if date.season in ("1", "2", "3", "4") and len(date.parts) == 1 and not date.until:
        return f"{_iso(date.parts)}-{SEASONS[int(date.season) - 1]}{about}"
    return f"{_iso(date.parts)}{about}/{_iso(date.until)}{about}" if date.until else _iso(date.parts) + about


def _iso(parts: tuple[int, ...]) -> str:
    sign = "-" if parts[0] < 0 else ""
    return sign + "-".join([f"{abs(parts[0]):04d}", *(f"{part:02d}" for part in parts[1:])])


def needs_iso(date: Date) -> bool:
    """Whether year and month alone do not say it; a year of five digits has no other form."""
    if max(abs(span[0]) for span in (date.parts, date.until) if span) > LAST_ISO_YEAR:
        return False
    return bool(len(date.parts) > 2 or date.until or date.is_circa or date.season in ("1", "2", "3", "4"))
