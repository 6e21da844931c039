"""Which card comes next, and which counts may be shown.

The methods bring NumPy with them, so they are imported where they are called: the site starts sooner.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from weft.core import counts
from weft.listen.conversations.models import Statement
from weft.listen.conversations.queries import Answered, Card, Deck, Tally, deck, number_of, shown_statement

VERBS = ("agreed", "disagreed", "passed")


def next_card(conversation: UUID, participant: int | None, answered: Answered) -> Card:
    """The card to show: drawn by priority, the same again until something is answered."""
    from weft.methods.opinion_map import next_statement

    cards = deck(conversation)
    done = set(answered.statements)
    candidates = [place for place, key in enumerate(cards.statements) if key not in done]
    chosen = next_statement(
        weights(cards),
        candidates,
        participant=cards.participants + 1 if participant is None else participant,
        votes=len(done),
    )
    shown = None
    if chosen is not None:
        shown = shown_statement(conversation, cards.statements[chosen])
        if shown is None:  # hidden in the last few seconds
            left = (shown_statement(conversation, cards.statements[place]) for place in candidates)
            shown = next((one for one in left if one is not None), None)
    told = len(done.intersection(cards.statements))
    return Card(shown, None, told, len(candidates) if shown else 0, number_of(answered.last))


def weights(cards: Deck) -> list[float]:
    """How much each card deserves to be asked next, from its counts so far."""
    if not cards.statements:
        return []
    from weft.methods.opinion_map import priority

    nothing = [0.0] * len(cards.statements)
    found: list[float] = priority(cards.agree, cards.disagree, cards.seen, nothing, cards.is_meta).tolist()
    return found


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
    least: int

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.total is None

    @property
    def bars(self) -> list[Bar]:
        """The three answers as bars of a picture 340 wide."""
        counts, words = (self.agree, self.disagree, self.passed), ("Agree", "Disagree", "Pass")
        widths = [round(2.1 * (percent or 0)) for percent in self.percents]
        return [
            Bar(word, count, 9 + 40 * place, width)
            for place, (word, count, width) in enumerate(zip(words, counts, widths, strict=True))
        ]

    @property
    def in_words(self) -> str:
        """The picture in a sentence."""
        if self.total is None:
            return f"Fewer than {self.least} people, so the numbers are not shown."
        if self.total == 0:
            return "No one has answered yet."
        told = [f"{bar.count:,} {verb}" for bar, verb in zip(self.bars, VERBS, strict=True) if bar.count is not None]
        rest = "" if len(told) == len(VERBS) else " The other numbers are too small to show."
        listed = f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else "".join(told)
        return f"Of {self.total:,} people, {listed}.{rest}" if told else f"{self.total:,} people answered.{rest}"


def result(tally: Tally, inside: bool) -> Result:
    """A tally under the disclosure rule: for everybody, or inside the team."""
    threshold = counts.smallest(inside)
    if tally.total == 0:
        return Result(0, 0, 0, 0, (0, 0, 0), threshold)
    from weft.methods.disclosure import one_way

    shown = one_way([tally.agree, tally.disagree, tally.passed], threshold)
    agree, disagree, passed = shown.cells
    return Result(agree, disagree, passed, shown.total, tuple(shown.percents), threshold)


@dataclass(frozen=True)
class Shown:
    """A statement with how it was answered."""

    statement: Statement
    result: Result


def results(statements: Iterable[Any], inside: bool) -> list[Shown]:
    """How statements read with `queries.counted` were answered, as far as it may be shown."""
    return [Shown(one, result(Tally(one.agreed, one.disagreed, one.passed), inside)) for one in statements]
