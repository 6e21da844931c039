"""What every page shares on which somebody may take part for the first time."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from weft.core import throttle
from weft.listen import device
from weft.listen.conversations import actions, queries
from weft.listen.conversations.actions.arrivals import arrival_group
from weft.listen.conversations.models import Conversation, Participant


def newcomer(request: HttpRequest, conversation: Conversation, secret: str) -> Participant:
    """Somebody who contributes for the first time, with the group in which they come."""
    throttle.limit(request, "newcomer", settings.MOST_NEWCOMERS)
    coming: dict[str, Any] = queries.coming(
        conversation, device.age_said(request, conversation.code), device.is_shared(request)
    )
    if not device.is_shared(request):
        coming["arrival_group"] = arrival_group(conversation, throttle.network(request))
    return actions.add_participant(by=None, conversation=conversation, secret=secret, **coming)
