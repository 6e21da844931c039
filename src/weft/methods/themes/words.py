"""Cut text of any script into words, without lists of words and without guessing the language."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from weft.methods.scripts import is_unspaced, is_word

_SPACE, _APOSTROPHE, _CURLED = " ", "'", "\u2019"
_APOSTROPHES = re.compile(f"(.?){_APOSTROPHE}(?=(.?))", re.DOTALL)


class _Letters(dict[int, str]):
    """A translation that keeps letters, marks, numbers and apostrophes, and turns all else into spaces."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in (_APOSTROPHE, _CURLED):
            kept = _APOSTROPHE
        else:
            kept = character if is_word(character) else _SPACE
        self[code] = kept
        return kept


_letters = _Letters()


def tokens(text: str) -> list[str]:
    """Return the words of a text, in order.

    Words are runs of letters, marks and numbers, in one form of case and width; an apostrophe between letters stays
    inside. A run in a script written without spaces becomes its overlapping pairs of characters.

    >>> tokens("Don't close the LIBRARY!"), tokens("計程車 8")
    (["don't", 'close', 'the', 'library'], ['計程', '程車', '8'])
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_letters)
    if _APOSTROPHE in plain:
        plain = _APOSTROPHES.sub(_keep_between_letters, plain)
    if plain.isascii():
        return plain.split()
    return [token for run in plain.split() for token in _pairs(run)]


def _keep_between_letters(found: re.Match[str]) -> str:
    """Return the character before the apostrophe, and the apostrophe if letters stand on both sides."""
    before, after = found.group(1), found.group(2)
    inside = before and after and unicodedata.category(before)[0] == unicodedata.category(after)[0] == "L"
    return before + (_APOSTROPHE if inside else _SPACE)


def _pairs(run: str) -> list[str]:
    """Cut a run where its script begins or ends to be one written without spaces, and such parts into pairs."""
    kinds: list[bool] = []
    for character in run:
        unspaced = is_unspaced(character)
        kinds.append(unspaced if unspaced is not None else bool(kinds and kinds[-1]))
    answer: list[str] = []
    start = 0
    for unspaced, part in groupby(kinds):
        end = start + len(list(part))
        if unspaced and end - start > 1:
            answer += [run[at : at + 2] for at in range(start, end - 1)]
        else:
            answer.append(run[start:end])
        start = end
    return answer
