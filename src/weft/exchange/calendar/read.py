"""Read iCalendar: the events, without following rules that a file may make as long as it likes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from weft.exchange.calendar.model import STATUSES, Calendar, Event, Organiser, Status
from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossItem
from weft.exchange.rows import LONGEST_TEXT, read_text

LINE_AND_PROPERTY = ("line", "property")
FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_NUMBER = 9
MOST_LEVELS = 20
MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII)
DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?", re.ASCII
)
VALUE = r'(?:"[^"]*"|[^";:,]*)'
PARAMETER = re.compile(rf";([A-Za-z0-9-]+)=({VALUE}(?:,{VALUE})*)")
LINE = re.compile(rf"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+={VALUE}(?:,{VALUE})*)*):(.*)", re.DOTALL)
HAT = re.compile(r"\^([\^n'])")
ESCAPED = re.compile(r"\\([\\;,nN])")
PIECE = re.compile(r"\\.|[^\\,]+|[\\,]", re.DOTALL)
TEXTS = {"SUMMARY": "summary", "DESCRIPTION": "description", "LOCATION": "place", "URL": "url"}
PASSED_OVER = frozenset(("DTSTAMP", "PRODID", "VERSION", "METHOD", "CALSCALE", "X-PUBLISHED-TTL", "X-WR-CALDESC"))
REPEATS = frozenset(("RRULE", "RDATE", "EXDATE", "EXRULE"))


class NoZone(Exception):
    """A time whose zone cannot be told; the text says why."""


@dataclass(slots=True)
class _Property:
    name: str
    parameters: dict[str, str]
    raw: str
    line: int

    @property
    def text(self) -> str:
        return unescaped(self.raw)


@dataclass(slots=True)
class _Component:
    name: str
    line: int
    properties: list[_Property] = field(default_factory=list)
    parts: list["_Component"] = field(default_factory=list)


def read_calendar(path: Path) -> Calendar:
    """Read every event. What Weft has no place for is in the loss report; of a series the first is kept."""
    path = Path(path)
    return parsed(path, read_text(path))


def parsed(path: Path, text: str) -> Calendar:
    """The events of a text."""
    return _File(path).calendar(text)


class _File:
    """One file while it is read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._zone: tzinfo | None = None
        self._loss: list[LossItem] = []

    def calendar(self, text: str) -> Calendar:
        whole = self._components(text)
        said: dict[str, _Property] = {}
        for one in whole.properties:
            said.setdefault(one.name, one)
        if "X-WR-TIMEZONE" in said:
            self._zone = _zone(said["X-WR-TIMEZONE"].text)
        events: dict[str, Event] = {}
        for part in whole.parts:
            if part.name == "VTIMEZONE":
                continue
            if part.name != "VEVENT":
                self._left_out(f"line {part.line}", f"Weft has no place for a {shown(part.name)}.")
                continue
            event = self._event(part)
            if event is not None and event.uid in events:
                raise self._fault(part.line, f"the event {shown(event.uid)} is there twice.", "UID", event.uid)
            if event is not None:
                events[event.uid] = event
        refresh = said.get("REFRESH-INTERVAL") or said.get("X-PUBLISHED-TTL")
        names = [said[name].text for name in ("NAME", "X-WR-CALNAME") if name in said]
        about = [said[name].text for name in ("DESCRIPTION", "X-WR-CALDESC") if name in said]
        known = {"NAME", "X-WR-CALNAME", "DESCRIPTION", "URL", "REFRESH-INTERVAL", "X-WR-TIMEZONE", *PASSED_OVER}
        for name in said:
            if name not in known:
                self._left_out(f"calendar, property {shown(name)}", "Weft has no place for this property.")
        return Calendar(
            tuple(events.values()),
            names[0] if names else "",
            about[0] if about else "",
            said["URL"].raw if "URL" in said else "",
            self._duration(refresh) if refresh else None,
            tuple(self._loss),
        )

    def _components(self, text: str) -> _Component:
        """The whole calendar; several in one file become one."""
        whole = _Component("VCALENDAR", 1)
        opened: list[_Component] = []
        count = 0
        for number, line in _unfolded(text):
            found = LINE.fullmatch(line)
            if found is None:
                raise self._fault(number, "must be a name, a colon and a value.", found=line)
            raw = found[3]
            one = _Property(found[1].upper(), parameters(found[2]), raw, number)
            if len(raw) > 2 * LONGEST_TEXT or "\0" in raw:
                says = f"holds a NUL character or more than {2 * LONGEST_TEXT} characters."
                raise self._fault(number, says, one.name)
            if one.name == "BEGIN":
                part = _Component(raw.strip().upper(), number)
                if bool(opened) == (part.name == "VCALENDAR") or len(opened) > MOST_LEVELS:
                    raise self._fault(number, "a calendar file begins with BEGIN:VCALENDAR, once.", "BEGIN", raw)
                if opened:
                    (whole if len(opened) == 1 else opened[-1]).parts.append(part)
                count += not opened
                opened.append(part)
            elif not opened:
                raise self._fault(number, "a calendar file begins with BEGIN:VCALENDAR.", found=line)
            elif one.name == "END":
                if opened.pop().name != raw.strip().upper():
                    raise self._fault(number, "something else was begun last.", "END", raw)
            else:
                (whole if len(opened) == 1 else opened[-1]).properties.append(one)
        if opened:
            raise self._fault(opened[-1].line, f"the {shown(opened[-1].name)} that begins here has no end.")
        if not count:
            raise ExchangeError("holds no calendar.", file=self._path, expected="BEGIN:VCALENDAR")
        return whole

    def _event(self, part: _Component) -> Event | None:
        said: dict[str, _Property] = {}
        categories: list[str] = []
        for one in part.properties:
            if one.name == "CATEGORIES":
                categories += [unescaped(text) for text in split_at_commas(one.raw)]
            elif said.setdefault(one.name, one) is not one:
                self._left_out(f"line {one.line}, property {shown(one.name)}", "It is there twice; the first counts.")
        for name in ("UID", "DTSTART"):
            if name not in said or not said[name].raw:
                raise self._fault(part.line, f"the event has no {name}.", name)
        uid = said["UID"].text
        where = f"event {shown(uid)}"
        if "RECURRENCE-ID" in said:
            self._left_out(where, "It changes one time of an event that repeats.")
            return None
        try:
            starts = self._moment(said["DTSTART"])
            ends = self._ends(said, starts)
        except NoZone as error:
            self._left_out(where, str(error))
            return None
        if REPEATS & said.keys():
            self._left_out(f"{where}, {min(REPEATS & said.keys())}", "It repeats; the first time is kept.")
        texts = {
            key: said[name].raw if name == "URL" else said[name].text for name, key in TEXTS.items() if name in said
        }
        event = Event(
            uid,
            starts,
            texts.pop("summary", ""),
            ends,
            categories=tuple(filter(None, categories)),
            sequence=self._sequence(said),
            organiser=self._organiser(said, where),
            is_busy="TRANSP" not in said or said["TRANSP"].raw.upper() != "TRANSPARENT",
            status=self._status(said, where),
            **texts,
        )
        known = {"UID", "DTSTART", "DTEND", "DURATION", "SEQUENCE", "ORGANIZER", "TRANSP", "STATUS"}
        for name in said:
            if name not in known and name not in TEXTS and name not in REPEATS and name not in PASSED_OVER:
                self._left_out(f"{where}, property {shown(name)}", "Weft has no place for this property.")
        for inner in part.parts:
            self._left_out(f"{where}, {shown(inner.name)}", "Weft has no place for this.")
        return event

    def _ends(self, said: dict[str, _Property], starts: datetime | date) -> datetime | date | None:
        """The end of an event of times, the last day of one of days."""
        end, one = None, said.get("DTEND") or said.get("DURATION")
        if one is None:
            return None
        if one.name == "DTEND":
            end = self._moment(one)
        else:
            end = _after(starts, self._duration(one), is_exact=not re.search("[DW]", one.raw.upper()))
        if isinstance(end, datetime) != isinstance(starts, datetime):
            raise self._fault(one.line, "must be a day where the start is a day.", one.name, one.raw)
        if isinstance(starts, datetime):
            if end < starts:
                raise self._fault(one.line, "the end is before the start.", one.name, one.raw)
            return end
        return max(starts, end - timedelta(days=1))

    def _moment(self, one: _Property) -> datetime | date:
        found = MOMENT.fullmatch(one.raw.strip())
        try:
            if found is None:
                raise ValueError
            numbers = [int(part) for part in found.groups()[:6] if part]
            if not FIRST_YEAR <= numbers[0] <= LAST_YEAR:
                raise ValueError
            if len(numbers) == 3:
                return date(*numbers)
            year, month, day, hour, minute, second = numbers
            moment = datetime(year, month, day, hour, minute, min(second, 59))
        except (ValueError, TypeError):
            says = f"is no day or time from {FIRST_YEAR} to {LAST_YEAR}."
            raise self._fault(one.line, says, one.name, one.raw) from None
        if found[7]:
            return moment.replace(tzinfo=UTC)
        named = one.parameters.get("TZID")
        zone = _zone(named) if named else self._zone
        if zone is None:
            raise NoZone(f"Its time zone {shown(named)} is not known." if named else "Its time is of no time zone.")
        return moment.replace(tzinfo=zone)

    def _duration(self, one: _Property) -> timedelta:
        found = DURATION.fullmatch(one.raw.strip().upper())
        if found is None or one.raw.strip()[-1:] in "PpTt":
            raise self._fault(one.line, "is no length of time.", one.name, one.raw)
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        if found[1] == "-" or length > timedelta(days=40_000):
            raise self._fault(one.line, "is no length of time.", one.name, one.raw)
        return length

    def _sequence(self, said: dict[str, _Property]) -> int:
        one = said.get("SEQUENCE")
        if one is None:
            return 0
        if not re.fullmatch(rf"[0-9]{{1,{LONGEST_NUMBER}}}", one.raw.strip()):
            raise self._fault(one.line, "must be a whole number of 0 or more.", one.name, one.raw)
        return int(one.raw)

    def _status(self, said: dict[str, _Property], where: str) -> Status:
        text = said["STATUS"].raw.strip().lower() if "STATUS" in said else ""
        known = next((status for status in STATUSES if status == text), None)
        if known is None:
            self._left_out(f"{where}, property STATUS", f"An event cannot be {shown(text)}.")
        return known or ""

    def _organiser(self, said: dict[str, _Property], where: str) -> Organiser | None:
        one = said.get("ORGANIZER")
        if one is None:
            return None
        if one.raw[:7].lower() != "mailto:" or not one.raw[7:].strip():
            self._left_out(f"{where}, property ORGANIZER", "The organiser has no email address.")
            return None
        return Organiser(one.raw[7:].strip(), one.parameters.get("CN", ""))

    def _left_out(self, where: str, why: str) -> None:
        self._loss.append(LossItem(self._path.name, where, "left out", why))

    def _fault(self, line: int, says: str, name: str | None = None, found: str | None = None) -> ExchangeError:
        return ExchangeError(says, file=self._path, row=line, column=name, found=found, units=LINE_AND_PROPERTY)


