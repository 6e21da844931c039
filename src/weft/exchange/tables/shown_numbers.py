"""A number of a spreadsheet as a person sees it."""

import re
from decimal import Decimal

UNSEEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|[£$€¥ ()+-]')
PATTERN = re.compile(r"([#0,]*)(?:\.([0#?]+))?(%?)")
LARGEST_EXPONENT = 20


def plain_number(value: float | int) -> str:
    """A number in plain digits, as many as spreadsheets keep; very large and very small ones with an exponent."""
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    if abs(number.adjusted()) > LARGEST_EXPONENT:
        return str(number)
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def shown_number(value: float | int, number_format: str) -> tuple[str, bool]:
    """A number as its format shows it, and whether the format shows fewer digits than there are.

    Then all digits are given. Leading zeros, the number of decimals and a per cent sign are taken from the format;
    separators of thousands and signs of currencies are left off, so that the text stays a number. A format that is
    none of these says nothing.
    """
    plain = plain_number(value)
    pattern = PATTERN.fullmatch(UNSEEN.sub("", number_format.split(";")[0]))
    if pattern is None or not pattern[1] or pattern[1].endswith(",") or "E" in plain:
        return plain, False
    whole, decimals, percent = pattern[1], pattern[2] or "", pattern[3]
    number = Decimal(plain).scaleb(2) if percent else Decimal(plain)
    kept = _at_least(number, decimals.count("0"))
    is_rounded = _decimals(kept) > len(decimals)
    zeros = len(whole) if set(whole) == {"0"} and len(whole) > 1 else 0
    sign, digits = ("-", kept[1:]) if kept.startswith("-") else ("", kept)
    start, point, end = digits.partition(".")
    return f"{sign}{start.zfill(zeros)}{point}{end}{percent}", is_rounded


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _at_least(number: Decimal, places: int) -> str:
    """Plain digits with at least so many after the point."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    start, _, end = text.partition(".")
    return f"{start}.{end.ljust(places, '0')}" if end or places else start
