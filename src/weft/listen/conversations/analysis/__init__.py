"""Which card comes next, and which counts may be shown.

The methods bring NumPy with them, so they are imported where they are called: the site starts sooner.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.text import capfirst

from weft.core import counts
from weft.core.caching import kept
from weft.core.tables import Column, Table, numbers
from weft.listen.conversations.models import Choice, Statement
from weft.listen.conversations.queries import (
    Answered,
    Card,
    Deck,
    Tally,
    deck,
    shown_card,
    shown_numbers,
    tally_now,
    tally_shown,
)
from weft.pictures import answers as pictures

DECK_SECONDS = 10
CHOICES = (Choice.AGREE, Choice.DISAGREE, Choice.PASS)
VERBS = ("agreed", "disagreed", "passed")
ROW = 40


@dataclass(frozen=True)
class Dealt:
    """How much each of some cards deserves to be asked next, and how many people have come."""

    weights: tuple[float, ...]
    participants: int


def dealt(conversation: UUID, numbers: tuple[int, ...]) -> Dealt:
    """The cards with these numbers, weighed anew every few seconds, and at once where others are shown."""
    stamp = hashlib.sha256(repr(numbers).encode()).hexdigest()

    def weighed() -> Dealt:
        found = deck(conversation, numbers)
        return Dealt(tuple(weights(found)), found.participants)

    return kept(f"deck-{conversation}", stamp, DECK_SECONDS, weighed)


def weights(cards: Deck) -> list[float]:
    """How much each card deserves to be asked next, from its counts so far."""
    if not cards.tallies:
        return []
    from weft.methods.opinion_map import priority

    agree, disagree, seen = zip(*((t.agree, t.disagree, t.total) for t in cards.tallies), strict=True)
    found: list[float] = priority(agree, disagree, seen, [0.0] * len(seen), cards.is_meta).tolist()
    return found


def next_card(conversation: UUID, participant: int | None, answered: Answered) -> Card:
    """The card to show: drawn by priority, the same again until something is answered."""
    from weft.methods.opinion_map import next_statement

    numbers = shown_numbers(conversation)
    cards = dealt(conversation, numbers)
    candidates = [place for place, number in enumerate(numbers) if number not in answered.choices]
    chosen = next_statement(
        cards.weights,
        candidates,
        participant=cards.participants + 1 if participant is None else participant,
        votes=len(answered.choices),
    )
    shown = None
    if chosen is not None:
        shown = shown_card(conversation, number=numbers[chosen])
        if shown is None:  # hidden at this very moment
            shown = shown_card(conversation, number__in=[numbers[place] for place in candidates])
    told = len(numbers) - len(candidates)
    before = answered.last if answered.last in numbers else None
    return Card(shown, None, told, len(candidates) if shown else 0, before)


def one_card(conversation: UUID, statement: Statement, answered: Answered) -> Card:
    """One card to answer, or to answer otherwise."""
    numbers = shown_numbers(conversation)
    told = sum(number in answered.choices for number in numbers)
    return Card(statement, answered.choices.get(statement.number), told, len(numbers) - told, None)


@dataclass(frozen=True)
class Bar:
    """One number that may be told: its word, what people did, how many of how many, its class, where it stands."""

    word: str
    verb: str
    count: int
    total: int
    name: str
    top: int

    @property
    def percent(self) -> int:
        """Its share of everybody who answered, in whole percents."""
        return (200 * self.count + self.total) // (2 * self.total)

    @property
    def width(self) -> int:
        """How wide it is, in a picture 340 wide."""
        return round(2.1 * self.percent)


@dataclass(frozen=True)
class Result:
    """How one statement was answered, as far as it may be told; `None` is a number that may not.

    Either all three answers are told, or one of them beside all others together, or only how many answered, or nothing.
    """

    agree: int | None
    disagree: int | None
    passed: int | None
    total: int | None
    inside: bool

    @property
    def told(self) -> tuple[int | None, int | None, int | None]:
        """The answers in the order of `CHOICES`."""
        return self.agree, self.disagree, self.passed

    @property
    def bars(self) -> list[Bar]:
        """The numbers that are told as bars of a picture, the others together last; none where only the total is."""
        if not self.total:
            return []
        words = [str(choice.label) for choice in CHOICES]
        known = [
            (word, verb, n, name)
            for word, verb, n, name in zip(words, VERBS, self.told, pictures.NAMES, strict=True)
            if n is not None
        ]
        rest = self.total - sum(n for _, _, n, _ in known)
        if self.is_merged:
            known.append(("Did not", "did not", rest, pictures.TOGETHER))
        return [Bar(word, verb, n, self.total, name, 9 + ROW * at) for at, (word, verb, n, name) in enumerate(known)]

    @property
    def is_merged(self) -> bool:
        """Whether one answer is told beside all others together."""
        return 0 < self.told.count(None) < len(CHOICES)

    @property
    def note(self) -> str:
        """What is to be said of numbers that stand together."""
        return "“Did not” puts two answers together, so that nobody can be picked out." if self.is_merged else ""

    @property
    def height(self) -> int:
        """How high the picture is."""
        return ROW * len(self.bars) + 6

    @property
    def table(self) -> Table:
        """The picture as a table."""
        rows: list[tuple[object, ...]] = [(bar.word, bar.count, f"{bar.percent}%") for bar in self.bars]
        columns = [Column("Answer"), *numbers("People", "Share")]
        return Table("Answers to the card", columns, [*rows, ("All", self.total, "100%")], is_stacked=False)

    @property
    def in_words(self) -> str:
        """The picture in a sentence."""
        if self.total is None:
            few = counts.too_few(self.inside) if self.inside else "too few people have answered"
            return f"{capfirst(few)}, so the numbers are not shown."
        if self.total == 0:
            return "No one has answered yet."
        people = counts.people(self.total, self.inside)
        said = [f"{bar.count:,} {bar.verb}" for bar in self.bars]
        if not said:
            return f"{people} answered. The other numbers are too small to show."
        return f"Of {people}, {', '.join(said[:-1])} and {said[-1]}."


def result(tally: Tally | None, inside: bool) -> Result:
    """A tally under the rule of three: for everybody, or inside the team. No other place says what is told of it.

    Without a tally there are no figures yet.
    """
    if tally is None:
        return Result(None, None, None, None, inside)
    if tally.total == 0:
        return Result(None, None, None, 0, inside)
    from weft.methods.three_answers import Answers, EffectiveAnswers, rule_of_three

    effective = EffectiveAnswers(*tally.effective) if tally.effective else None
    answers = Answers(tally.agree, tally.disagree, tally.passed)
    shown = rule_of_three(answers, counts.smallest(inside), effective)
    return Result(shown.agree, shown.disagree, shown.passed, shown.total, inside)


def told_as_it_is(shown: Tally | None, now: Tally) -> bool:
    """Whether everybody is told of a card what may be told of the people who answer it now, however they came."""
    if shown is None:
        return not (now.total and counts.may_show(now.total))
    stands = (shown.agree, shown.disagree, shown.passed) == (now.agree, now.disagree, now.passed)
    return stands and result(shown, inside=False) == result(now, inside=False)


def aside(choices: Mapping[int, int], inside: bool) -> str:
    """What is told of the answers of people who were set aside, by choice; nothing where there are none."""
    tally = Tally(choices.get(Choice.AGREE, 0), choices.get(Choice.DISAGREE, 0), choices.get(Choice.PASS, 0))
    if not tally.total:
        return ""
    told = result(tally, inside)
    if told.total is None:
        return "A few answers are set aside, since many came from one place at once."
    return f"Set aside, since many came from one place at once: {told.in_words[0].lower()}{told.in_words[1:]}"


@dataclass(frozen=True)
class Shown:
    """A statement with how it was answered."""

    statement: Statement
    result: Result


def results(statements: Iterable[Any], inside: bool) -> list[Shown]:
    """How statements read with `queries.counted` were answered, as far as it may be shown; to everybody in steps."""
    return [Shown(one, result(tally_now(one) if inside else tally_shown(one), inside)) for one in statements]
