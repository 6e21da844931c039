"""Small numbers in words."""

from typing import Final

WORDS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(number: int) -> str:
    """A number up to ten as a word, a larger one in figures: "no", "four", "1,300"."""
    return WORDS[number] if 0 <= number < len(WORDS) else f"{number:,}"