def _after(starts: datetime | date, length: timedelta, is_exact: bool) -> datetime | date:
    """Days are counted by the calendar, hours by the clock that nobody changes."""
    if is_exact and isinstance(starts, datetime):
        return (starts.astimezone(UTC) + length).astimezone(starts.tzinfo)
    return starts + length


def parameters(text: str) -> dict[str, str]:
    """What stands between a name and its colon; signs that no parameter may have are told with a ^."""
    signs = {"^": "^", "n": "\n", "'": '"'}
    found = {name.upper(): value.strip('"') for name, value in PARAMETER.findall(text)}
    return {name: HAT.sub(lambda hat: signs[hat[1]], value) for name, value in found.items()}


def unescaped(raw: str) -> str:
    """The text of a raw value."""
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], raw)


def split_at_commas(raw: str) -> list[str]:
    """The parts of a list, each still escaped."""
    parts: list[list[str]] = [[]]
    for piece in PIECE.findall(raw):
        if piece == ",":
            parts.append([])
        else:
            parts[-1].append(piece)
    return ["".join(part) for part in parts]


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each line put together again, with the number of its first; blank lines say nothing."""
    held: list[str] = []
    first = 1
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if line[:1] in (" ", "\t") and held:
            held.append(line[1:])
        elif line.strip():
            if held:
                yield first, "".join(held)
            held, first = [line], number
    if held:
        yield first, "".join(held)


def _zone(name: str) -> tzinfo | None:
    """The zone of a name: as the world calls it, as Windows does, or at the end of a longer name."""
    parts = name.strip().strip("/").split("/")
    for known in (name, WINDOWS_TO_OLSON.get(name, ""), "/".join(parts[-2:]), "/".join(parts[-3:])):
        if known in ("UTC", "Etc/UTC"):
            return UTC
        try:
            if known:
                return ZoneInfo(known)
        except (KeyError, ValueError, OSError):
            continue
    return None
