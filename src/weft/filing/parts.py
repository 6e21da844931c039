"""What the parts of a programme file are made of: kinds of value, each with the words that say what was expected."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from django.utils import timezone
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from weft.core import codes, dates, money

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
JOIN_CODE = re.compile(r"[a-z0-9-]{3,12}")
KEY = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NOON = time(12)
CLOCKS = timedelta(days=1)  # two clocks, and a day that has begun elsewhere


class Part(BaseModel):
    """A mapping with known keys and no others."""

    model_config = ConfigDict(extra="forbid")

    def given(self, *names: str) -> dict[str, Any]:
        """The values of some keys, without those that were left out."""
        return {name: getattr(self, name) for name in names if name in self.model_fields_set}


def need(description: str, limit: int | None = None, **rules: Any) -> Any:
    """A key that must be there."""
    least = 1 if limit else None
    return Field(description=description, max_length=limit, min_length=least, **rules)


def may(default: Any, description: str, limit: int | None = None, **rules: Any) -> Any:
    """A key that may be left out."""
    if isinstance(default, list | dict):
        kind = type(default)
        return Field(default_factory=kind, description=description, **rules)
    return Field(default, description=description, max_length=limit, **rules)


def _matching(pattern: re.Pattern[str], change: Callable[[str], str], expected: str) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not pattern.fullmatch(change(value)):
            raise ValueError(f"found {shown(value)}; {expected}")
        return change(value)

    return check


def shown(value: Any) -> str:
    """What was found, in a few words."""
    if isinstance(value, str):
        return f"“{value}”" if len(value) <= 60 else f"a text that begins “{value[:40]}”"
    if isinstance(value, dict):
        return "keys with values" if value else "nothing"
    return "a list" if isinstance(value, list) else "nothing" if value is None else str(value)


def _day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            if DAY.fullmatch(value) and 1900 <= int(value[:4]) <= 2199:
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise ValueError(f"found {shown(value)}; a date such as 2026-03-01 was expected.")
    return value


def moment_on(day: date, at: time = NOON) -> datetime:
    """A time of day in the site's own time zone; noon, where none is told."""
    return timezone.make_aware(datetime.combine(day, at))


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if DAY.match(value) and 1900 <= int(value[:4]) <= 2199:
            if DAY.fullmatch(value):
                return moment_on(date.fromisoformat(value))
            found = datetime.fromisoformat(value)
            return found if found.tzinfo else timezone.make_aware(found)
    except ValueError:
        pass
    raise ValueError(f"found {shown(value)}; a time such as 2026-03-01 10:00 was expected.")


def _has_come(value: datetime) -> datetime:
    if value > timezone.now() + CLOCKS:
        raise ValueError(f"found {dates.daytime(value)}, which is in the future.")
    return value


def _pence(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return money.pence(value)
    except ValueError:
        raise ValueError(f"found {shown(value)}; pounds such as 620 or 620.40 were expected.") from None


def _code(value: Any) -> Any:
    if not isinstance(value, str) or codes.is_drawn(value.upper()):
        return value.upper() if isinstance(value, str) else value
    expected = f"a code was expected: its letters, a dash and 4 to 10 of {codes.ALPHABET}, such as F-7K3QD."
    raise ValueError(f"found {shown(value)}; {expected}{_wrong_in_code(value.upper())}")


def _wrong_in_code(value: str) -> str:
    """What is wrong with something that looks like a code."""
    signs = value.partition("-")[2]
    if not re.fullmatch(r"[A-Z]{1,2}-[A-Z0-9]+", value):
        return ""
    wrong = "".join(dict.fromkeys(sign for sign in signs if sign not in codes.ALPHABET))
    if wrong:
        return f" No vowels, no L, no 0 or 1: take {', '.join(wrong)} out."
    return f" There {'is' if len(signs) == 1 else 'are'} {len(signs)} after the dash."


def letter(wanted: str) -> Callable[[str], str]:
    """A check that a code has the letter of its kind."""

    def check(value: str) -> str:
        if not value.startswith(f"{wanted}-"):
            raise ValueError(f"found {shown(value)}; a code with the letter {wanted} was expected here.")
        return value

    return check


Slug = Annotated[
    str,
    BeforeValidator(_matching(SLUG, str, "small letters, digits and single dashes were expected.")),
    Field(max_length=60),
]
Key = Annotated[str, BeforeValidator(_matching(KEY, str, "a short name in small letters was expected, such as lena."))]
JoinCode = Annotated[
    str, BeforeValidator(_matching(JOIN_CODE, str.lower, "3 to 12 letters, digits or dashes were expected."))
]
Email = Annotated[
    str, BeforeValidator(_matching(EMAIL, str.lower, "an email address was expected.")), Field(max_length=254)
]
Hex = Annotated[
    str, BeforeValidator(_matching(re.compile(r"[0-9a-f]{64}"), str, "64 digits of 0 to 9 and a to f were expected."))
]
Code = Annotated[str, BeforeValidator(_code)]
Day = Annotated[date, BeforeValidator(_day)]
MomentAhead = Annotated[datetime, BeforeValidator(_moment)]
Moment = Annotated[datetime, BeforeValidator(_moment), AfterValidator(_has_come)]
Pence = Annotated[int, BeforeValidator(_pence)]


class Reference(str):
    """A name that stands for something else in the file."""

    what = ""


class _Person(Reference):
    what = "people"


class _Organisation(Reference):
    what = "organisations"


class _Place(Reference):
    what = "places"


class _Venue(Reference):
    what = "venues"


class _Team(Reference):
    what = "teams"


class _Conversation(Reference):
    what = "conversations"


class _Item(Reference):
    what = "items"


class Citing(str):
    """A text in whose citations links have their origin."""


PersonName = Annotated[Key, AfterValidator(_Person)]
OrganisationName = Annotated[Slug, AfterValidator(_Organisation)]
PlaceName = Annotated[Slug, AfterValidator(_Place)]
VenueName = Annotated[str, AfterValidator(_Venue)]
TeamName = Annotated[Slug, AfterValidator(_Team)]
ConversationCode = Annotated[JoinCode, AfterValidator(_Conversation)]
ItemCode = Annotated[Code, AfterValidator(_Item)]
Cited = Annotated[str, AfterValidator(Citing)]

SectorName = Literal["academia", "local_government", "community", "funder", "other"]
RoleName = Literal["member", "lead", "convenor", "safeguarding"]
StageName = Literal["all", "listen", "sense", "frame", "act", "learn", "share"]
VisibilityName = Literal["public", "programme", "team"]
LayerName = Literal["strategic", "delivery"]
KnowledgeName = Literal["lived", "practice", "administrative", "academic", "local"]
RelationName = Literal["quotes", "supports", "contradicts", "informs", "addresses", "produced", "answers", "revises"]
AnswerName = Literal["yes", "partly", "no"]
