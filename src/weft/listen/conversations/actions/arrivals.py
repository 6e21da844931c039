"""The number of the arrival group in which somebody comes, and forgetting what it was made of."""

import hmac
import secrets
from datetime import date, timedelta
from hashlib import sha256

from django.utils import timezone

from weft.core import dates
from weft.listen.conversations.models import FORGOTTEN, ArrivalKey, Conversation, Participant, PastVote

KEPT_AFTER_CLOSING = timedelta(days=30)


def arrival_group(conversation: Conversation, network: str) -> int:
    """The number of all who come to a conversation today from one network.

    It is made with a key of the day that is gone tomorrow, so no number leads back to a network, or to another day or
    conversation.
    """
    told = f"{conversation.pk} {network}".encode()
    return int.from_bytes(hmac.digest(_key(dates.today()), told, "sha256")[:8], "big") >> 2 | 1


def _key(day: date) -> bytes:
    """The key of a day; a new one forgets all before it."""
    kept, is_new = ArrivalKey.objects.get_or_create(
        day=day, defaults={"key": secrets.token_bytes(sha256().digest_size)}
    )
    if is_new:
        ArrivalKey.objects.exclude(day=day).delete()
    return bytes(kept.key)


def forget_groups() -> None:
    """Forget the keys of days that are over, and all groups of conversations that closed a month ago."""
    ArrivalKey.objects.filter(day__lt=dates.today()).delete()
    over = Conversation.objects.filter(closed_at__lt=timezone.now() - KEPT_AFTER_CLOSING)
    for grouped in (
        Participant.objects.filter(conversation__in=over),
        PastVote.objects.filter(statement__conversation__in=over),
    ):
        grouped.filter(arrival_group__isnull=False).exclude(arrival_group=FORGOTTEN).update(arrival_group=FORGOTTEN)
