"""Dates in plain words."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from weft.core.errors import Refused


def day(value: date | datetime | None) -> str:
    """ "30 June 2027", in the time zone of the site."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return f"{value.day} {value:%B %Y}"


def near_day(value: date | datetime | None) -> str:
    """ "30 June", with the year only where it is another one."""
    if value is None:
        return ""
    said = day(value)
    return said.removesuffix(f" {today().year}")


def daytime(value: datetime | None) -> str:
    """ "30 June 2027 at 10:14"."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{local.day} {local:%B %Y} at {local:%H:%M}"


def span(first: datetime, last: datetime) -> str:
    """ "30 June 2027, 10:14 to 10:20", or both in full where they lie on two days."""
    if day(first) != day(last):
        return f"{daytime(first)} to {daytime(last)}"
    return f"{day(first)}, {timezone.localtime(first):%H:%M} to {timezone.localtime(last):%H:%M}"


def today() -> date:
    """Today, in the time zone of the site."""
    return timezone.localdate()


def has_come(value: date, field: str = "on", instead: str = "") -> date:
    """The day, unless it is still ahead: then it is refused where it was said, with what to put `instead`."""
    if value > today():
        raise Refused(f"That day has not come yet. {instead}".strip(), field=field)
    return value


def days_since(value: date) -> int:
    """Whole days from then to today."""
    return (today() - value).days


def in_days(days: int) -> date:
    """The date that many days from today."""
    return today() + timedelta(days=days)


def short(value: date | datetime) -> str:
    """ "4 November", without the year."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value.day} {value:%B}"
