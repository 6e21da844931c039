"""What in a text looks like personal data of people in the United Kingdom, by fixed rules; a person decides on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

EMAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z0-9_](?:[\w.]{1,28}\w)")
PHONE = re.compile(r"(?<![\w+])(?:\+|00|\(?0)\d(?:[ ()./-]{0,2}\d){7,13}(?!\w)")
POSTCODE = re.compile(r"\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-HJKPS-UW\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
INSURANCE = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d\d){3} ?[A-D]\b", re.IGNORECASE
)
NHS = re.compile(r"(?<![\w-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])")
ROADS = (
    r"Avenue|Close|Court|Crescent|Drive|Gardens|Grove|Hill|Lane|Mews|"
    r"Parade|Place|Road|Row|Square|Street|Terrace|Walk|Way"
)
ADDRESS = re.compile(rf"\b\d{{1,4}}[A-Za-z]?,? (?:[A-Z][\w'’-]+ ){{1,3}}(?:{ROADS})\b")
PHONE_DIGITS = range(9, 14)  # without the sign or zero in front
SHORTEST_NAME = 3


class Found(NamedTuple):
    """A part of a text, end exclusive, in code points, and what it looks like."""

    start: int
    end: int
    kind: str


def find(text: str, names: Iterable[str] = ()) -> list[Found]:
    """Return the parts of a text that look like personal data, in their order, none within another.

    Found are email addresses, handles (`@name`), telephone numbers, postcodes, National Insurance numbers, NHS numbers
    whose check digit is right, a house number with its road, and the given ``names``: whole words, written as they are
    given (capitals count, since many names are words too). Names of fewer than 3 letters are not looked for.

    Returns a list of ``Found``; ``kind`` is one of ``"email"``, ``"handle"``, ``"phone"``, ``"postcode"``,
    ``"national insurance number"``, ``"NHS number"``, ``"address"``, ``"name"``. Of two that overlap the longer one
    stands, of two equally long ones the one that is named first here. Raises nothing. Cost: linear in the text for each
    rule, and in the names.

    What it misses: names that were not given, addresses without a number, what is misspelt or spelt out in words.
    What it finds wrongly: reference numbers that look like a telephone number.

    References: NHS Data Dictionary, NHS Number (check digit by modulus 11); HMRC National Insurance Manual NIM39110;
    BS 7666 postcodes.

    >>> [text[a:b] for text in ["Ring 07700 900412 or Dawn, SW1A 1AA."] for a, b, _ in find(text, ["Dawn"])]
    ['07700 900412', 'Dawn', 'SW1A 1AA']
    """
    every = [found for rule in (*RULES, _named(names)) for found in rule(text)]
    longest = sorted(every, key=lambda one: one.start - one.end)  # stable, so earlier rules go first
    kept: list[Found] = []
    for one in longest:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept)


def has_check_digit(number: str) -> bool:
    """Whether the tenth digit of an NHS number is the one that follows from the nine before it."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    expected = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return len(digits) == 10 and expected != 10 and expected % 11 == digits[9]


def _all_of(
    pattern: re.Pattern[str], kind: str, holds: Callable[[str], bool] = bool
) -> Callable[[str], Iterator[Found]]:
    def rule(text: str) -> Iterator[Found]:
        return (Found(*match.span(), kind) for match in pattern.finditer(text) if holds(match[0]))

    return rule


def _is_phone(number: str) -> bool:
    return sum(digit.isdigit() for digit in number.removeprefix("00")) - (number.lstrip("(")[0] == "0") in PHONE_DIGITS


def _named(names: Iterable[str]) -> Callable[[str], Iterator[Found]]:
    wanted = sorted({name.strip() for name in names if len(name.strip()) >= SHORTEST_NAME}, key=lambda one: -len(one))
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)" if wanted else r"(?!)"
    return _all_of(re.compile(pattern), "name")


RULES = (
    _all_of(EMAIL, "email"),
    _all_of(INSURANCE, "national insurance number"),
    _all_of(NHS, "NHS number", has_check_digit),
    _all_of(PHONE, "phone", _is_phone),
    _all_of(ADDRESS, "address"),
    _all_of(POSTCODE, "postcode"),
    _all_of(HANDLE, "handle"),
)
