"""From JSON to the model and back: every value is checked as the schema does, and a little more strictly.

More strictly: dates must be days that there are, a grant's id begins with the publisher's prefix and is there once, and
a grant goes to organisations or to one person.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias, cast

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.exact_json import Json, is_exact
from weft.exchange.rows import LONGEST_TEXT
from weft.exchange.threesixtygiving.codes import COUNTRIES, CURRENCIES
from weft.exchange.threesixtygiving.keys import has_more, known
from weft.exchange.threesixtygiving.model import Grant, GrantPackage, Key

Route: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = Callable[[Route], dict[str, Any]]

GRANT_ID = re.compile(r"360G-\w+-.+", re.ASCII | re.DOTALL)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MONTH = re.compile(r"\d{4}(-(0[1-9]|1[012]))?", re.ASCII)
TIME = re.compile(r"(.{10})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII)
VERSION = re.compile(r"\d+\.\d+", re.ASCII)

EXPECTED: dict[str, tuple[Callable[[str], bool], str]] = {
    "id": (bool, "an identifier"),
    "currency": (CURRENCIES.__contains__, "a currency of three letters, such as GBP"),
    "country": (COUNTRIES.__contains__, "a country of two letters, such as GB"),
    "yes or no": (("Yes", "No").__contains__, "Yes or No"),
    "version": (lambda text: bool(VERSION.fullmatch(text)), "two numbers, such as 1.4"),
    "date": (lambda text: is_day(text) or is_time(text), "a date, such as 2024-05-31"),
    "time": (lambda text: is_time(text), "a date and time with its zone, such as 2024-05-31T10:00:00+01:00"),
    "part of a date": (
        lambda text: is_day(text) or is_time(text) or (bool(MONTH.fullmatch(text)) and text[:4] != "0000"),
        "a date, such as 2024-05-31, 2024-05 or 2024",
    ),
}


def is_day(text: str) -> bool:
    """Whether a text is a day that there is, year first."""
    if not DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_time(text: str) -> bool:
    """Whether a text is a day with a time and its zone."""
    found = TIME.fullmatch(text)
    return found is not None and is_day(found[1])


def place_in_json(path: Path) -> Place:
    """Where something stands in a package: the number of the grant and the field."""

    def place(route: Route) -> dict[str, Any]:
        row = None
        if route[:1] == ("grants",) and len(route) > 1:
            row, route = int(route[1]) + 1, route[2:]
        column = ".".join(str(part + 1) if isinstance(part, int) else part for part in route) or None
        return {"file": path, "row": row, "column": column, "units": ("grant", "field")}

    return place


class Checker:
    """Makes the model from JSON. `place` says where a value stands, for errors."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def package(self, value: Json) -> GrantPackage:
        """The whole package, the ids of its grants each there once."""
        package = cast(GrantPackage, self._object((), value, GrantPackage))
        seen: dict[str, int] = {}
        for number, grant in enumerate(package.grants):
            route = ("grants", number)
            if not GRANT_ID.fullmatch(grant.id):
                says = f"must begin with 360G-, the publisher's prefix and a hyphen, got {shown(grant.id)}."
                raise self._fault((*route, "id"), says, grant.id)
            if grant.id in seen:
                says = f"{shown(grant.id)} is the id of grant {seen[grant.id]} already."
                raise self._fault((*route, "id"), says, grant.id)
            seen[grant.id] = number + 1
            self._check_recipient(route, grant)
        return package

    def _check_recipient(self, route: Route, grant: Grant) -> None:
        if grant.recipient_individual is None and not grant.recipient_organization:
            raise self._fault((*route, "recipientOrganization"), "must be given.")
        if grant.recipient_individual is not None and grant.recipient_organization:
            says = "the grant goes to organisations or to a person, it cannot go to both."
            raise self._fault((*route, "recipientIndividual"), says)

    def _fault(self, route: Route, says: str, found: object = None, expected: str | None = None) -> ExchangeError:
        text = None if found is None else str(found)
        return ExchangeError(says, **self._place(route), found=text, expected=expected)

    def _object(self, route: Route, value: Json, kind: type) -> object:
        if not isinstance(value, dict):
            raise self._fault(route, f"must be an object with named fields, not {_type_name(value)}.")
        names = known(kind)
        values: dict[str, Any] = {}
        for name, entry in names.items():
            inner = value.get(name)
            if not entry.is_free:
                continue
            if inner is None or inner == []:
                if entry.is_required:
                    raise self._fault((*route, name), "must be given.")
                continue
            values[entry.attribute] = self._value((*route, name), inner, entry.key)
        if has_more(kind):
            values["more"] = {name: inner for name, inner in value.items() if name not in names}
            for name, inner in values["more"].items():
                self._check_kept((*route, name), name)
                self._check_kept((*route, name), inner)
        return kind(**values)

    def _value(self, route: Route, value: Json, key: Key) -> object:
        if key.kind in ("object", "list"):
            of = cast(type, key.of)
            if key.kind == "object":
                return self._object(route, value, of)
            return tuple(self._object((*route, place), item, of) for place, item in enumerate(self._list(route, value)))
        if key.kind in ("texts", "set"):
            texts = tuple(self._text((*route, place), item) for place, item in enumerate(self._list(route, value)))
            if key.kind == "set" and len(set(texts)) < len(texts):
                raise self._fault(route, "holds a text twice.")
            return texts
        if key.kind in ("number", "count"):
            return self._number(route, value, key)
        text = self._text(route, value)
        if key.kind in EXPECTED:
            fits, expected = EXPECTED[key.kind]
            if not fits(text):
                raise self._fault(route, f"must be {expected}, got {shown(text)}.", text, expected)
        return text

    def _list(self, route: Route, value: Json) -> list[Json]:
        if not isinstance(value, list):
            raise self._fault(route, f"must be a list, not {_type_name(value)}.")
        return value

    def _number(self, route: Route, value: Json, key: Key) -> Decimal:
        if not isinstance(value, Decimal):
            got = f", got {shown(value)}" if isinstance(value, str) else f", not {_type_name(value)}"
            expected = "a number without commas or signs of a currency"
            found = value if isinstance(value, str) else None
            raise self._fault(route, f"must be {expected}{got}.", found, expected)
        if not is_exact(value) or (key.kind == "count" and value < 0):
            raise self._fault(route, "must not be negative, or has more digits than can be kept.", value)
        return value

    def _text(self, route: Route, value: Json) -> str:
        if not isinstance(value, str):
            raise self._fault(route, f"must be a text, not {_type_name(value)}.")
        if len(value) > LONGEST_TEXT or "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise self._fault(route, f"holds no proper text, or more than {LONGEST_TEXT} characters.")
        return value

    def _check_kept(self, route: Route, value: Json) -> None:
        """Check what the standard does not know: proper texts and numbers at any depth."""
        if isinstance(value, str):
            self._text(route, value)
        elif isinstance(value, Decimal) and not is_exact(value):
            raise self._fault(route, "has more digits than can be kept.", value)
        elif isinstance(value, dict):
            for name, inner in value.items():
                self._text(route, name)
                self._check_kept(route, inner)
        elif isinstance(value, list):
            for inner in value:
                self._check_kept(route, inner)
        elif not isinstance(value, str | Decimal | bool | None):
            raise self._fault(route, f"must be a value of JSON, not {_type_name(value)}.")


def _type_name(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", Decimal: "a number"}
    return names.get(type(value), "nothing" if value is None else type(value).__name__)


def as_json(value: Any, file: Path) -> dict[str, Json]:
    """An object of the model as JSON; what is not given is not there."""
    found: dict[str, Json] = {}
    kind: type = type(value)
    names = known(kind)
    for name, entry in names.items():
        held = getattr(value, entry.attribute)
        if held is None or held == ():
            continue
        if entry.key.kind == "list":
            found[name] = [as_json(item, file) for item in held]
        elif entry.key.kind == "object":
            found[name] = as_json(held, file)
        else:
            found[name] = list(held) if isinstance(held, tuple) else held
    more: Mapping[str, Json] = getattr(value, "more", {})
    if doubled := more.keys() & names.keys():
        says = f"cannot be written: `more` holds {shown(min(doubled))}, which is a field of the standard."
        raise ExchangeError(says, file=file, found=min(doubled))
    return {**found, **more}
