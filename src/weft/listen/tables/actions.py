"""Turning table mode on and off."""

from datetime import datetime, time
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from weft.core import dates
from weft.listen.conversations.actions import check_open
from weft.listen.conversations.models import Conversation
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit


@transaction.atomic
def begin_table(*, by: Actor, conversation: Conversation) -> Conversation:
    """Turn table mode on until the end of the day, with a new PIN: the one before it is good for nothing any more."""
    check_open(conversation)
    conversation.table_key = uuid4()
    conversation.table_until = timezone.make_aware(datetime.combine(dates.today(), time(23, 59, 59)))
    conversation.save(update_fields=["table_key", "table_until"])
    audit(by=by, did="began table mode", on=conversation)
    return conversation


@transaction.atomic
def end_table(*, by: Actor, conversation: Conversation) -> Conversation:
    """Turn table mode off: every device of it is an ordinary one from its next page on."""
    if conversation.table_key is not None:
        conversation.table_key = conversation.table_until = None
        conversation.save(update_fields=["table_key", "table_until"])
        audit(by=by, did="ended table mode", on=conversation)
    return conversation
