"""The sessions of a programme."""

from django.db.models import Count, QuerySet

from weft.core.access import found_or_404
from weft.people.journey.models import Attendance, Session
from weft.people.programmes.models import Programme


def sessions(programme: Programme) -> QuerySet[Session]:
    """Every session with how many came."""
    return programme.sessions.annotate(came=Count("attendances")).order_by("number")


def session_of(programme: Programme, number: int) -> Session:
    """One session."""
    return found_or_404(programme.sessions.annotate(came=Count("attendances")).filter(number=number))


def who_came(session: Session) -> QuerySet[Attendance]:
    """Who came to a session."""
    return session.attendances.select_related("membership__user", "membership__team").order_by("membership_id")


def next_number(programme: Programme) -> int:
    """The number that the next session gets."""
    last = programme.sessions.order_by("-number").first()
    return last.number + 1 if last else 1
