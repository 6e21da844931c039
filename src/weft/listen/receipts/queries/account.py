"""Everything that one participant said and answered, with what came of it: what their receipt says."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import capfirst

from weft.core import dates
from weft.core.numbers import in_words
from weft.listen.conversations.models import Moderation, Participant, Scope, Statement, Vote
from weft.listen.conversations.queries import counted
from weft.listen.receipts.queries import came
from weft.listen.receipts.queries.came import NOTHING, Came, Line, Place, Telling
from weft.listen.receipts.queries.said import Card, Said, is_told
from weft.provenance.queries import Below, Reached
from weft.provenance.registry import NOUNS
from weft.provenance.visibility import is_public, is_sealed


@dataclass(frozen=True)
class Account:
    """Everything one participant said and answered.

    `opening` is what came of the cards, where the stories say less. `gone` counts answered cards that are not shown,
    `hidden` what only the team sees so far of what came of their words.
    """

    participant: Participant
    said: list[Said]
    cards: list[Card]
    opening: Came | None
    answers: int
    gone: int
    answered_at: tuple[datetime, datetime] | None
    later: list[Line]
    hidden: int

    @property
    def stories(self) -> list[Said]:
        """What they told, answered ones first, then the newest."""
        return [one for one in self.said if one.noun == "story"]

    @property
    def standing(self) -> int:
        """How many things have not been taken back."""
        return sum(not one.node.is_withdrawn for one in self.said)

    @property
    def statements(self) -> list[Any]:
        """The cards as they are counted."""
        return [card.statement for card in self.cards]

    @property
    def is_opening(self) -> bool:
        """Whether what came of the cards stands above, as that of a story does."""
        return self.opening is not None and (self.opening.is_any or not self.stories)

    @property
    def first_cards(self) -> list[Card]:
        """The cards that are not folded: one, where no story stands above."""
        return self.cards[:1] if not self.said else []

    @property
    def other_cards(self) -> list[Card]:
        """The cards that are folded."""
        return self.cards[len(self.first_cards) :]

    @property
    def used(self) -> int:
        """How many of the cards stand somewhere."""
        return sum(bool(card.places) for card in self.cards)

    @property
    def did(self) -> str:
        """What they did with cards, and when: "You wrote one card and answered 19 on 6 June"."""
        wrote = sum(bool(card.own) for card in self.cards)
        parts = [f"wrote {in_words(wrote)} card{'s' if wrote != 1 else ''}"] if wrote else []
        if self.answers:
            cards = "" if wrote else f" card{'s' if self.answers != 1 else ''}"
            parts.append(f"answered {in_words(self.answers)}{cards}")
        days = sorted({dates.near_day(when) for when in self.answered_at or ()})
        return f"You {' and '.join(parts)}{f' on {days[0]}' if len(days) == 1 else ''}"

    @property
    def summed(self) -> str:
        """How many of the cards are counted in something: "Three are counted in what was found. Two are not used"."""
        standing = [card for card in self.cards if not (card.own and card.own.node.is_withdrawn)]
        rest, used = len(standing) - self.used, capfirst(in_words(self.used))
        if not self.used:
            return ["", "It is not used so far.", "They are not used so far."][min(rest, 2)]
        if not rest:
            return "All of them are counted in what was found." if self.used > 1 else "It is counted in what was found."
        said = f"{used} {'is' if self.used == 1 else 'are'} counted in what was found."
        return f"{said} {capfirst(in_words(rest))} {'is' if rest == 1 else 'are'} not used so far."

    @property
    def beside(self) -> str:
        """What is said beside a story of which nothing came, where a card did more."""
        if not self.used:
            return ""
        are = "is" if self.used == 1 else "are"
        return f"But {in_words(self.used)} of the cards that you wrote or answered {are} counted: see below."


def said_by(participant: Participant) -> dict[str, QuerySet[Any]]:
    """The rows of all that a participant said, by their noun."""
    return {noun.key: noun.contributed.by(participant) for noun in NOUNS.values() if noun.contributed}


@dataclass(frozen=True)
class Kept:
    """What is kept of one participant: what they said, what they answered, all that came of it. Five queries."""

    participant: Participant
    rows: list[Any]
    votes: list[Vote]
    below: Below

    @classmethod
    def read(cls, participant: Participant) -> "Kept":
        """Read it all."""
        rows = [row for found in said_by(participant).values() for row in found]
        votes = list(participant.votes.select_related("statement__node").order_by("cast_at", "pk"))
        nodes = {row.node.pk for row in rows if not row.node.is_withdrawn} | {vote.statement.node_id for vote in votes}
        return cls(participant, rows, votes, Below(sorted(nodes)))

    def near(self, node: UUID) -> list[Reached]:
        """What lies near below one thing, as everybody sees it."""
        return came.shown(self.below.of(node, within=came.NEAR))

    def hidden(self) -> int:
        """How many things that came of what they said only the team sees so far."""
        return sum(not is_public(one.item) for one in self.below.of(*(row.node_id for row in self.rows)))

    def all(self) -> list[Reached]:
        """What came of everything they said, as everybody sees it, then what came of their answers to cards.

        Whoever came after somebody had answered what was asked, and did no more than answer a card, is not among those
        whom that answered: else anybody could come to say that it did.
        """
        said = came.shown(self.below.of(*(row.node_id for row in self.rows)))
        found = {one.item.id: one for one in said}
        for one in came.shown(self.below.of(*(vote.statement.node_id for vote in self.votes))):
            if not came.is_answer(one.item) or one.item.made_at > self.participant.came_at:
                found.setdefault(one.item.id, one)
        return list(found.values())


def below_participant(participant: Participant) -> list[Reached]:
    """What came of everything a participant said and answered, as everybody sees it. Five queries."""
    return Kept.read(participant).all()


def account(participant: Participant) -> Account:
    """What a participant's receipt says. Ten queries, however much that is."""
    kept = Kept.read(participant)
    everything = kept.all()
    answers = kept.below.nearest(one.item for one in everything if came.is_answer(one.item))
    rows = sorted(kept.rows, key=lambda row: (row.node_id not in answers, -row.node.made_at.timestamp()))
    telling, stories = Telling(participant, kept.below), [row for row in rows if row.node.kind == "story"]
    for row in stories:
        near = kept.near(row.node_id)
        telling.pick(near, came.places(near, row.node), answers.get(row.node_id))
    cards, gone = _cards(kept)
    is_opening = bool(kept.votes or cards) and telling.leaves_out(everything)
    if is_opening:
        answer = next((one.item for one in everything if came.is_answer(one.item)), None)
        telling.pick(everything, _most_first(card.places for card in cards), answer)
    told = telling.all()
    said = _said(kept, rows, dict(zip((row.node_id for row in stories), told, strict=False)))
    telling.told.update(place.item.id for card in cards for place in card.places)
    moments = [vote.cast_at for vote in kept.votes]
    return Account(
        participant=participant,
        said=said,
        cards=[
            replace(card, own=next((o for o in said if o.node.pk == card.statement.node_id), None)) for card in cards
        ],
        opening=told[-1] if is_opening else None,
        answers=len(moments),
        gone=gone,
        answered_at=(min(moments), max(moments)) if moments else None,
        later=came.later(everything, telling.told),
        hidden=kept.hidden(),
    )


