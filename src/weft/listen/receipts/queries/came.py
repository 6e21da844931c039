"""What came of something that somebody said or answered: where it stands, what changed, who answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from weft.core.numbers import in_words
from weft.listen.conversations.models import Participant
from weft.people.accounts.models import User
from weft.pictures.svg import cut
from weft.provenance.models import Link, Node
from weft.provenance.queries import Below, Item, Reached
from weft.provenance.registry import ACT, LEARN, NOUNS, SHARE, Reply, Use
from weft.provenance.visibility import is_public

NEAR = 2  # how many steps off a change may lie: what rests on something, and what was linked to that
SHORT = 110  # letters of what was said that stand on the receipt; all of it is folded


class Place(NamedTuple):
    """Where something that somebody said stands, and how."""

    verb: str
    item: Item


@dataclass(frozen=True)
class Change:
    """Something that was begun, linked by somebody to what was said, or to what rests on it (`through`)."""

    item: Item
    through: Item | None
    by: User | None
    note: str


@dataclass(frozen=True)
class Answer:
    """An answer to what was asked."""

    item: Item
    reply: Reply


@dataclass(frozen=True)
class Came:
    """What came of something: where it stands, the nearest first, and the nearest change and answer.

    `above` says how many of these were told further up already; `is_any` whether there is anything at all.
    """

    places: list[Place]
    change: Change | None
    answer: Answer | None
    above: int

    @property
    def is_any(self) -> bool:
        """Whether anything came of it."""
        return bool(self.places or self.change or self.answer or self.above)

    @property
    def and_more(self) -> str:
        """In how many more places it stands, in words; nothing where it stands in one."""
        more = len(self.places) - 1
        return f", and in {in_words(more)} more place{'s' if more > 1 else ''}" if more > 0 else ""


NOTHING = Came([], None, None, 0)


def shown(reached: Iterable[Reached]) -> list[Reached]:
    """Those that whoever may read the programme sees."""
    return [one for one in reached if is_public(one.item)]


def places(reached: list[Reached], start: Node, counted: bool = False) -> list[Place]:
    """Where something stands, each place once: quoted first, a picture of everything last. Cards are `counted`."""
    passages = {one.item.id for one in reached if one.is_passage and one.by.source == start.pk}
    near = [one for one in reached if one.steps == 1 and not is_change(one.item)]
    quoting = {one.by.source for one in near}
    alone = [one for one in reached if one.item.id in passages and one.item.id not in quoting]
    found = [Place("Counted" if counted else _verb(one, passages), one.item) for one in [*near, *alone]]
    return sorted(found, key=lambda place: (VERBS.index(place.verb), place.item.about.rests_on is None))


VERBS = ("Quoted", "Counted", "Gathered", "Used")


def _verb(one: Reached, passages: set[UUID]) -> str:
    """How a story stands in one place."""
    if one.is_passage or one.by.source in passages:
        return "Quoted"
    return "Gathered" if one.item.about.rests_on == Use.VOICE else "Used"


def is_change(item: Item) -> bool:
    """Whether it was something that was done."""
    return item.about.stage == ACT


def is_answer(item: Item) -> bool:
    """Whether it answers what somebody asked."""
    return item.about.replies is not None


class Telling:
    """Tells what came of one thing after another, and of each item once."""

    def __init__(self, participant: Participant, below: Below) -> None:
        self.participant, self.below = participant, below
        self.told: set[UUID] = set()
        self.picked: list[tuple[list[Place], Reached | None, Item | None, int]] = []

    def pick(self, reached: list[Reached], stands: list[Place], answer: Item | None) -> None:
        """Choose what is told of one thing, of what came of it and is shown."""
        change = next(iter(_changes(reached)), None)
        items = [*(place.item for place in stands), *(one for one in (change and change.item, answer) if one)]
        above = {one.id for one in items if one.id in self.told}
        self.told.update(one.id for one in items)
        self.picked.append(
            (
                [place for place in stands if place.item.id not in above],
                None if change and change.item.id in above else change,
                None if answer and answer.id in above else answer,
                len(above),
            )
        )

    def leaves_out(self, reached: list[Reached]) -> bool:
        """Whether nothing was chosen so far, or no answer where there is one."""
        answers = {one.item.id for one in reached if is_answer(one.item)}
        return not self.told or (bool(answers) and not answers & self.told)

    def all(self) -> list[Came]:
        """What is told of each, in the order of picking. Two queries."""
        makers = _makers([change for _, change, _, _ in self.picked if change])
        replies = self._replies([answer for _, _, answer, _ in self.picked if answer])
        return [
            Came(
                stands,
                self._change(change, makers) if change else None,
                Answer(answer, replies[answer.id]) if answer and answer.id in replies else None,
                above,
            )
            for stands, change, answer, above in self.picked
        ]

    def _change(self, one: Reached, makers: dict[tuple[UUID, UUID], User | None]) -> Change:
        through = self.below.items[one.by.source] if one.steps > 1 else None
        seen = through if through and is_public(through) else None
        return Change(one.item, seen, makers.get((one.by.source, one.by.target)), one.by.note)

    def _replies(self, answers: list[Item]) -> dict[UUID, Reply]:
        found: dict[UUID, Reply] = {}
        for noun in NOUNS.values():
            if noun.replies and (nodes := [one.id for one in answers if one.kind == noun.key]):
                found |= noun.replies(nodes, self.participant)
        return found


def _changes(reached: list[Reached]) -> list[Reached]:
    """What was done within reach: with a word by whoever linked it first, then the nearest."""
    near = [one for one in reached if one.steps <= NEAR and is_change(one.item)]
    return sorted(near, key=lambda one: (one.steps, not one.by.note))


def _makers(changes: list[Reached]) -> dict[tuple[UUID, UUID], User | None]:
    """Who made some links. One query."""
    ends = {(one.by.source, one.by.target) for one in changes}
    links = Link.objects.filter(source__in=[source for source, _ in ends], target__in=[target for _, target in ends])
    made = links.filter(withdrawn_at=None).select_related("made_by")
    return {(one.source_id, one.target_id): one.made_by for one in (made if ends else ())}


@dataclass(frozen=True)
class Words:
    """What was said as far as it stands on one screen: the passage that is quoted, and what is around it."""

    before: str
    quoted: str
    after: str
    is_cut: bool


def words(text: str, passages: Iterable[str]) -> Words:
    """The words of somebody, short; a passage that is quoted is always among them."""
    text = " ".join(text.split())
    quoted = next((one for one in (said.rstrip("…") for said in passages) if one and one in text), "")
    before, _, after = text.partition(quoted) if quoted else ("", "", text)
    if len(text) <= SHORT:
        return Words(before, quoted, after, False)
    room = SHORT - len(quoted)
    after = cut(after, room) if room > SHORT / 3 else "…"
    return Words("… " if before else "", cut(quoted, SHORT), f" {after}" if quoted else after, True)


@dataclass(frozen=True)
class Line:
    """What came later in one stage: the nearest, and how many more of each kind."""

    item: Item
    more: str


def later(reached: list[Reached], told: set[UUID]) -> list[Line]:
    """What lies further off, by stage; at most four lines."""
    lines: dict[int, list[Item]] = {}
    for one in reached:
        if one.item.id not in told and not one.is_passage:
            stage = one.item.about.stage
            lines.setdefault(stage if stage in {ACT, LEARN, SHARE} else 0, []).append(one.item)
    return [_line(lines[stage]) for stage in sorted(lines)]


def _line(items: list[Item]) -> Line:
    """The nearest of some items by its title, the rest in numbers."""
    first, *rest = items
    counts: dict[str, int] = {}
    for one in rest:
        counts[one.kind] = counts.get(one.kind, 0) + 1
    said = [_counted(kind, number, kind == first.kind) for kind, number in counts.items()]
    return Line(first, " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said))


def _counted(kind: str, number: int, is_more: bool) -> str:
    noun = NOUNS[kind]
    return f"{number:,} {'more ' if is_more else ''}{noun.said if number == 1 else noun.said_of_many}"
