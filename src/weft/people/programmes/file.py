"""How the bodies and places of a programme are named in its file, and who belongs to it."""

from datetime import date

from weft.filing.keys import named
from weft.filing.loading import Loading, Missing
from weft.filing.parts import OrganisationName, PlaceName, TeamName, VenueName
from weft.people.programmes.models import Membership, Organisation, Place, Role, Team, Venue

named(Organisation, "organisations", OrganisationName, lambda body: body.slug)
named(Place, "places", PlaceName, lambda place: place.slug)
named(Venue, "venues", VenueName, lambda venue: f"{venue.place.slug}/{venue.slug}")
named(Team, "teams", TeamName, lambda team: team.slug)


def belongs(load: Loading, person: str, team: str | None, on: date | None = None) -> Membership | None:
    """The membership by which somebody acts in a team, or at all, on a day."""
    own = _memberships(load, person)
    if team:
        own = [m for m in own if m.team_id == load.rows["teams"][team].pk]
    then = [m for m in own if on is None or (m.from_on <= on and (m.to_on is None or on <= m.to_on))]
    if not own and person in load.rows["left out"]:
        raise Missing
    return next(iter(then or own), None)


def works_in(load: Loading, person: str, team: int | None, on: date) -> bool:
    """Whether somebody worked in a team on a day: its members, and the convenors of the programme."""
    own = _memberships(load, person)
    then = [m for m in own if m.from_on <= on and (m.to_on is None or on < m.to_on)]
    works = any(
        m.role == Role.CONVENOR or (team is not None and m.team_id == team and m.role in {Role.MEMBER, Role.LEAD})
        for m in then
    )
    if not works and person in load.rows["left out"]:
        raise Missing
    return works


def _memberships(load: Loading, person: str) -> list[Membership]:
    return [one for one in load.rows["memberships"].values() if one.user_id == load.rows["people"][person].pk]
