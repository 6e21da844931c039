"""The words of the weave: names of kinds and teams, counts that keep small numbers back, lines that fit."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from weft.pictures.colour import NO_TEAM
from weft.pictures.svg import cut
from weft.pictures.weave.items import Answer, Item
from weft.pictures.weave.merge import SEVERAL, Knot

ITEMS = ("item", "items")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How numbers are said; which numbers of people may be told is not known here.

    `in_words` says small numbers as words, `people` and `voices` a number of people; `together` sums up numbers of
    people so that no small one can be found from the sum. No width shows a number of people below `fewest`.
    """

    in_words: Callable[[int], str]
    people: Callable[[int], str]
    voices: Callable[[int], str]
    together: Callable[[Iterable[int]], int]
    fewest: int


@dataclass(frozen=True, slots=True)
class Words:
    """How this weave says things.

    `kinds` names the kinds of items for one and for many, `short` those with a shorter name above a column; `counts`
    replaces what stands above a stage. `team_voices` and `all_voices`, where known, count everybody once, as the sum
    over items cannot.
    """

    numbers: Numbers
    team_names: Sequence[str] = ()
    kinds: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    short: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    counts: Mapping[int, str] = field(default_factory=dict)
    team_voices: Mapping[int, int] = field(default_factory=dict)
    all_voices: int | None = None

    def kind(self, key: str, count: int = 1) -> str:
        """The name of a kind of item, for one or for many."""
        one, many = ITEMS if key == SEVERAL else self.kinds.get(key) or (key, f"{key}s")
        return one if count == 1 else many

    def _short(self, key: str, count: int) -> str:
        name = self.short.get(key)
        return self.kind(key, count) if name is None else name[0 if count == 1 else 1]

    def amount(self, number: int, key: str) -> str:
        """A number of a kind, small numbers in words: "four asks"."""
        return f"{self.numbers.in_words(number)} {self.kind(key, number)}"

    def everybody(self, items: Iterable[Item]) -> int:
        """The voices in some items of the first stage."""
        return self.all_voices if self.all_voices is not None else self.numbers.together(item.voices for item in items)

    def team(self, number: int) -> str:
        """A team's name; nothing for a team without one."""
        return self.team_names[number] if 0 <= number < len(self.team_names) else ""

    def teams(self, numbers: Iterable[int]) -> str:
        """The names of several teams."""
        return listed([name for number in numbers if number != NO_TEAM and (name := self.team(number))])

    def title(self, knot: Knot) -> str:
        """An item's own title, or "13 themes"."""
        if knot.single:
            return knot.single.title
        return f"{len(knot.items):,} {self.kind(knot.kind, len(knot.items))}"

    def label(self, item: Item) -> str:
        """The name of a knot's link: kind, code, teams and title."""
        kind = " ".join(part for part in (capital(self.kind(item.kind)), item.code) if part)
        lead = ", ".join(part for part in (kind, self.teams(item.teams)) if part)
        return f"{lead}: {cut(item.title)}"

    def heading(self, stage: int, items: Sequence[Item], room: int) -> str:
        """What is in a column: voices, or its largest kinds, in at most about `room` letters."""
        voices = self.everybody(items) if stage == 0 else 0
        if voices:
            return self.numbers.voices(voices)
        kinds = Counter(item.kind for item in items)
        for told in range(len(kinds), 0, -1):
            largest = {kind for kind, _ in kinds.most_common(told)}
            parts = [f"{count:,} {self._short(kind, count)}" for kind, count in kinds.items() if kind in largest]
            rest = sum(count for kind, count in kinds.items() if kind not in largest)
            said = ", ".join([*parts, f"{rest:,} more"] if rest else parts)
            if len(said) <= room:
                return said
        return f"{len(items):,} {self.kind(SEVERAL, len(items))}" if items else ""


def capital(text: str) -> str:
    """With a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str]) -> str:
    """Several things in a row: "a, b and c"."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def said(answer: Answer) -> str:
    """An answer as the end of a line: "no reply for 41 days", "no, with reasons"."""
    word = answer.word[:1].lower() + answer.word[1:]
    joint = {"silent": " for ", "waiting": " "}.get(answer.end, ", ")
    return f"{word}{joint}{answer.detail}" if answer.detail else word


def lines(text: str, room: int, most: int = 2) -> list[str]:
    """Text in at most `most` lines of about `room` letters; what does not fit ends in an ellipsis."""
    found: list[str] = []
    rest = cut(text, room * most + 1)
    while rest and len(found) < most - 1 and len(rest) > room:
        comma = rest.rfind(", ", 0, room)
        space = comma + 1 if comma > 0 else rest.rfind(" ", 0, room + 1)
        if space <= 0:
            break
        found.append(rest[:space])
        rest = rest[space + 1 :]
    return [*found, cut(rest, room)] if rest else found
