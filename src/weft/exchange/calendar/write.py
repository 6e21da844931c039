"""Write iCalendar (RFC 5545 and 7986), with the rules of every time zone that is used."""

import dataclasses
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar

from weft.exchange.calendar.model import STATUSES, Calendar, Event
from weft.exchange.calendar.read import FIRST_YEAR, LAST_YEAR, LONGEST_NUMBER, parsed
from weft.exchange.calendar.zones import time_zone
from weft.exchange.errors import ExchangeError, shown
from weft.exchange.loss import LossItem, LossReport
from weft.exchange.rows import LARGEST_TEXT_FILE, LONGEST_TEXT, write_text

MAKER = "-//Weft//Weft//EN"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ADDRESS = re.compile(r"[^\s@:,;<>\"\\]+@[^\s@:,;<>\"\\]+")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f<>\"\\^`{|}]+")
FIELDS = tuple(one.name for one in dataclasses.fields(Event))
NO_WAY = "A calendar file has no way to say this."
WHOLE = ("name", "description", "url", "refresh")
LONGEST_REFRESH = timedelta(days=366)
EVENT = ("event", "key")


def write_calendar(calendar: Calendar, path: Path, stamp: datetime) -> LossReport:
    """Write a calendar made at `stamp`. It is read back, and every difference is in the loss report."""
    path = Path(path)
    text = as_ical(calendar, stamp, path).decode("utf-8")
    back = parsed(path, text)
    write_text(path, lambda file: file.write(text))
    return tuple(_differences(calendar, back, path.name))


def as_ical(calendar: Calendar, stamp: datetime, file: Path | str = "calendar") -> bytes:
    """The same as bytes, for an address that calendar apps subscribe to."""
    if stamp.tzinfo is None:
        raise ExchangeError("cannot be written: the time at which it is made has no time zone.", file=file)
    seen: set[str] = set()
    if calendar.refresh is not None and not timedelta(minutes=1) <= calendar.refresh <= LONGEST_REFRESH:
        raise ExchangeError("cannot be written: it asks to be looked at too often or too seldom.", file=file)
    if max(len(calendar.name), len(calendar.description), len(calendar.url)) > LONGEST_TEXT:
        raise ExchangeError(f"cannot be written: a text has more than {LONGEST_TEXT} characters.", file=file)
    for number, event in enumerate(calendar.events, 1):
        _check(event, number, seen, file)
    whole = _whole(calendar)
    for zone, years in sorted(_zones(calendar).items()):
        whole.add_component(time_zone(zone, min(years) - 1, max(years) + 1))
    for event in calendar.events:
        whole.add_component(_event(event, stamp))
    try:
        data: bytes = whole.to_ical()
    except UnicodeEncodeError as error:
        says = f"cannot be written: {shown(error.object[error.start])} is no character of a text."
        raise ExchangeError(says, file=file) from None
    if len(data) > LARGEST_TEXT_FILE:
        raise ExchangeError(f"cannot be written: it is larger than {LARGEST_TEXT_FILE} bytes.", file=file)
    return data


def _check(event: Event, number: int, seen: set[str], file: Path | str) -> None:
    """Refuse what no calendar app could read."""

    def fault(key: str, says: str, found: object = None) -> ExchangeError:
        return ExchangeError(says, file=file, row=number, column=key, found=str(found), units=EVENT)

    uid = _clean(event.uid)
    if not uid.strip() or uid in seen:
        raise fault("uid", f"{shown(uid)} is empty or there twice.", uid)
    seen.add(uid)
    ends = event.starts if event.ends is None else event.ends
    for key, moment in (("starts", event.starts), ("ends", ends)):
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise fault(key, f"must be from {FIRST_YEAR} to {LAST_YEAR}.", moment)
        if isinstance(moment, datetime) and moment.tzinfo is None:
            raise fault(key, "must say its time zone.", moment)
        if isinstance(moment, datetime) == event.is_all_day:
            raise fault(key, "must be a day where the other is a day, and a time where it is a time.", moment)
    if ends < event.starts:
        raise fault("ends", "is before it starts.", ends)
    if event.status not in STATUSES:
        raise fault("status", f"must be one of {', '.join(STATUSES[1:])}.", event.status)
    if not 0 <= event.sequence < 10**LONGEST_NUMBER:
        raise fault("sequence", "must be a whole number of 0 or more.", event.sequence)
    if event.url and not URI.fullmatch(event.url):
        raise fault("url", "must be a whole address, such as https://example.org/x.", event.url)
    if event.organiser and not ADDRESS.fullmatch(event.organiser.address):
        raise fault("organiser", "must have an email address.", event.organiser.address)
    texts = {key: getattr(event, key) for key in ("uid", "summary", "description", "place", "url")}
    texts |= {"categories": ",".join(event.categories), "organiser": event.organiser.name if event.organiser else ""}
    for key, text in texts.items():
        if len(text) > LONGEST_TEXT:
            raise fault(key, f"has more than {LONGEST_TEXT} characters.")


