"""How many people are behind each item of a thread, said so that no number can be taken from another.

The people behind an item are among those behind whatever was made of it. Were both numbers told, on one page or on two,
subtracting would leave the few who came in between. So an item's number is told where, beside every told number above
it, nobody or enough people are added; else it is told that there are more than the largest of those.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from weft.core.counts import MoreThan, smallest
from weft.provenance.registry import Voices


@dataclass(frozen=True)
class Crowd:
    """The people behind an item. `words` may be `MoreThan` a number; `answers` are by conversation.

    `everybody` has a bit for each of them, and `told` are the told crowds at or above the item that lie in no other.
    """

    words: int = 0
    answers: dict[UUID, int] = field(default_factory=dict)
    everybody: int = 0
    told: frozenset[int] = frozenset()

    @property
    def answered(self) -> int:
        """How many people answered, each conversation counted once."""
        return sum(self.answers.values())


class Crowds:
    """The crowds of the items of one or several threads, by what each comes from directly and who is its own voice."""

    def __init__(self, sources: Mapping[UUID, Iterable[UUID]], own: Mapping[UUID, Voices]) -> None:
        self.sources, self.own = sources, own
        self.found: dict[UUID, Crowd] = {}
        self.bits: dict[UUID, int] = {}

    def of(self, key: UUID) -> Crowd:
        """The crowd of one item, after those of all that it comes from."""
        begun: set[UUID] = set()
        todo = [key]
        while todo:
            here = todo[-1]
            if here not in self.found and here not in begun:
                begun.add(here)
                todo += [one for one in self.sources.get(here, ()) if one not in self.found and one not in begun]
                continue
            todo.pop()
            if here not in self.found:
                above = [self.found[one] for one in self.sources.get(here, ()) if one in self.found]
                self.found[here] = self.gathered(above, self.own.get(here, Voices()))
        return self.found[key]

    def together(self, keys: Iterable[UUID]) -> Crowd:
        """The crowd of something that comes from these items."""
        return self.gathered([self.of(key) for key in keys])

    def gathered(self, above: Iterable[Crowd], own: Voices = Voices()) -> Crowd:  # noqa: B008 it cannot be changed
        """The crowd of something that comes from what has these crowds, and has voices of its own."""
        above, everybody = list(above), 0
        for who in own.words:
            everybody |= 1 << self.bits.setdefault(who, len(self.bits))
        answers = dict(own.answers)
        for one in above:
            everybody |= one.everybody
            for conversation, number in one.answers.items():
                answers[conversation] = max(number, answers.get(conversation, 0))
        told, number = _widest({crowd for one in above for crowd in one.told}), everybody.bit_count()
        if everybody in told or _may_stand(everybody, told):
            beside = frozenset({everybody}) if number >= smallest() else frozenset()
            return Crowd(number, answers, everybody, beside)
        return Crowd(MoreThan(_least(told)), answers, everybody, told)


def _widest(crowds: set[int]) -> frozenset[int]:
    """The crowds that lie in no other."""
    return frozenset(one for one in crowds if not any(one != other and one | other == other for other in crowds))


def _may_stand(everybody: int, told: frozenset[int]) -> bool:
    """Whether a crowd adds enough people to each told one, and nobody or enough to all of them together."""
    together = 0
    for one in told:
        together |= one
        if (everybody & ~one).bit_count() < smallest():
            return False
    added = (everybody & ~together).bit_count()
    return not told or added == 0 or added >= smallest()


def _least(told: frozenset[int]) -> int:
    """How many there are at least, by told crowds that share nobody, the largest first."""
    together = 0
    for one in sorted(told, key=lambda crowd: (-crowd.bit_count(), crowd)):
        if not together & one:
            together |= one
    return together.bit_count()
