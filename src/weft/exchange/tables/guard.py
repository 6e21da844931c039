"""Texts that a spreadsheet would run as a formula, made harmless by an apostrophe, and back again."""

import re

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
RUNS = re.compile(rf"'*(?:\s*[{re.escape(SIGNS)}]|[\t\r\n])")
NUMBER = re.compile(r"'*[+-]?[0-9]+(?:[.,][0-9]+)?")


def may_run(text: str) -> bool:
    """Whether a spreadsheet could take the text, or what follows its apostrophes, for a formula; a number is none."""
    return RUNS.match(text) is not None and NUMBER.fullmatch(text) is None


def guarded(text: str) -> str:
    """The text as it is safe to open in a spreadsheet; `unguarded` gives it back exactly."""
    return "'" + text if may_run(text) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that `guarded` put before it."""
    return text[1:] if text.startswith("'") and may_run(text[1:]) else text
