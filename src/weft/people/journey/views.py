"""The learning journey of a cohort."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from weft.core import access
from weft.core.pages import form_page, page
from weft.people.journey import actions, queries
from weft.people.journey.forms import CameForm, SessionForm
from weft.people.journey.models import Session
from weft.people.programmes.models import Programme
from weft.people.programmes.queries import members


def session_or_404(programme: Programme, number: int) -> Session:
    """One session of the programme."""
    found = queries.session_of(programme, number)
    if found is None:
        raise Http404(access.NOT_HERE)
    return found


@access.member
def journey(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Every session, held and to come."""
    return page(request, "journey/journey.html", {"sessions": queries.sessions(programme)})


@access.member
def session(request: HttpRequest, programme: Programme, number: int) -> HttpResponse:
    """One session."""
    found = session_or_404(programme, number)
    came = found.attendances.select_related("membership__user", "membership__team")
    return page(request, "journey/session.html", {"session": found, "came": came})


@access.convenor
def save_session(request: HttpRequest, programme: Programme, number: int = 0) -> HttpResponse:
    """Plan a session, or change it."""
    found = session_or_404(programme, number) if number else None
    form = SessionForm(request.POST or None, initial=SessionForm.from_session(found) if found else {})
    if form.is_valid():
        saved = actions.save_session(by=request.user, programme=programme, session=found, **form.facts())
        return redirect("journey:session", programme.slug, saved.number)
    back = f"/{programme.slug}/journey/"
    return form_page(request, form, str(found or "Plan a session"), back, crumb="Learning journey")


@access.convenor
def who_came(request: HttpRequest, programme: Programme, number: int) -> HttpResponse:
    """Say who came to a session."""
    found = session_or_404(programme, number)
    initial = [str(key) for key in found.attendances.values_list("membership_id", flat=True)]
    form = CameForm(request.POST or None, members=list(members(programme)), initial={"came": initial})
    if form.is_valid():
        actions.say_who_came(by=request.user, session=found, came=form.who())
        return redirect("journey:session", programme.slug, number)
    back = f"/{programme.slug}/journey/{number}/"
    return form_page(request, form, f"Who came to: {found}", back, crumb=str(found))
