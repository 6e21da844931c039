"""The types of values in REFI-QDA files: what the schema lets stand, and nothing else."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

HEX = "[0-9a-fA-F]"
BARE_GUID = rf"{HEX}{{8}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{12}}"
GUID = re.compile(rf"{BARE_GUID}|\{{{BARE_GUID}\}}")
COLOUR = re.compile(rf"#(?:{HEX}{{6}}|{HEX}{{3}})")
INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})")
ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
DATE = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){ZONE}")
DATE_TIME = re.compile(
    rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{{1,9}})?{ZONE}"
)
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
DIRECTIONS = ("Associative", "OneWay", "Bidirectional")
VALUE_TYPES = ("Text", "Boolean", "Integer", "Float", "Date", "DateTime")
SHAPES = (
    *("Person", "Oval", "Rectangle", "RoundedRectangle", "Star"),
    *("LeftTriangle", "RightTriangle", "UpTriangle", "DownTriangle", "Note"),
)
LINE_STYLES = ("dotted", "dashed", "solid")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class ValueType:
    """How a value of this type is called, and how it is read; what is none ends in `ValueError`."""

    expected: str
    read: Callable[[str], Value]


def guid_key(guid: str) -> str:
    """The same for all ways to write one GUID: in braces or not, in large or small letters."""
    return guid.strip("{}").lower()


def _trimmed(text: str) -> str:
    return text.strip(" \t\r\n")


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        plain = _trimmed(text)
        if not pattern.fullmatch(plain):
            raise ValueError(text)
        return plain

    return read


def _dated(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        plain = _trimmed(text)
        found = pattern.fullmatch(plain)
        if found is None:
            raise ValueError(text)
        datetime.date.fromisoformat(found[1])
        return plain

    return read


def _one_of(choices: tuple[str, ...]) -> ValueType:
    def read(text: str) -> str:
        if (plain := _trimmed(text)) not in choices:
            raise ValueError(text)
        return plain

    return ValueType(f"one of {', '.join(choices)}", read)


def _integer(text: str) -> int:
    return int(_matching(INTEGER)(text))


def _boolean(text: str) -> bool:
    plain = _trimmed(text).lower()
    if plain not in BOOLEANS:
        raise ValueError(text)
    return BOOLEANS[plain]


def _boolean_words(text: str) -> str:
    _boolean(text)
    return _trimmed(text).lower()


DAY = "a date such as 2026-01-05"
MOMENT = "a date and time such as 2026-01-05T09:00:00Z"

TYPES: dict[str, ValueType] = {
    "string": ValueType("a text", str),
    "guid": ValueType("a GUID such as 7c7c0001-0000-4000-8000-000000000001", _matching(GUID)),
    "colour": ValueType("a colour such as #1f77b4", _matching(COLOUR)),
    "integer": ValueType("a whole number", _integer),
    "boolean": ValueType("true or false", _boolean),
    "moment": ValueType(MOMENT, _dated(DATE_TIME)),
    "direction": _one_of(DIRECTIONS),
    "value type": _one_of(VALUE_TYPES),
    "shape": _one_of(SHAPES),
    "line style": _one_of(LINE_STYLES),
    "TextValue": ValueType("a text", str),
    "BooleanValue": ValueType("true or false", _boolean_words),
    "IntegerValue": ValueType("a whole number", _matching(INTEGER)),
    "FloatValue": ValueType("a number such as 1.5", _matching(DECIMAL)),
    "DateValue": ValueType(DAY, _dated(DATE)),
    "DateTimeValue": ValueType(MOMENT, _dated(DATE_TIME)),
}
