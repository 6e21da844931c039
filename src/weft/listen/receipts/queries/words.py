"""The words of receipts: made of a secret, read from what was typed, and whose they are."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import permutations
from string import ascii_lowercase
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from weft.listen.conversations.models import Conversation, Participant
from weft.listen.receipts.models import Receipt

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
        near = sorted(_one_letter_apart(word).intersection(word_list()))
        if near:
            told.append(f"“{word}” is easily taken for {' or '.join(f'“{other}”' for other in near)}.")
    return told


def _one_letter_apart(word: str) -> set[str]:
    """All that a word becomes when one letter is changed, left out or put in."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    left_out = {start + rest[1:] for start, rest in cuts}
    others = {start + letter + end for start, rest in cuts for end in (rest, rest[1:]) for letter in ascii_lowercase}
    return (left_out | others) - {word}


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
class Slip:
    """What stands on a slip: the words, and the address behind the QR code, whose words no server is sent."""

    code: str
    words: tuple[str, ...]
    address: str


def slip(conversation: Conversation, words: tuple[str, ...]) -> Slip:
    """The slip of a receipt."""
    return Slip(conversation.code, words, f"{settings.ADDRESS}/r/#{conversation.code}-{'-'.join(words)}")
