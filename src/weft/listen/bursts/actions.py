"""Deciding on people who came among many from one place, and taking that back."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from weft.core.errors import Refused
from weft.listen.bursts.models import Burst, Decision
from weft.listen.conversations.models import Conversation, Participant, Weight
from weft.people.accounts.models import User
from weft.people.audit.actions import audit

WEIGHTS = {Decision.ASIDE: Weight.SET_ASIDE, Decision.SEEN: Weight.SEEN}


@transaction.atomic
def decide(
    *,
    by: User,
    conversation: Conversation,
    people: Iterable[UUID],
    decision: str,
    because: str,
    first_at: datetime,
    last_at: datetime,
) -> Burst:
    """Set people aside, so that no answer of theirs counts, or say that a member saw them: each counts in full."""
    weight = WEIGHTS[Decision(decision)]
    if not because.strip():
        raise Refused("Say why. It stays in the record.", field="because")
    undecided = Participant.objects.select_for_update().filter(conversation=conversation, weight=Weight.ORDINARY)
    rows = list(undecided.filter(pk__in=list(people)))
    if not rows:
        raise Refused("Somebody has decided on these people already.")
    burst = Burst.objects.create(
        conversation=conversation,
        decision=decision,
        because=because.strip(),
        first_at=first_at,
        last_at=last_at,
        made_by=by,
        made_at=timezone.now(),
    )
    burst.participants.set(rows)
    Participant.objects.filter(pk__in=[one.pk for one in rows]).update(weight=weight)
    audit(by=by, did=f"decided on arrivals: {decision}", on=conversation, count=len(rows))
    return burst


@transaction.atomic
def undo(*, by: User, burst: Burst) -> None:
    """Count people again as if nothing had been decided of them."""
    burst = Burst.objects.select_for_update(of=("self",)).select_related("conversation").get(pk=burst.pk)
    if burst.ended_at is not None:
        return
    burst.ended_at = timezone.now()
    burst.save(update_fields=["ended_at"])
    count = Participant.objects.filter(bursts=burst).update(weight=Weight.ORDINARY)
    audit(by=by, did=f"undid decision on arrivals: {burst.decision}", on=burst.conversation, count=count)
