"""Planning sessions and saying who came."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from weft.core.revisions import check_revision, facts_of
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.people.journey.models import Attendance, Session
from weft.people.journey.queries import next_number
from weft.people.programmes.models import Membership, Programme


@transaction.atomic
def plan_session(*, by: Actor, programme: Programme, number: int | None = None, **facts: Any) -> Session:
    """Plan a session."""
    session = Session.objects.create(programme=programme, number=number or next_number(programme), **facts)
    audit(by=by, did="planned session", on=session, programme=programme)
    return session


@transaction.atomic
def edit_session(*, by: Actor, session: Session, revision: int, **facts: Any) -> Session:
    """Change a session, unless somebody else did so first."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    check_revision(revision, session.revision, facts_of(session, facts), facts)
    for name, value in {**facts, "revision": session.revision + 1}.items():
        setattr(session, name, value)
    session.save(update_fields=[*facts, "revision"])
    audit(by=by, did="edited session", on=session)
    return session


@transaction.atomic
def say_who_came(*, by: Actor, session: Session, came: Iterable[Membership], revision: int | None = None) -> Session:
    """Record who came; the list replaces the one before, unless somebody else did so first."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    before = {one.membership_id: one.membership for one in session.attendances.select_related("membership__user")}
    wanted = {membership.pk: membership for membership in came}
    said = {"came": list(before.values())}, {"came": list(wanted.values())}
    check_revision(revision, session.came_revision, *said)
    session.attendances.exclude(membership__in=wanted).delete()
    Attendance.objects.bulk_create(
        Attendance(session=session, membership_id=key) for key in sorted({*wanted} - {*before})
    )
    session.came_revision += 1
    session.save(update_fields=["came_revision"])
    audit(by=by, did="said who came", on=session, programme=session.programme, came=len(wanted))
    return session
