"""Who may reach the pages of a programme or a team, and what one reader is there."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse

from weft.core.access import NOT_HERE, View, declare, everyone, found_or_404, operator, sent_away, signed_in
from weft.core.codes import is_code
from weft.core.errors import Moved
from weft.core.standing import Standing
from weft.people.accounts.models import User
from weft.people.programmes.models import FormerAddress, Membership, Programme, Role, Team
from weft.people.programmes.queries import current

__all__ = [
    "NOT_HERE",
    "convenor",
    "enter",
    "everyone",
    "maker",
    "member",
    "operator",
    "reader",
    "safeguarding",
    "signed_in",
    "standing",
    "standing_of",
    "team_lead",
    "team_member",
    "team_reader",
]

Found = TypeVar("Found", Programme, Team, Team | Programme)


def standing_of(user: User | AnonymousUser, programme: Programme) -> Standing:
    """What somebody is in a programme. One query, none for a stranger."""
    if not user.is_authenticated:
        return Standing(may_enter=programme.is_public)
    own = list(Membership.objects.filter(current(), user=user, programme=programme))
    return Standing(
        may_enter=programme.is_public or bool(own),
        is_member=bool(own),
        is_convenor=any(one.role == Role.CONVENOR for one in own),
        teams=frozenset(one.team_id for one in own if one.team_id and one.role in {Role.MEMBER, Role.LEAD}),
        led=frozenset(one.team_id for one in own if one.team_id and one.role == Role.LEAD),
        guards_all=any(one.role == Role.SAFEGUARDING and one.team_id is None for one in own),
        guarded=frozenset(one.team_id for one in own if one.team_id and one.role == Role.SAFEGUARDING),
    )


def standing(request: HttpRequest, programme: Programme) -> Standing:
    """What the reader is in this programme: read once a request."""
    kept: dict[int, Standing] = request.__dict__.setdefault("_standings", {})
    if programme.pk not in kept:
        kept[programme.pk] = standing_of(request.user, programme)
    return kept[programme.pk]


def enter(request: HttpRequest, programme: Programme) -> Standing:
    """Let the reader into a programme that is public or their own; to others it is not there."""
    here = standing(request, programme)
    if not here.may_enter:
        raise Http404(NOT_HERE)
    request.programme = programme  # type: ignore[attr-defined]
    request.may_convene_here = here.is_convenor  # type: ignore[attr-defined]
    request.is_member_here = here.is_member  # type: ignore[attr-defined]
    return here


def _programme(request: HttpRequest, programme: str) -> Programme:
    found = found_or_404(Programme.objects.filter(slug=programme))
    enter(request, found)
    return found


def _moved(request: HttpRequest, to: str) -> Moved:
    """Send on to the same address with another second part."""
    before, programme, _, rest = request.get_full_path().split("/", 3)
    return Moved("/".join((before, programme, to, rest)))


def _sent_on(request: HttpRequest, programme: str, team: str) -> Exception:
    """Where an address leads that no team has: to one that had it once, or to an item, whose code is in capitals."""
    found = (
        FormerAddress.objects.select_related("programme", "team").filter(slug=team, programme__slug=programme).first()
    )
    if found is not None:
        enter(request, found.programme)
        return _moved(request, found.team.slug)
    return _moved(request, team.upper()) if is_code(team.upper()) else Http404(NOT_HERE)


def _team(request: HttpRequest, programme: str, team: str) -> Team:
    found = Team.objects.select_related("programme").filter(slug=team, programme__slug=programme).first()
    if found is None:
        raise _sent_on(request, programme, team)
    here = enter(request, found.programme)
    request.team = found  # type: ignore[attr-defined]
    request.may_work_here = here.works_in(found.pk)  # type: ignore[attr-defined]
    request.may_lead_here = here.leads(found.pk)  # type: ignore[attr-defined]
    return found


def _of(request: HttpRequest, programme: str, team: str) -> Team | Programme:
    """The team, or the programme where its own room stands in a team's place."""
    if team != Programme.room:
        return _team(request, programme, team)
    found = _programme(request, programme)
    request.may_work_here = standing(request, found).works_in(None)  # type: ignore[attr-defined]
    return found


def _guard(
    name: str, fetch: Callable[..., Found], may: Callable[[Standing, Found], bool] | None = None
) -> Callable[[View], View]:
    """A mark that fetches what the address names, checks, and hands it to the view."""

    def mark(view: View) -> View:
        def inner(request: HttpRequest, **kwargs: object) -> HttpResponse:
            slugs = {key: kwargs.pop(key) for key in ("programme", "team") if key in kwargs}
            found = fetch(request, **slugs)
            here = standing(request, request.programme)  # type: ignore[attr-defined]
            return view(request, found, **kwargs) if may is None or may(here, found) else sent_away(request)

        return declare(name, view, inner)

    return mark


reader = _guard("reader", _programme)
member = _guard("member", _programme, lambda here, programme: here.is_member)
safeguarding = _guard("safeguarding", _programme, lambda here, programme: here.guards)
convenor = _guard("convenor", _programme, lambda here, programme: here.is_convenor)
maker = _guard("maker", _of, lambda here, of: here.works_in(of.team.pk if of.team else None))
team_reader = _guard("team_reader", _team)
team_member = _guard("team_member", _team, lambda here, team: here.works_in(team.pk))
team_lead = _guard("team_lead", _team, lambda here, team: here.leads(team.pk))
