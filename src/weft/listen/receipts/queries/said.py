"""One story or card of a participant, as their receipt tells of it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from weft.core import dates
from weft.listen.conversations import analysis
from weft.listen.conversations.models import Choice, Moderation
from weft.listen.receipts.queries.came import Came, Place, Words
from weft.pictures import answers
from weft.provenance.models import Node
from weft.provenance.queries import Below, Item, rests_sentence
from weft.provenance.visibility import is_public, is_sealed


@dataclass(frozen=True)
class Said:
    """One thing somebody said, with what came of it."""

    node: Node
    noun: str
    text: str
    received_at: datetime
    read_at: datetime | None
    state: str
    is_shown: bool
    not_used_because: str
    uses: tuple[str, ...]
    words: Words
    came: Came
    below: Below

    @property
    def is_sealed(self) -> bool:
        """Whether it was passed on, so that nothing but taking it back can be done with it."""
        return is_sealed(self.node)

    @property
    def heading(self) -> str:
        """What it is called."""
        return f"Your {self.noun}"

    @cached_property
    def standing(self) -> list[Item]:
        """All that came of it."""
        return [one.item for one in self.below.of(self.node.pk)]

    @property
    def hidden(self) -> int:
        """How many of these only the team sees so far."""
        return sum(not is_public(item) for item in self.standing)

    @property
    def rests(self) -> str:
        """What rests on it, in a sentence."""
        return rests_sentence(self.standing, f"your {self.noun}", "your")

    @property
    def is_unused(self) -> bool:
        """Whether nothing came of it so far, and nobody said why."""
        return not (self.came.is_any or self.hidden or self.not_used_because)

    @property
    def unused_sentence(self) -> str:
        """What is said where nothing came of it so far."""
        said = f"Nothing of this {self.noun} has been used so far."
        return f"{said} It was read on {dates.day(self.read_at)} and is still on file." if self.read_at else said


VERBS = {Choice.AGREE: "agreed", Choice.DISAGREE: "disagreed", Choice.PASS: "passed"}


@dataclass(frozen=True)
class Card:
    """One card that somebody wrote or answered: how everyone answered it, and where that is counted."""

    statement: Any
    own: Said | None
    choice: int | None
    places: list[Place]

    @property
    def result(self) -> analysis.Result | None:
        """How everyone answered it, as far as everybody is shown."""
        return analysis.results([self.statement], inside=False)[0].result if is_told(self.statement) else None

    @property
    def sentence(self) -> str:
        """What they did, and how everyone answered."""
        own = ["You wrote this card."] if self.own else []
        mine = [] if self.choice is None else [f"You {VERBS[Choice(self.choice)]}."]
        return " ".join([*own, *mine, *([self.result.in_words] if self.result else [])])

    @property
    def bar(self) -> SafeString:
        """The answers as one bar, with theirs marked; nothing where no number may be told."""
        result = self.result
        if result is None:
            return SafeString("")
        mine = None if self.choice is None else analysis.CHOICES.index(Choice(self.choice))
        return mark_safe(answers.bar(result.told, result.total, mine))


def is_told(statement: Any) -> bool:
    """Whether everybody sees a card, and how it was answered."""
    node = statement.node
    return statement.moderation == Moderation.SHOWN and is_public(node) and not node.is_withdrawn
