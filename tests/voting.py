"""Answering a card as somebody who has come, without their device."""

from uuid import uuid4

from weft.listen.conversations.actions import answer
from weft.listen.conversations.models import Choice, Moderation, Participant, Statement
from weft.listen.conversations.queries import Ballot


def cast_vote(*, by: Participant, on: Statement, choice: int) -> bool:
    """Record one answer of a participant; whether it is new."""
    shown, gone = on.moderation == Moderation.SHOWN, by.withdrawn_at is not None
    ballot = Ballot(on.conversation_id, on.pk, by.pk, on.conversation.closed_at, shown, gone)
    return answer(by=ballot, choice=Choice(choice), key=uuid4())
