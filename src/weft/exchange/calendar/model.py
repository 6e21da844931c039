"""What a calendar file says: events with their times, places and people to ask."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from weft.exchange.loss import LossReport

Status: TypeAlias = Literal["", "tentative", "confirmed", "cancelled"]
STATUSES: tuple[Status, ...] = ("", "tentative", "confirmed", "cancelled")


@dataclass(frozen=True, slots=True)
class Organiser:
    """Whom to ask, with an email address."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting, an activity day, or the day on which something is due.

    Times have a time zone. An event of whole days has dates instead; `ends` is then its last day. `is_busy` is false
    where people are free at that time, as on a day on which something is due. Each change that people must notice
    counts `sequence` up.
    """

    uid: str
    starts: datetime | date
    summary: str
    ends: datetime | date | None = None
    description: str = ""
    place: str = ""
    url: str = ""
    status: Status = ""
    categories: tuple[str, ...] = ()
    sequence: int = 0
    organiser: Organiser | None = None
    is_busy: bool = True

    @property
    def is_all_day(self) -> bool:
        return not isinstance(self.starts, datetime)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Events in their order, and what an app shows of the whole; `refresh` is how often it should look again."""

    events: tuple[Event, ...]
    name: str = ""
    description: str = ""
    url: str = ""
    refresh: timedelta | None = None
    loss: LossReport = field(default=(), compare=False)


def describe(calendar: Calendar) -> tuple[tuple[str, str], ...]:
    """What is in the calendar, in rows of a label and a value."""
    days = sorted(
        event.starts.date() if isinstance(event.starts, datetime) else event.starts for event in calendar.events
    )
    rows = [("name", calendar.name)] if calendar.name else []
    rows += [
        ("events", f"{len(calendar.events):,}"),
        ("of whole days", f"{sum(event.is_all_day for event in calendar.events):,}"),
    ]
    states = Counter(event.status for event in calendar.events)
    rows += [(status, f"{states[status]:,}") for status in STATUSES[1:] if states[status]]
    if days:
        rows.append(("from", f"{days[0].isoformat()} to {days[-1].isoformat()}"))
    return tuple(rows)