def _cards(kept: Kept) -> tuple[list[Card], int]:
    """The cards that they wrote, then those they answered, the used ones first; and how many are shown no more."""
    choices = {vote.statement_id: vote.choice for vote in kept.votes}
    own = {row.pk for row in kept.rows if row.node.kind == "statement"}
    found = {
        one.pk: one for one in counted(Statement.every.filter(pk__in={*own, *choices}).select_related("conversation"))
    }
    told = [found[key] for key in [*sorted(own), *(key for key in choices if key not in own)] if key in found]
    cards = []
    for one in told:
        if one.pk in own or is_told(one):
            stands = came.places(kept.near(one.node_id), one.node, counted=True)
            cards.append(Card(one, None, choices.get(one.pk), stands))
    cards.sort(key=lambda card: (card.statement.pk not in own, not card.places))
    return cards, len(told) - len(cards)


def _most_first(places: Iterable[list[Place]]) -> list[Place]:
    """Where most of some cards stand first; what rests on all answers alike, as a map does, last."""
    number = Counter(place for stands in places for place in stands)
    return sorted(number, key=lambda place: (place.item.about.rests_on is None, -number[place]))


def _said(kept: Kept, rows: list[Any], told: dict[UUID, Came]) -> list[Said]:
    """Everything they said, with what is told of it. One query."""
    uses: dict[UUID | None, list[str]] = {}
    for node, scope in kept.participant.consents.filter(withdrawn_at=None).values_list("node", "scope"):
        uses.setdefault(node, []).append(scope)
    found = []
    for row in rows:
        text = getattr(row, "whole", row.text)
        passages = [one.item.title for one in kept.near(row.node_id) if one.is_passage]
        facts = _facts(row)
        scopes = uses.get(row.node_id, [])
        found.append(
            Said(
                node=row.node,
                text=text,
                uses=tuple(
                    str(Scope(scope).label) for scope in Scope.values if scope in scopes and scope != Scope.TELL
                ),
                words=came.words(text, passages),
                came=told.get(row.node_id, NOTHING),
                below=kept.below,
                **facts,
            )
        )
    return found


def _facts(row: Any) -> dict[str, Any]:
    """What a receipt tells of a story, or of a card."""
    return _of_story(row) if row.node.kind == "story" else _of_card(row)


def _of_story(story: Any) -> dict[str, Any]:
    return {
        "noun": "story",
        "received_at": story.told_at,
        "read_at": story.read_at,
        "state": "" if is_sealed(story.node) else story.decided,
        "is_shown": story.is_released,
        "not_used_because": story.not_used_because,
    }


STATES = {
    Moderation.WAITING: "It waits to be read.",
    Moderation.SHOWN: "Others can answer it.",
    Moderation.HIDDEN: "",
}


def _of_card(card: Statement) -> dict[str, Any]:
    return {
        "noun": "card",
        "received_at": card.said_at,
        "read_at": None,
        "state": STATES[Moderation(card.moderation)],
        "is_shown": card.moderation == Moderation.SHOWN,
        "not_used_because": card.hidden_because,
    }


def said_with(found: Account, code: str) -> Said | None:
    """One thing the participant said and has not taken back, by its code."""
    return next((one for one in found.said if one.node.code == code.upper() and not one.node.is_withdrawn), None)


@dataclass(frozen=True)
class Sent:
    """What a participant has sent so far, for the page after sending."""

    stories: int
    cards: int
    answers: int
    may: frozenset[str] = frozenset()  # be done with the story that came last


def sent_so_far(participant: Participant) -> Sent:
    """How much of each kind, and what the last story may be used for. Four queries, five where there is one."""
    rows = said_by(participant)
    said, last = {key: of.count() for key, of in rows.items()}, rows["story"].order_by("-told_at", "-node_id").first()
    may = participant.consents.filter(node=last.node, withdrawn_at=None).values_list("scope", flat=True) if last else ()
    return Sent(said["story"], said["statement"], participant.votes.count(), frozenset(may))
