"""Codes: what an item is called on paper and aloud, such as F-7K3QD. Their shape is decided here alone."""

import re
import secrets
from collections.abc import Callable
from typing import Final

ALPHABET: Final = "23456789BCDFGHJKMNPQRSTVWXYZ"
LONGEST: Final = 12
DRAWN: Final = 5
# Wider than the alphabet that is drawn from, since a code may be given by whoever writes a programme file.
SIGNS: Final = "[0-9A-Z]{4,10}"
ANY: Final = rf"[A-Z]{{1,2}}-{SIGNS}"
ANY_CASE: Final = r"[A-Za-z]{1,2}-[0-9A-Za-z]{4,10}"
CODE: Final = re.compile(ANY)
OF_ALPHABET: Final = re.compile(rf"[A-Z]{{1,2}}-[{ALPHABET}]{{4,10}}")


def prefix(code: str) -> str:
    """The one or two letters before the dash, which say what kind of item it is."""
    return code.partition("-")[0]


def draw(letters: str, is_taken: Callable[[str], bool]) -> str:
    """A code that nothing has yet."""
    while True:
        code = f"{letters}-" + "".join(secrets.choice(ALPHABET) for _ in range(DRAWN))
        if not is_taken(code):
            return code


def is_code(text: str) -> bool:
    """Whether a text, in capitals, is the code of some item."""
    return len(text) <= LONGEST and CODE.fullmatch(text) is not None


def is_drawn(text: str) -> bool:
    """Whether a text could have been drawn as a code: in capitals, and nothing in it that is misheard or misread."""
    return len(text) <= LONGEST and OF_ALPHABET.fullmatch(text) is not None
