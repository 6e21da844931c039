"""Which card comes next, and which counts may be shown."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from weft.listen.conversations.models import Statement
from weft.listen.conversations.queries import Answered, Card, Deck, Tally, deck, number_of, shown_statement, tallies
from weft.methods.disclosure import one_way
from weft.methods.opinion_map import next_statement, priority


def next_card(conversation: UUID, participant: int | None, answered: Answered) -> Card:
    """The card to show: drawn by priority, the same again until something is answered."""
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
    nothing = [0.0] * len(cards.statements)
    found: list[float] = priority(cards.agree, cards.disagree, cards.seen, nothing, cards.is_meta).tolist()
    return found


@dataclass(frozen=True)
class Result:
    """How one statement was answered, as far as it may be shown: None stands for a number that is too small."""

    agree: int | None
    disagree: int | None
    passed: int | None
    total: int | None
    percents: tuple[int | None, ...]

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.total is None


def result(tally: Tally, inside: bool) -> Result:
    """A tally under the disclosure rule: for everybody, or inside the team."""
    if tally.total == 0:
        return Result(0, 0, 0, 0, (0, 0, 0))
    threshold = settings.SMALLEST_COUNT_INSIDE if inside else settings.SMALLEST_COUNT
    shown = one_way([tally.agree, tally.disagree, tally.passed], threshold)
    agree, disagree, passed = shown.cells
    return Result(agree, disagree, passed, shown.total, tuple(shown.percents))


def results(statements: list[Statement], inside: bool) -> dict[UUID, Result]:
    """How each of these statements was answered, as far as it may be shown. One query."""
    counts = tallies([one.pk for one in statements])
    return {one.pk: result(counts.get(one.pk, Tally()), inside) for one in statements}
