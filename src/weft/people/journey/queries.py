"""The sessions of a programme."""

from django.db.models import Count, QuerySet

from weft.people.journey.models import Session
from weft.people.programmes.models import Programme


def sessions(programme: Programme) -> QuerySet[Session]:
    """Every session with how many came."""
    return programme.sessions.annotate(came=Count("attendances")).order_by("number")


def session_of(programme: Programme, number: int) -> Session | None:
    """One session."""
    found = programme.sessions.annotate(came=Count("attendances")).filter(number=number).first()
    if found is not None:
        found.programme = programme
    return found


def next_number(programme: Programme) -> int:
    """The number that the next session gets."""
    last = programme.sessions.order_by("-number").first()
    return last.number + 1 if last else 1
