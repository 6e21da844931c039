"""The words of a person's name, found in texts and struck out."""

import re
import unicodedata
from collections.abc import Iterable

STRUCK = "[left out]"

NEUTRAL_WORDS = """
    a an and anon anonymised anonymized anonymous applicant beneficiary confidential grant grantee ind indiv
    individual individuals mr mrs ms miss mx name named number of or person private recipient recipients redacted ref
    the to unnamed withheld
"""
NEUTRAL = frozenset(NEUTRAL_WORDS.split())
TOKEN = re.compile(r"[^\s!-/:-@\[-`{-~\u2018\u2019\u201c\u201d\u2013\u2014\u2026]+")
EMAIL = re.compile(r"(?<!\S)[^\s@]+@\S+")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)


class Names:
    """The words by which a person could be known."""

    def __init__(self, texts: Iterable[str]) -> None:
        lists = [[word for word in map(_plain, TOKEN.findall(text)) if _tells(word)] for text in texts]
        self._words = {word for words in lists for word in words}
        self._parts = {word for word in self._words if word.upper() == word.lower()}
        self._parts |= {"".join(order) for words in lists if len(words) > 1 for order in (words, words[::-1])}

    def are_in(self, text: str) -> bool:
        """Whether one of them stands in the text."""
        return any(self._is_one(token) for token in TOKEN.findall(text))

    def struck(self, text: str) -> str:
        """The text without them, and without email addresses and postcodes."""
        text = POSTCODE.sub(STRUCK, EMAIL.sub(STRUCK, text))
        return TOKEN.sub(lambda token: STRUCK if self._is_one(token[0]) else token[0], text)

    def _is_one(self, token: str) -> bool:
        plain = _plain(token)
        return plain in self._words or any(part in plain for part in self._parts)


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _tells(word: str) -> bool:
    return len(word) > 1 and word not in NEUTRAL and any(map(str.isalpha, word))
