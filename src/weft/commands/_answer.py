"""What the commands on a file have in common: how they wait, refuse, print a table and write JSON."""

import argparse
import json
import math
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from weft import __version__
from weft.commands import Failed


def at_least(low: int) -> Callable[[str], int]:
    """An argument type: whole numbers from `low`."""

    def number(text: str) -> int:
        value = int(text)
        if value < low:
            raise argparse.ArgumentTypeError(f"must be at least {low}, got {value}")
        return value

    return number


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option that every one of these commands has."""
    parser.add_argument("--json", metavar="FILE", help="write all figures as JSON; - is standard output")


@contextmanager
def after_a_second(words: str, delay: float = 1.0) -> Iterator[None]:
    """Say on standard error what is going on, if it takes more than a second."""
    timer = threading.Timer(delay, print, (words,), {"file": sys.stderr, "flush": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def one_sentence() -> Iterator[None]:
    """Bad input found by a reader or a method is told in its own words, and the command exits with 1."""
    try:
        yield
    except ValueError as error:
        raise Failed(str(error)) from None


def begin(method: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """The keys that every JSON object begins with."""
    return {"weft": __version__, "method": method, "format": 1, "parameters": parameters}


def write_json(target: str, found: dict[str, Any]) -> None:
    """Write one object to a file or, for -, to standard output."""
    text = json.dumps(found, ensure_ascii=False, allow_nan=False) + "\n"
    if target == "-":
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        return
    try:
        Path(target).write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise Failed(f"{target} cannot be written: {error.strerror}.") from None


def aligned(heads: Sequence[str], rows: Sequence[Sequence[str]], left: Sequence[int] = (0,)) -> list[str]:
    """Lines of a table: columns of texts (their places in `left`) begin alike, columns of numbers end alike."""
    wide = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    return [
        "  ".join(
            f"{cell:<{width}}" if at in left else f"{cell:>{width}}"
            for at, (cell, width) in enumerate(zip(line, wide, strict=True))
        ).rstrip()
        for line in (heads, *rows)
    ]


def figure(value: float | None, digits: int, none: str = "-") -> str:
    """A number with so many decimals, or what stands for none."""
    return none if value is None or not math.isfinite(value) else f"{value:,.{digits}f}"
