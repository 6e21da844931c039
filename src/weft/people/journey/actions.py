"""Planning sessions and saying who came."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from weft.people.audit.actions import audit
from weft.people.journey.models import Attendance, Session
from weft.people.journey.queries import next_number
from weft.people.programmes.models import Membership, Programme


@transaction.atomic
def save_session(
    *, by: Any, programme: Programme, session: Session | None = None, number: int | None = None, **facts: Any
) -> Session:
    """Plan a session, or change it."""
    session = session or Session(programme=programme, number=number or next_number(programme))
    for name, value in facts.items():
        setattr(session, name, value)
    session.save()
    audit(by=by, did="saved session", on=session, programme=programme)
    return session


@transaction.atomic
def say_who_came(*, by: Any, session: Session, came: Iterable[Membership]) -> None:
    """Record who came; the list replaces the one before."""
    wanted = {membership.pk for membership in came}
    session.attendances.exclude(membership__in=wanted).delete()
    known = set(session.attendances.values_list("membership_id", flat=True))
    Attendance.objects.bulk_create(Attendance(session=session, membership_id=key) for key in sorted(wanted - known))
    audit(by=by, did="said who came", on=session, programme=session.programme, came=len(wanted))
