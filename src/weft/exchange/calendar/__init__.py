"""Calendar files, as calendar apps read them."""

from weft.exchange.calendar.model import Calendar, Event, Organiser, describe
from weft.exchange.calendar.read import read_calendar
from weft.exchange.calendar.write import as_ical, write_calendar

__all__ = ["Calendar", "Event", "Organiser", "as_ical", "describe", "read_calendar", "write_calendar"]
