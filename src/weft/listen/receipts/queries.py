"""Reading receipts: the words of a secret, whose words these are, and what came of each thing they said."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import permutations, takewhile
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from weft.core import dates
from weft.listen.conversations.models import Consent, Conversation, Moderation, Participant, Scope, Statement
from weft.listen.receipts.models import Receipt
from weft.provenance.journal import Entry, Stands, still
from weft.provenance.models import Node
from weft.provenance.queries import Item, Trace, rests_sentence, traces
from weft.provenance.registry import FRAME, NOUNS
from weft.provenance.visibility import is_public

WORDS = 4
TRIES = 16  # other words for the same secret, should somebody else in the conversation have the first ones


@cache
def word_list() -> tuple[str, ...]:
    """The 2,048 plain English words that receipts are made of."""
    from mnemonic import Mnemonic

    return tuple(Mnemonic("english").wordlist)


def words_from(secret: str, conversation: Conversation, attempt: int = 0) -> tuple[str, ...]:
    """Four words made of a participant's secret, always the same; the secret cannot be made of the words."""
    content = f"{conversation.code} {attempt} {secret}"
    number = int.from_bytes(salted_hmac("weft.words", content, algorithm="sha256").digest()[:8], "big")
    words = word_list()
    return tuple(words[(number >> (11 * place)) & 2047] for place in range(WORDS))


def words_for(secret: str, conversation: Conversation) -> tuple[str, ...]:
    """The words of the receipt that was issued to this secret; none if none was."""
    hashed = Participant.hash_of(secret)
    kept = Receipt.objects.filter(participant__conversation=conversation, participant__secret_hash=hashed).first()
    if kept is None:
        return ()
    tries = (words_from(secret, conversation, attempt) for attempt in range(TRIES))
    return next((words for words in tries if Receipt.hash_of(conversation.code, words) == bytes(kept.words_hash)), ())


def given_at(participant: Participant) -> datetime | None:
    """When a participant was given their words; nothing if they have none."""
    return Receipt.objects.filter(participant=participant).values_list("made_at", flat=True).first()


def are_just_given(participant: Participant) -> bool:
    """Whether the words were given a moment ago: the form that asked for them may have been sent twice."""
    when = given_at(participant)
    return when is not None and timezone.now() - when < timedelta(minutes=1)


def typed_words(typed: str) -> list[str]:
    """The words as somebody typed them: in capitals, with commas, hyphens, numbers or line ends between them."""
    return re.findall(r"[^\W\d_]+", typed.casefold())


def unknown_word(words: list[str]) -> str:
    """One sentence about the first word that is on no slip, or nothing."""
    for word in words:
        if word not in word_list():
            near = difflib.get_close_matches(word, word_list(), 1, 0.75)
            hint = f" Is it “{near[0]}”?" if near else " Check the spelling."
            return f"“{word[:30]}” is not one of the words we use.{hint}"
    return ""


def alike(words: list[str]) -> list[str]:
    """One sentence for each word that is one letter away from others of the list. It looks at what was typed alone."""
    told = []
    for word in dict.fromkeys(words):
        near = [other for other in word_list() if _one_letter_apart(word, other)]
        if near:
            told.append(f"“{word}” is easily taken for {' or '.join(f'“{other}”' for other in near)}.")
    return told


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter was changed, left out or put in."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    rest, other_rest = one[start:], other[start:]
    same = rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]
    return same and one != other


def participant_for(code: str, words: list[str]) -> Participant | None:
    """Whose words these are, in any order; as they were typed where somebody else has the same in another."""
    code = code.strip().lower()
    known = {bytes(one.words_hash): one for one in Receipt.objects.filter(words_hash__in=in_any_order(code, words))}
    as_typed = known.get(Receipt.hash_of(code, words))
    found = as_typed or (next(iter(known.values())) if len(known) == 1 else None)
    return participant_with_conversation(pk=found.pk) if found else None


def in_any_order(code: str, words: Iterable[str]) -> list[bytes]:
    """What would be kept of these words in each of their orders."""
    return [Receipt.hash_of(code, order) for order in sorted(set(permutations(words)))]


def participant_opened(key: str) -> Participant | None:
    """The participant of a receipt that was opened a while ago."""
    return participant_with_conversation(participant=UUID(key))


def participant_with_conversation(**receipt: Any) -> Participant | None:
    """The participant of one receipt, with what its page needs."""
    found = Receipt.objects.filter(**receipt).select_related(
        "participant__conversation__team__programme", "participant__conversation__programme"
    )
    kept = found.first()
    return kept.participant if kept else None


@dataclass(frozen=True)
class Came:
    """One thing that came of what somebody said: how, and what it is."""

    verb: str
    item: Item


@dataclass(frozen=True)
class Said:
    """One thing somebody said, with what came of it."""

    node: Node
    heading: str
    text: str
    received_at: datetime
    read_at: datetime | None
    state: str
    is_shown: bool
    not_used_because: str
    uses: tuple[str, ...]
    came: list[Came]
    hidden: int
    rests: str

    @property
    def is_unused(self) -> bool:
        """Whether nothing came of it so far, and nobody said why."""
        return not (self.came or self.hidden or self.not_used_because)

    @property
    def unused_sentence(self) -> str:
        """What is said where nothing came of it so far."""
        said = "Nothing you said here has been used so far."
        return f"{said} It was read on {dates.day(self.read_at)} and is still on file." if self.read_at else said


