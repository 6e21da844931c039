"""Which card comes next, and which counts may be shown.

The methods bring NumPy with them, so they are imported where they are called: the site starts sooner.
"""

import hashlib
from collections.abc import Iterable
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

DECK_SECONDS = 10
CHOICES = (Choice.AGREE, Choice.DISAGREE, Choice.PASS)
VERBS = ("agreed", "disagreed", "passed")


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
    """One answer in the picture: its word, its number (None: may not be shown), where it stands and how wide it is."""

    word: str
    count: int | None
    top: int
    width: int


@dataclass(frozen=True)
class Result:
    """How one statement was answered, as far as it may be shown: None stands for a number that is too small."""

    agree: int | None
    disagree: int | None
    passed: int | None
    total: int | None
    percents: tuple[int | None, ...]
    inside: bool

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.total is None

    @property
    def bars(self) -> list[Bar]:
        """The three answers as bars of a picture 340 wide."""
        counts = (self.agree, self.disagree, self.passed)
        widths = [round(2.1 * (percent or 0)) for percent in self.percents]
        return [
            Bar(str(choice.label), count, 9 + 40 * place, width)
            for place, (choice, count, width) in enumerate(zip(CHOICES, counts, widths, strict=True))
        ]

    @property
    def table(self) -> Table:
        """The picture as a table."""
        rows = [(bar.word, "too few to show" if bar.count is None else bar.count) for bar in self.bars]
        columns = [Column("Answer"), *numbers("People")]
        return Table("Answers to the card", columns, [*rows, ("All", self.total)], is_stacked=False)

    @property
    def in_words(self) -> str:
        """The picture in a sentence."""
        if self.total is None:
            return f"{capfirst(counts.too_few(self.inside))}, so the numbers are not shown."
        if self.total == 0:
            return "No one has answered yet."
        told = [f"{bar.count:,} {verb}" for bar, verb in zip(self.bars, VERBS, strict=True) if bar.count is not None]
        rest = "" if len(told) == len(VERBS) else " The other numbers are too small to show."
        listed = f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else "".join(told)
        people = counts.people(self.total, self.inside)
        return f"Of {people}, {listed}.{rest}" if told else f"{people} answered.{rest}"


def result(tally: Tally, inside: bool) -> Result:
    """A tally under the disclosure rule: for everybody, or inside the team."""
    if tally.total == 0:
        return Result(0, 0, 0, 0, (0, 0, 0), inside)
    from weft.methods.disclosure import one_way

    shown = one_way([tally.agree, tally.disagree, tally.passed], counts.smallest(inside))
    agree, disagree, passed = shown.cells
    return Result(agree, disagree, passed, shown.total, tuple(shown.percents), inside)


@dataclass(frozen=True)
class Shown:
    """A statement with how it was answered."""

    statement: Statement
    result: Result


def results(statements: Iterable[Any], inside: bool) -> list[Shown]:
    """How statements read with `queries.counted` were answered, as far as it may be shown; to everybody in steps."""
    tally = tally_now if inside else tally_shown
    return [Shown(one, result(tally(one), inside)) for one in statements]