def _whole(calendar: Calendar) -> icalendar.Calendar:
    whole = icalendar.Calendar()
    whole.add("prodid", MAKER)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    if name := _clean(calendar.name):
        whole.add("name", name)
        whole.add("x-wr-calname", name)
    if description := _clean(calendar.description):
        whole.add("description", description)
    if URI.fullmatch(calendar.url):
        whole.add("url", calendar.url)
    if calendar.refresh:
        whole.add("refresh-interval", calendar.refresh, parameters={"VALUE": "DURATION"})
        whole.add("x-published-ttl", icalendar.vDuration(calendar.refresh))
    return whole


def _event(event: Event, stamp: datetime) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", _clean(event.uid))
    made.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    made.add("dtstart", _moment(event.starts))
    if event.ends is not None:
        is_day = not isinstance(event.ends, datetime)
        made.add("dtend", event.ends + timedelta(days=1) if is_day else _moment(event.ends))
    texts = {"summary": event.summary, "description": event.description, "location": event.place}
    for name, text in texts.items():
        if clean := _clean(text):
            made.add(name, clean)
    if event.url:
        made.add("url", event.url)
    if event.status:
        made.add("status", event.status.upper())
    if categories := [clean for category in event.categories if (clean := _clean(category))]:
        made.add("categories", categories)
    if event.organiser:
        who = icalendar.vCalAddress(f"mailto:{event.organiser.address}")
        if name := " ".join(_clean(event.organiser.name).split()):
            who.params.quote_also = {"CN": " '\\=^|"}  # some readers take a backslash without quotes for an escape
            who.params["CN"] = name
        made.add("organizer", who)
    made.add("sequence", event.sequence)
    made.add("transp", "OPAQUE" if event.is_busy else "TRANSPARENT")
    return made


def _clean(text: str) -> str:
    """Line ends of one kind, and no control characters."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _moment(moment: datetime | date) -> datetime | date:
    """A time of a named zone stays one; any other, and one that a clock shows twice, is told in UTC."""
    if not isinstance(moment, datetime):
        return moment
    plain = moment.replace(microsecond=0)
    return plain if zone_of(plain) and not plain.fold else plain.astimezone(UTC)


def zone_of(moment: datetime) -> str:
    """The name of its zone; none for UTC and for a mere difference from it."""
    key = moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) and moment.tzinfo.key else ""
    return "" if key in ("UTC", "Etc/UTC") else key


def _zones(calendar: Calendar) -> dict[str, list[int]]:
    """The years for which each zone is needed."""
    zones: dict[str, list[int]] = {}
    for event in calendar.events:
        for moment in (event.starts, event.ends):
            if isinstance(moment, datetime) and zone_of(moment) and not moment.fold:
                zones.setdefault(zone_of(moment), []).append(moment.year)
    return zones


def _differences(mine: Calendar, back: Calendar, file: str) -> list[LossItem]:
    pairs: list[tuple[str, Calendar | Event, Calendar | Event, tuple[str, ...]]] = [("calendar", mine, back, WHOLE)]
    pairs += [(f"event {shown(a.uid)}", a, b, FIELDS) for a, b in zip(mine.events, back.events, strict=True)]
    return [
        LossItem(file, f"{where}, {key}", "changed" if getattr(other, key) else "left out", NO_WAY)
        for where, one, other, keys in pairs
        for key in keys
        if _told(getattr(one, key)) != _told(getattr(other, key))
    ]


def _told(value: object) -> object:
    """A time by its clock and its zone, which equality of times does not look at."""
    if not isinstance(value, datetime):
        return value
    return value.replace(tzinfo=None), str(value.tzinfo or ""), value.fold
