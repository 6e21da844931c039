"""Issuing receipts, and taking back what was said."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from weft.core.errors import Refused
from weft.listen.conversations.actions import consent, figures, hold_participant
from weft.listen.conversations.models import Conversation, Participant, Scope, VoteEvent
from weft.listen.receipts import queries
from weft.listen.receipts.models import Receipt
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.provenance import journal
from weft.provenance.journal import Entry
from weft.provenance.models import Node
from weft.provenance.registry import NOUNS
from weft.provenance.withdrawal import forgetting


@transaction.atomic
def issue(*, by: Actor, participant: Participant, secret: str, made_at: datetime | None = None) -> tuple[str, ...]:
    """Give a participant four words; the same words again if they have some. Only a hash of them is kept."""
    conversation = Conversation.objects.select_for_update().get(pk=participant.conversation_id)
    known = queries.words_for(secret, conversation)
    if known:
        return known
    if bytes(participant.secret_hash or b"") != Participant.hash_of(secret):
        raise Refused("These words belong to another device.")
    when = made_at or timezone.now()
    for attempt in range(queries.TRIES):
        words = queries.words_from(secret, conversation, attempt)
        hashed = Receipt.hash_of(conversation.code, words)
        if not Receipt.objects.filter(words_hash__in=queries.in_any_order(conversation.code, words)).exists():
            Receipt.objects.create(participant=participant, words_hash=hashed, made_at=when)
            consent(participant=participant, scopes=[Scope.TELL], given_at=when)
            return words
    raise Refused("No four words are free. Try again later.")


@transaction.atomic
def restore(*, by: Actor, participant: Participant, words_hash: bytes, made_at: datetime) -> Receipt:
    """Put back the receipt of a participant from what was kept of its words."""
    return Receipt.objects.create(participant=participant, words_hash=words_hash, made_at=made_at)


def withdraw_said(*, by: Actor, participant: Participant, node: Node, at: datetime | None = None) -> list[Node]:
    """Take back one thing a participant said, whichever kind it is."""
    said = node.about.contributed
    if said is None:
        raise Refused(f"{node.code} is not for whoever took part to take back.")
    fallen: list[Node] = said.take_back(by=by, rows=said.by(participant).filter(node=node), at=at)
    return fallen


@transaction.atomic
def withdraw_votes(*, by: Actor, participant: Participant, at: datetime | None = None) -> int:
    """Take all answers of a participant back, with their history; they cannot answer again. How many there were."""
    hold_participant(participant)
    figures.leave(participant=participant)
    VoteEvent.objects.filter(participant=participant).delete()
    count, _ = participant.votes.all().delete()
    for kind in NOUNS.values():
        if kind.forget:
            kind.forget(participant=participant)
    _leave(participant, at)
    audit(by=by, did="withdrew answers", on=participant, programme=participant.conversation.programme, count=count)
    return count


def withdraw_participant(*, by: Actor, participant: Participant, at: datetime | None = None) -> None:
    """Take everything back. What repeats it is looked for before anybody else has to wait."""
    when = at or timezone.now()
    said = [noun.contributed for noun in NOUNS.values() if noun.contributed]
    words = [words for one in said for row in one.by(participant) for words in one.words(row)]
    with forgetting(known=words, at=when):
        hold_participant(participant)
        for one in said:
            one.take_back(by=by, rows=one.by(participant), at=when)
        withdraw_votes(by=by, participant=participant, at=when)
        for noun in NOUNS.values():
            if noun.erase:
                noun.erase(participant=participant)
        participant.consents.filter(withdrawn_at=None).exclude(scope=Scope.TELL).update(withdrawn_at=when)
        journal.note("everything", participant.pk, at=when)


def _leave(participant: Participant, at: datetime | None) -> None:
    """Nothing more can come from this participant. The receipt stays, and shows what was taken back."""
    if participant.withdrawn_at is None:
        participant.withdrawn_at = at or timezone.now()
        participant.save(update_fields=["withdrawn_at"])
        journal.note("answers", participant.pk, at=participant.withdrawn_at)


def withdraw_votes_again(entry: Entry) -> None:
    """Take answers back that were taken back before the database was restored."""
    withdraw_votes(by=None, participant=Participant.objects.get(pk=entry.id), at=entry.at)


def withdraw_participant_again(entry: Entry) -> None:
    """Take everything back that was taken back before the database was restored."""
    withdraw_participant(by=None, participant=Participant.objects.get(pk=entry.id), at=entry.at)
