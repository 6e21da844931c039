"""What kind of character this is, for text in any script."""

from __future__ import annotations

import unicodedata
from functools import cache

_UNSPACED = (
    "CJK",
    "HIRAGANA",
    "KATAKANA",
    "HANGUL JAMO",
    "THAI",
    "LAO",
    "KHMER",
    "MYANMAR",
    "TIBETAN",
    "YI",
    "JAVANESE",
)


@cache
def is_word(character: str) -> bool:
    """Tell whether a character is a letter, a mark or a number.

    >>> is_word("é"), is_word("8"), is_word("-")
    (True, True, False)
    """
    return unicodedata.category(character)[0] in "LMN"


@cache
def is_unspaced(character: str) -> bool | None:
    """Tell whether a script is written without spaces; ``None`` for a mark, which goes with what stands before it.

    >>> is_unspaced("車"), is_unspaced("a"), is_unspaced("́")
    (True, False, None)
    """
    if unicodedata.name(character, "").startswith(_UNSPACED):
        return True
    return None if unicodedata.category(character)[0] == "M" else False
