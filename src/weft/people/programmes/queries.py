"""Reading programmes, teams, organisations, places, and who belongs."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from weft.core import dates
from weft.core.access import found_or_404
from weft.people.accounts.models import User
from weft.people.programmes.models import Invitation, Membership, Organisation, Place, Programme, Role, Team, Venue


def current(day: Any = None) -> Q:
    """Memberships that stand on a day, today if none is given."""
    day = day or dates.today()
    return Q(from_on__lte=day) & (Q(to_on=None) | Q(to_on__gt=day))


def public_programmes() -> QuerySet[Programme]:
    """The programmes that everybody may see, newest first."""
    return Programme.objects.filter(is_public=True).prefetch_related("teams").order_by("-made_at")


@dataclass(frozen=True)
class Mine:
    """One programme of somebody, with the teams they work in and what else they are."""

    programme: Programme
    teams: list[Team]
    roles: list[str]
    guards: bool


def mine(user: User) -> list[Mine]:
    """Where somebody belongs. One query."""
    memberships = (
        Membership.objects.filter(current(), user=user).select_related("programme", "team").order_by("programme__name")
    )
    grouped: dict[Programme, list[Membership]] = defaultdict(list)
    for membership in memberships:
        grouped[membership.programme].append(membership)
    return [
        Mine(
            programme,
            [m.team for m in found if m.team],
            sorted({m.get_role_display() for m in found if m.team is None}),
            any(m.role == Role.SAFEGUARDING for m in found),
        )
        for programme, found in grouped.items()
    ]


def members(programme: Programme, team: Team | None = None) -> QuerySet[Membership]:
    """Who belongs now: to a team, or to the whole programme with all its teams."""
    found = Membership.objects.filter(current(), programme=programme).select_related("user", "organisation", "team")
    return (found.filter(team=team) if team else found).order_by("team__colour", "from_on", "id")


def memberships_by_account(programme: Programme) -> dict[int, list[Membership]]:
    """Every membership there is or was in a programme, by the key of its account. One query."""
    found: dict[int, list[Membership]] = defaultdict(list)
    for one in Membership.objects.filter(programme=programme).select_related("organisation", "team"):
        found[one.user_id].append(one)
    return found


def former_members(team: Team) -> QuerySet[Membership]:
    """Who stepped back from a team."""
    return team.memberships.exclude(current()).select_related("user", "organisation").order_by("-to_on")


def safeguarding_leads(programme: Programme, team: Team | None) -> QuerySet[Membership]:
    """Whom concerns of a team are passed to, or of the whole programme: its own leads and those of the programme."""
    rows = Membership.objects.filter(current(), programme=programme, role=Role.SAFEGUARDING)
    return rows.filter(Q(team=team) | Q(team=None)).select_related("user").order_by("from_on", "id")


def open_invitations(programme: Programme, team: Team | None = None) -> QuerySet[Invitation]:
    """Invitations that wait for an answer."""
    found = programme.invitations.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
    return (found.filter(team=team) if team else found).select_related("team", "invited_by")


def _standing_invitations() -> QuerySet[Invitation]:
    found = Invitation.objects.select_related("programme", "team", "invited_by", "organisation")
    return found.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


def invitation_by_secret(secret: str) -> Invitation | None:
    """The invitation this secret opens, if it still stands."""
    hashed = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
    return _standing_invitations().filter(secret_hash=hashed).first()


def invitation_standing(key: int | None) -> Invitation | None:
    """The invitation with this key, if it still stands."""
    return _standing_invitations().filter(pk=key).first() if key else None


def organisations(programme: Programme) -> QuerySet[Organisation]:
    """The organisations of a programme with the teams they work in."""
    return programme.organisations.prefetch_related("teams").order_by("name")


def places(programme: Programme) -> QuerySet[Place]:
    """The places of a programme with their venues."""
    venues = Venue.objects.select_related("run_by").order_by("name")
    return programme.places.prefetch_related(Prefetch("venues", venues)).order_by("name")


def venues_of(programme: Programme) -> QuerySet[Venue]:
    """Every venue of a programme."""
    return Venue.objects.filter(place__programme=programme).select_related("place").order_by("name")


def organisation_of(programme: Programme, slug: str) -> Organisation:
    """One organisation of a programme."""
    return found_or_404(programme.organisations.filter(slug=slug))


def place_of(programme: Programme, slug: str) -> Place:
    """One place of a programme."""
    return found_or_404(programme.places.filter(slug=slug))


def venue_of(programme: Programme, key: int) -> Venue:
    """One venue of a programme."""
    return found_or_404(venues_of(programme).filter(pk=key))


def team_of(programme: Programme, slug: str) -> Team:
    """A team of a programme by its address."""
    return found_or_404(programme.teams.filter(slug=slug))


def where_and_who(team: Team) -> dict[str, list[str]]:
    """The keys of a team's places and organisations. Two queries."""
    return {
        "places": [str(place.pk) for place in team.places.all()],
        "organisations": [str(body.pk) for body in team.organisations.all()],
    }


@dataclass(frozen=True)
class Player:
    """Somebody in a demonstration, with everything they are there."""

    user: User
    parts: list[Membership]


def demo_cast() -> list[Player]:
    """The people of demonstrations, who can be signed in with one tap, each once. One query."""
    found = Membership.objects.filter(current(), programme__is_demo=True)
    parts: dict[User, list[Membership]] = defaultdict(list)
    for one in found.select_related("user", "team", "programme", "organisation").order_by(
        "programme", "team__colour", "id"
    ):
        parts[one.user].append(one)
    return [Player(user, own) for user, own in parts.items()]


def membership_of(team: Team, key: int) -> Membership:
    """One standing membership of a team."""
    return found_or_404(members(team.programme, team).filter(pk=key))


def open_invitation(team: Team, key: int) -> Invitation:
    """One invitation to a team that waits for an answer."""
    return found_or_404(open_invitations(team.programme, team).filter(pk=key))
