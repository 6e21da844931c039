"""A small named cast for tests: one programme with two teams, another programme, and who they are."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from weft.people.accounts.models import User
from weft.people.programmes.models import Membership, Organisation, Place, Programme, Role, Sector, Team, Venue


@dataclass
class Cast:
    """Everybody in the tests, by name."""

    pell: Programme
    summer: Team
    company: Team
    other: Programme
    others: Team
    ormsea: Place
    kitchen: Organisation
    pool: Venue
    cora: User  # convenor of pell
    lena: User  # lead of summer, council
    mo: User  # member of summer, community
    kit: User  # member of company
    sam: User  # convenor of the other programme
    ola: User  # member of the other programme's team
    nobody: User  # an account that belongs nowhere


def person(name: str) -> User:
    """An account."""
    return User.objects.create_user(f"{name.lower()}@example.org", name)


def joins(
    user: User, programme: Programme, team: Team | None, role: str, sector: str = "", **more: object
) -> Membership:
    """A membership since January 2026."""
    return Membership.objects.create(
        user=user, programme=programme, team=team, role=role, sector=sector, from_on=date(2026, 1, 5), **more
    )


def cast() -> Cast:
    """Put the cast on stage."""
    now = timezone.now()
    pell = Programme.objects.create(slug="pell", name="Pell Coast Together", made_at=now)
    other = Programme.objects.create(slug="other", name="Another Programme", made_at=now)
    summer = Team.objects.create(programme=pell, slug="summer", name="Long Summer", colour=1)
    company = Team.objects.create(programme=pell, slug="company", name="Good Company", colour=2)
    others = Team.objects.create(programme=other, slug="others", name="The Others", colour=1)
    ormsea = Place.objects.create(programme=pell, slug="ormsea", name="Ormsea")
    kitchen = Organisation.objects.create(
        programme=pell, slug="tide-room", name="The Tide Room", sector=Sector.COMMUNITY
    )
    pool = Venue.objects.create(place=ormsea, slug="pool", name="Ormsea pool")
    people = {name: person(name.title()) for name in ("cora", "lena", "mo", "kit", "sam", "ola", "nobody")}
    joins(people["cora"], pell, None, Role.CONVENOR, Sector.ACADEMIA)
    joins(people["lena"], pell, summer, Role.LEAD, Sector.LOCAL_GOVERNMENT)
    joins(people["mo"], pell, summer, Role.MEMBER, Sector.COMMUNITY, organisation=kitchen)
    joins(people["kit"], pell, company, Role.MEMBER, Sector.ACADEMIA)
    joins(people["sam"], other, None, Role.CONVENOR)
    joins(people["ola"], other, others, Role.MEMBER)
    return Cast(
        pell=pell,
        summer=summer,
        company=company,
        other=other,
        others=others,
        ormsea=ormsea,
        kitchen=kitchen,
        pool=pool,
        **people,
    )
