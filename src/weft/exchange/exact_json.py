"""Parse and write JSON without a float: numbers are exact decimals, and a key that is there twice is refused."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from weft.exchange.errors import ExchangeError

DEEPEST = 40
MOST_DIGITS = 30

Json: TypeAlias = "bool | Decimal | str | list[Json] | dict[str, Json] | None"


def parse_json(text: str, file: Path | str) -> Json:
    """The value of a document. Numbers have at most 30 digits on each side of the point."""
    try:
        found = json.loads(text, parse_int=_number, parse_float=_number, parse_constant=_never, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise ExchangeError(f"is not JSON: {error.msg}.", file=file, row=error.lineno, units=("line", "key")) from None
    except RecursionError:
        found = None
        depth = DEEPEST + 1
    except ValueError as error:
        raise ExchangeError(f"is not proper JSON: {error}.", file=file) from None
    else:
        depth = _depth(found)
    if depth > DEEPEST:
        raise ExchangeError(f"has lists within lists more than {DEEPEST} deep.", file=file, expected=str(DEEPEST))
    return found  # type: ignore[no-any-return]


def _number(text: str) -> Decimal:
    number = Decimal(text) if len(text) <= 2 * MOST_DIGITS + 2 else Decimal("Infinity")
    if not is_exact(number):
        raise ValueError(f"a number has more than {MOST_DIGITS} digits before or after its point")
    return number


def is_exact(number: Decimal) -> bool:
    """Whether a number can be written in plain digits, and few enough."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MOST_DIGITS and number.adjusted() < MOST_DIGITS


def _never(name: str) -> Decimal:
    raise ValueError(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key is there twice")
    return dict(pairs)


def _depth(value: object) -> int:
    """How deep lists and objects stand in each other."""
    depth, level = 0, [value]
    while level := [
        inner
        for outer in level
        if isinstance(outer, list | dict)
        for inner in (outer.values() if isinstance(outer, dict) else outer)
    ]:
        depth += 1
        if depth > DEEPEST:
            break
    return depth


def json_text(value: Json) -> str:
    """A value as JSON, one thing a line; decimals in plain digits."""
    return "".join(_parts(value, "\n"))


def _parts(value: Any, line: str) -> Iterator[str]:
    if isinstance(value, Decimal):
        yield format(value, "f")
    elif not value or not isinstance(value, dict | list):
        yield json.dumps(value, ensure_ascii=False)
    else:
        is_object = isinstance(value, dict)
        mark = "{" if is_object else "["
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield mark + line + " "
            if is_object:
                yield json.dumps(key, ensure_ascii=False) + ": "
            yield from _parts(inner, line + " ")
            mark = ","
        yield line + ("}" if is_object else "]")
