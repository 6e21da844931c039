"""Who took everything back, and who has not, for the journal of withdrawals."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from weft.listen.conversations.models import Consent, Participant, Scope
from weft.provenance.journal import Entry, Stands, still


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
