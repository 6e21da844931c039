"""Who may reach a page: one decorator on every view, and the only place where roles open doors.

A page asks for something by its address; whoever may not see it gets the same 404 as for something that is not there.
Models are looked up by name, since this gate stands below the rooms it guards.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from weft.core import dates
from weft.core.codes import is_code
from weft.core.errors import Moved

View = Callable[..., HttpResponse]
Row = TypeVar("Row", bound=Model)
NOT_HERE = "There is no such page, or you may not see it."


def found_or_404(rows: QuerySet[Row]) -> Row:
    """The first of some rows; where there is none, there is no such page."""
    found = rows.first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def _declare(name: str, view: View, inner: View) -> View:
    wrapped = wraps(view)(inner)
    wrapped.access = name  # type: ignore[attr-defined]
    return wrapped


def everyone(view: View) -> View:
    """Anybody at all."""
    return _declare("everyone", view, view) if not hasattr(view, "access") else view


def signed_in(view: View) -> View:
    """Anybody with an account."""

    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return _declare("signed_in", view, inner)


def operator(view: View) -> View:
    """Operators of this installation."""

    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.is_operator:
            raise Http404(NOT_HERE)
        return view(request, *args, **kwargs)

    return _declare("operator", view, inner)


class Standing:
    """What one reader is in one programme: read once a request."""

    def __init__(self, user: Any, programme: Any) -> None:
        self.memberships: list[Any] = []
        if user.is_authenticated:
            now = dates.today()
            self.memberships = list(
                apps.get_model("programmes", "Membership").objects.filter(
                    Q(to_on=None) | Q(to_on__gt=now), user=user, programme=programme, from_on__lte=now
                )
            )
        self.is_operator = user.is_authenticated and user.is_operator
        self.is_convenor = any(m.role == "convenor" for m in self.memberships)
        self.is_member = bool(self.memberships)

    def works_in(self, team_id: int | None) -> bool:
        """Whether this reader works in the team: its members, and the programme's convenors."""
        return self.is_convenor or any(
            m.team_id == team_id and m.role in {"member", "lead"} for m in self.memberships if team_id is not None
        )

    def leads(self, team_id: int | None) -> bool:
        """Whether this reader leads the team, or convenes its programme."""
        return self.is_convenor or any(m.team_id == team_id and m.role == "lead" for m in self.memberships if m.team_id)

    def sees(self, node: Any) -> bool:
        """Whether this reader may see the item."""
        if node.visibility == "public":
            return node.programme.is_public or self.is_member
        if node.visibility == "programme":
            return self.is_member
        return self.works_in(node.team_id)


def standing(request: HttpRequest, programme: Any) -> Standing:
    """What the reader is in this programme."""
    kept: dict[int, Standing] = request.__dict__.setdefault("_standings", {})
    if programme.pk not in kept:
        kept[programme.pk] = Standing(request.user, programme)
    return kept[programme.pk]


def _enter(request: HttpRequest, programme: Any) -> Standing:
    """Let the reader into a programme that is public or their own; to others it is not there."""
    here = standing(request, programme)
    if not (programme.is_public or here.is_member):
        raise Http404(NOT_HERE)
    request.programme = programme  # type: ignore[attr-defined]
    request.may_convene_here = here.is_convenor  # type: ignore[attr-defined]
    request.is_member_here = here.is_member  # type: ignore[attr-defined]
    return here


def _programme(request: HttpRequest, programme: str) -> Any:
    found = apps.get_model("programmes", "Programme").objects.filter(slug=programme).first()
    if found is None:
        raise Http404(NOT_HERE)
    _enter(request, found)
    return found


def _in_capitals(request: HttpRequest) -> str:
    """The same address with its second part in capitals, as the codes of items are written."""
    before, programme, code, rest = request.get_full_path().split("/", 3)
    return "/".join((before, programme, code.upper(), rest))


def _team(request: HttpRequest, programme: str, team: str) -> Any:
    teams = apps.get_model("programmes", "Team").objects.select_related("programme")
    found = teams.filter(slug=team, programme__slug=programme).first()
    if found is None:
        raise Moved(_in_capitals(request)) if is_code(team.upper()) else Http404(NOT_HERE)
    _enter(request, found.programme)
    request.team = found  # type: ignore[attr-defined]
    here = standing(request, found.programme)
    request.may_work_here = here.works_in(found.pk)  # type: ignore[attr-defined]
    request.may_lead_here = here.leads(found.pk)  # type: ignore[attr-defined]
    return found


def _guard(
    name: str, fetch: Callable[..., Any], may: Callable[[Standing, Any], bool] | None = None
) -> Callable[[View], View]:
    """A decorator that fetches what the address names, checks, and hands it to the view."""

    def decorator(view: View) -> View:
        def inner(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            slugs = {key: kwargs.pop(key) for key in ("programme", "team") if key in kwargs}
            found = fetch(request, **slugs)
            here = standing(request, request.programme)  # type: ignore[attr-defined]
            if may is not None and not may(here, found):
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                raise Http404(NOT_HERE)
            return view(request, found, **kwargs)

        return _declare(name, view, inner)

    return decorator


reader = _guard("reader", _programme)
member = _guard("member", _programme, lambda here, programme: here.is_member)
convenor = _guard("convenor", _programme, lambda here, programme: here.is_convenor)
team_reader = _guard("team_reader", _team)
team_member = _guard("team_member", _team, lambda here, team: here.works_in(team.pk))
team_lead = _guard("team_lead", _team, lambda here, team: here.leads(team.pk))


def item(kind: str, edit: bool = False, also: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Readers who may see an item of this kind, or those who may change it. A withdrawn one shows its tombstone.

    `also` names what is read along with the node, in the same query.
    """

    def decorator(view: View) -> View:
        def inner(request: HttpRequest, programme: str, code: str, **kwargs: Any) -> HttpResponse:
            nodes = apps.get_model("provenance", "Node").objects.select_related("programme", "team", "made_by", *also)
            node = nodes.filter(programme__slug=programme, kind=kind, code=code.upper()).first()
            if node is None:
                raise Http404(NOT_HERE)
            here = _enter(request, node.programme)
            request.team = node.team  # type: ignore[attr-defined]
            request.may_work_here = here.works_in(node.team_id)  # type: ignore[attr-defined]
            if not edit and not here.sees(node):
                raise Http404(NOT_HERE)
            if edit and not here.works_in(node.team_id):
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                raise Http404(NOT_HERE)
            if node.is_withdrawn:
                return render(request, "core/withdrawn.html", {"node": node}, status=410)
            return view(request, node, **kwargs)

        return _declare("item_editor" if edit else "item_reader", view, inner)

    return decorator
