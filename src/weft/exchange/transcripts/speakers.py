"""Which words before a colon are the name of a speaker."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from weft.exchange.errors import shown

LONGEST_NAME = 60
MOST_WORDS = 6
NAME = rf"[\[(]?[^\W_][^:：\n\t]{{0,{LONGEST_NAME - 1}}}?"
BEFORE_COLON = re.compile(rf"(?:>>+\s*|[-–—]\s+)?({NAME})[ \u00a0\u202f]?(?::(?=\s|$)|：)\s*")
NO_NAME = re.compile(r"[!?;<>=\"“”„«»|]|\w{4,}\. |\.$|^[\d\W]+$")
NUMBERED = re.compile(r"[^\W\d_]+[ _#-]{0,2}\d{1,3}|[A-Z]{1,3}\d{0,3}")
ENOUGH_OF_TWO = 20
ENOUGH_OF_ONE = 5


@dataclass(frozen=True, slots=True)
class Names:
    """The names taken for speakers, and what could be one but stands there only once."""

    taken: frozenset[str] = frozenset()
    left: tuple[str, ...] = ()

    def doubts(self) -> list[str]:
        """A sentence on each that was left."""
        says = "stands before a colon once; it was left in the words and not taken for a speaker."
        return [f"{shown(name)} {says}" for name in self.left]


def prefix(words: str) -> tuple[str, str] | None:
    """What may be a name before a colon, and the words behind it."""
    found = BEFORE_COLON.match(words)
    if found is None or not may_be_name(found[1]):
        return None
    return tidy(found[1]), words[found.end() :]


def tidy(name: str) -> str:
    """A name without spaces and brackets around it."""
    name = name.strip()
    return name[1:-1].strip() if name[:1] + name[-1:] in ("[]", "()") else name


def may_be_name(name: str) -> bool:
    """Whether a person or a part in a talk could be called so: a few words, no sentence."""
    name = tidy(name)
    return (
        name[:1].isalnum()
        and len(name) <= LONGEST_NAME
        and len(name.split()) <= MOST_WORDS
        and NO_NAME.search(name) is None
    )


def is_plainly_name(name: str, fewest: int = 2) -> bool:
    """`Speaker 1`, `P03`, `MR`, or so many words and more that all begin with a capital letter."""
    words = re.sub(r"[\[(].*?[\])]", " ", name).split()
    return NUMBERED.fullmatch(name) is not None or (len(words) >= fewest and all(word[0].isupper() for word in words))


def names_before_colons(units: Sequence[str]) -> Names:
    """The speakers, if the units (lines, or cues) are written as `Name: words`.

    They are where nine in ten begin so, and some name comes again; or where names that come again begin one in
    twenty (of two names and more) or one in five (of one). In such a file a name that stands there once is a
    speaker if it looks like one: written like the others all in capitals, or plainly a name.
    """
    found = Counter(held[0] for unit in units if (held := prefix(unit)))
    again = {name for name, count in found.items() if count > 1}
    begun = found.total()
    if begun and begun * 10 >= len(units) * 9 and (again or len(units) <= 3):
        return Names(frozenset(found))
    share = sum(found[name] for name in again) * (ENOUGH_OF_TWO if len(again) > 1 else ENOUGH_OF_ONE)
    if not again or share < len(units):
        return Names()
    in_capitals = all(name.isupper() for name in again)
    once = [name for name in found if name not in again]
    taken = {name for name in once if (name.isupper() if in_capitals else is_plainly_name(name))}
    return Names(frozenset(again | taken), tuple(name for name in once if name not in taken))