@dataclass(frozen=True)
class Account:
    """Everything one participant said, and their answers."""

    participant: Participant
    said: list[Said]
    answers: int

    @property
    def standing(self) -> int:
        """How many things have not been taken back."""
        return sum(not one.node.is_withdrawn for one in self.said)


def said_by(participant: Participant) -> dict[str, QuerySet[Any]]:
    """The rows of all that a participant said, by their noun."""
    return {noun.key: noun.said_by(participant) for noun in NOUNS.values() if noun.said_by}


def account(participant: Participant) -> Account:
    """What became of each thing a participant said. Seven queries, however much that is."""
    rows = [row for found in said_by(participant).values() for row in found]
    nodes = [row.node for row in rows]
    below = traces([node.pk for node in nodes if not node.is_withdrawn], "down")
    uses: dict[UUID, list[str]] = {}
    for node, scope in participant.consents.filter(withdrawn_at=None).values_list("node", "scope"):
        uses.setdefault(node, []).append(scope)
    said = [SAID[row.node.kind](row, below.get(row.node_id), uses.get(row.node_id, [])) for row in rows]
    return Account(participant, sorted(said, key=lambda one: one.received_at), participant.votes.count())


def _story(story: Any, below: Trace | None, scopes: list[str]) -> Said:
    return Said(
        node=story.node,
        heading="Your story",
        text=story.text,
        received_at=story.told_at,
        read_at=story.read_at,
        state=story.decided,
        is_shown=story.is_released,
        not_used_because=story.not_used_because,
        uses=tuple(str(Scope(scope).label) for scope in Scope.values if scope in scopes and scope != Scope.TELL),
        **_came_of(story.node, below, "story"),
    )


STATES = {
    Moderation.WAITING: "It waits to be read.",
    Moderation.SHOWN: "Others can answer it.",
    Moderation.HIDDEN: "",
}


def _card(card: Statement, below: Trace | None, scopes: list[str]) -> Said:
    return Said(
        node=card.node,
        heading="Your card",
        text=card.text,
        received_at=card.said_at,
        read_at=None,
        state=STATES[Moderation(card.moderation)],
        is_shown=card.moderation == Moderation.SHOWN,
        not_used_because=card.hidden_because,
        uses=(),
        **_came_of(card.node, below, "card"),
    )


SAID: dict[str, Callable[[Any, Trace | None, list[str]], Said]] = {"story": _story, "statement": _card}


def _came_of(node: Node, below: Trace | None, noun: str) -> dict[str, Any]:
    """What of a trace its contributor may see, oldest first, and what rests on it in a sentence."""
    standing = [item for item in below.items.values() if not item.is_withdrawn] if below else []
    shown = [item for item in standing if is_public(item)]
    came = [Came(_verb(item), item) for item in sorted(shown, key=lambda item: (item.made_at, item.id))]
    return {
        "came": came,
        "hidden": len(standing) - len(shown),
        "rests": rests_sentence(standing, f"your {noun}", "your"),
    }


VERBS = {"edition": "Cited in", "response": "Answered by", "excerpt": "Quoted in"}


def _verb(item: Item) -> str:
    """How an item stands to what was said, by the stage it belongs to."""
    if item.kind in VERBS:
        return VERBS[item.kind]
    return "Used in" if NOUNS[item.kind].stage <= FRAME else "Led to"


@dataclass(frozen=True)
class Slip:
    """What stands on a slip: the words, and the address behind the QR code, whose words no server is sent."""

    code: str
    words: tuple[str, ...]
    address: str


def slip(conversation: Conversation, words: tuple[str, ...]) -> Slip:
    """The slip of a receipt."""
    return Slip(conversation.code, words, f"{settings.ADDRESS}/r/#{conversation.code}-{'-'.join(words)}")


def said_with(found: Account, code: str) -> Said | None:
    """One thing the participant said and has not taken back, by its code."""
    return next((one for one in found.said if one.node.code == code.upper() and not one.node.is_withdrawn), None)


@dataclass(frozen=True)
class Sent:
    """What a participant has sent so far, for the page after sending."""

    stories: int
    cards: int
    answers: int


def sent_so_far(participant: Participant) -> Sent:
    """How much of each kind. Three queries."""
    said = {key: rows.count() for key, rows in said_by(participant).items()}
    return Sent(said["story"], said["statement"], participant.votes.count())


def something_of(participants: list[UUID]) -> Stands:
    """Who of some participants has not taken everything back: they have not left, or still allow something."""
    yield from still(Participant.objects.all())(participants)
    general = Consent.objects.filter(participant__in=participants, node=None, withdrawn_at=None)
    for key, given_at in general.exclude(scope=Scope.TELL).values_list("participant", "given_at"):
        yield key, "", given_at


def everything_gone() -> Iterator[Entry]:
    """Who took everything back: what they allowed beside their stories ends with that, and not before."""
    general: QuerySet[Any] = Consent.objects.filter(node=None).exclude(withdrawn_at=None)
    for key, at in general.values_list("participant", "withdrawn_at"):
        yield Entry("everything", key, at)
