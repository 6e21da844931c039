"""The disclosure rule for single counts of people: one place decides what may be shown."""

from django.conf import settings


def smallest(inside: bool = False) -> int:
    """The smallest number of people that may be shown: to everybody, or inside a team."""
    return settings.SMALLEST_COUNT_INSIDE if inside else settings.SMALLEST_COUNT


def may_show(n: int, inside: bool = False) -> bool:
    """Whether a count of people may be shown. None at all is no secret."""
    return n == 0 or n >= smallest(inside)


def people(n: int, inside: bool = False) -> str:
    """A count of people in words: "23 people", "no one yet", or "fewer than 10 people"."""
    if n == 0:
        return "no one yet"
    if not may_show(n, inside):
        return f"fewer than {smallest(inside)} people"
    return f"{n:,} people" if n != 1 else "1 person"
