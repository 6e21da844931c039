"""The disclosure rule for counts of people: one place decides what may be shown, and how it is said.

Tables of counts go through `methods.disclosure`; here are single counts, counts that stand beside each other, and
figures that follow what people do.
"""

from collections.abc import Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet

from django.conf import settings
from django.db.models import Q

SOME = "some people"


class MoreThan(int):
    """A number that is told instead of a larger one, since the difference would be a few people."""


def smallest(inside: bool = False) -> int:
    """The smallest number of people that may be shown: to everybody, or inside a team."""
    return settings.SMALLEST_COUNT_INSIDE if inside else settings.SMALLEST_COUNT


def may_show(n: int, inside: bool = False) -> bool:
    """Whether a count of people may be shown. None at all is no secret."""
    return n == 0 or n >= smallest(inside)


def is_small(column: str) -> Q:
    """The rows whose count of people may not be shown to everybody, as a condition."""
    return Q(**{f"{column}__gt": 0, f"{column}__lt": smallest()})


def people(n: int | None, inside: bool = False) -> str:
    """A count of people in words: "23 people", "no one yet", "fewer than 10 people", "more than 23 people".

    Without a number it is "some people": the one sign for a part that is too small or would tell one that is.
    """
    if n is None:
        return SOME
    return _said(n, "person", "people", inside) if n else "no one yet"


def too_few(inside: bool = False) -> str:
    """What is said where a number of people is too small to be told: "fewer than 10 people"."""
    return f"fewer than {smallest(inside)} people"


def figure(n: int, inside: bool = False) -> str:
    """A count of people alone, where its noun stands apart: "23", "under 5"."""
    return f"{n:,}" if may_show(n, inside) else f"under {smallest(inside)}"


def voices(n: int) -> str:
    """How many people said something, in words: "23 voices", "fewer than 10 voices"."""
    return _said(n, "voice", "voices")


def _said(n: int, one: str, many: str, inside: bool = False) -> str:
    if not may_show(n, inside):
        return f"fewer than {smallest(inside)} {many}"
    if isinstance(n, MoreThan):
        return f"more than {n:,} {many}"
    return f"{n:,} {one if n == 1 else many}"


def together(numbers: Iterable[int]) -> int:
    """The people behind several things in sum. A number that is too small, or not told whole, is not found from it."""
    given = [n for n in numbers if n]
    told = [n for n in given if may_show(n)]
    if len(told) == len(given) and not any(isinstance(n, MoreThan) for n in told):
        return sum(told)
    return MoreThan(sum(told)) if told else max(given)


def behind(words: int, answers: int) -> str:
    """Whose words and answers stand behind something: "the words of 23 people and answers from 40 people"."""
    said = [f"the words of {people(words)}"] if words else []
    return " and ".join([*said, f"answers from {people(answers)}"] if answers else said)


def others(n: int, inside: bool = False) -> str:
    """How many things that people said are held back from this reader; a few are not counted out."""
    return f"{n:,}" if n >= smallest(inside) else "some"


def told(whole: AbstractSet[Hashable], parts: Sequence[AbstractSet[Hashable]]) -> list[int | None]:
    """The counts of some parts of a whole, `None` for each that may not stand beside the whole and the other parts.

    A part is told where it has enough people and differs from the whole, and from each part that is told, by nobody or
    by enough on either side; the largest come first. At last the smallest told ones are held back while those who are
    in none of them are some and too few: where parts do not overlap, they are what subtracting leaves. Where a part is
    held back for the others' sake, so is every small one, under one sign; else `people` says that those are too small.
    """
    least = smallest()
    if len(whole) < least:
        return [len(part) for part in parts]
    order = sorted((at for at, part in enumerate(parts) if part), key=lambda at: (-len(parts[at]), at))
    kept: list[int] = []
    for at in order:
        beside = [whole, *(parts[other] for other in kept)]
        if len(parts[at]) >= least and all(_are_apart(parts[at], other, least) for other in beside):
            kept.append(at)
    while kept and 0 < len(set(whole).difference(*(parts[at] for at in kept))) < least:
        kept.pop()
    if all(at in kept or len(parts[at]) < least for at in order):
        return [len(part) for part in parts]
    return [len(part) if at in kept or not part else None for at, part in enumerate(parts)]


def _are_apart(one: AbstractSet[Hashable], other: AbstractSet[Hashable], least: int) -> bool:
    """Whether nobody, or enough people, are in one and not in the other, either way."""
    return all(n == 0 or n >= least for n in (len(one - other), len(other - one)))


def is_step(before: Sequence[int], now: Sequence[int]) -> bool:
    """Whether so many people came, left or changed their answer that no single one shows in the difference."""
    changes = [a - b for a, b in zip(now, before, strict=True)]
    return max(sum(n for n in changes if n > 0), -sum(n for n in changes if n < 0)) >= smallest()
