"""The rules of a time zone, for calendar apps that do not know its name."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

import icalendar

DAY = timedelta(days=1)
Rule: TypeAlias = tuple[timedelta, str, bool]
"""Difference from UTC, abbreviation, whether it is summer time."""


def time_zone(name: str, first: int, last: int) -> icalendar.Timezone:
    """The changes of the clock from the year `first` to `last`, one part for each kind of change."""
    zone = ZoneInfo(name)
    begin = datetime(first, 1, 1, tzinfo=UTC)
    before = _rule(zone, begin)
    kinds: dict[tuple[timedelta, Rule], list[datetime]] = {(before[0], before): [_clock(begin, before[0])]}
    for moment, rule in _changes(zone, begin, datetime(last + 1, 1, 1, tzinfo=UTC)):
        kinds.setdefault((before[0], rule), []).append(_clock(moment, before[0]))
        before = rule
    made = icalendar.Timezone()
    made.add("tzid", name)
    for (offset_before, (offset, abbreviation, is_summer)), onsets in kinds.items():
        part = icalendar.TimezoneDaylight() if is_summer else icalendar.TimezoneStandard()
        part.add("dtstart", onsets[0])
        if onsets[1:]:
            part.add("rdate", onsets[1:])
        part.add("tzoffsetfrom", offset_before)
        part.add("tzoffsetto", offset)
        part.add("tzname", abbreviation)
        made.add_component(part)
    return made


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[tuple[datetime, Rule]]:
    """Each change, to the second, and the rule from then on; no zone changes twice in a day."""
    before, day = _rule(zone, begin), begin
    while day < end:
        after = _rule(zone, day + DAY)
        if after != before:
            low, high = day, day + DAY
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
                low, high = (middle, high) if _rule(zone, middle) == before else (low, middle)
            yield high, after
        before, day = after, day + DAY


def _rule(zone: ZoneInfo, moment: datetime) -> Rule:
    local = moment.astimezone(zone)
    return local.utcoffset() or timedelta(), local.tzname() or zone.key, bool(local.dst())


def _clock(moment: datetime, offset: timedelta) -> datetime:
    """What a clock with this difference from UTC shows."""
    return (moment + offset).replace(tzinfo=None)
