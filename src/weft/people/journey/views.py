"""The learning journey of a cohort."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from weft.core.pages import form_page, page
from weft.core.saving import attempt
from weft.people.journey import actions, queries
from weft.people.journey.forms import CameForm, EditSessionForm, SessionForm
from weft.people.programmes import access
from weft.people.programmes.models import Programme
from weft.people.programmes.queries import members


@access.member
def journey(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Every session, held and to come."""
    return page(request, "journey/journey.html", {"sessions": queries.sessions(programme)})


@access.member
def session(request: HttpRequest, programme: Programme, number: int) -> HttpResponse:
    """One session."""
    found = queries.session_of(programme, number)
    return page(request, "journey/session.html", {"session": found, "came": queries.who_came(found)})


@access.convenor
def new_session(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Plan a session."""
    form = SessionForm(request.POST or None)
    if form.is_valid():
        saved = actions.plan_session(by=request.user, programme=programme, **form.facts())
        return redirect("journey:session", programme.slug, saved.number)
    back = reverse("journey:journey", args=[programme.slug])
    return form_page(request, form, "Plan a session", back, crumb="Learning journey")


@access.convenor
def edit_session(request: HttpRequest, programme: Programme, number: int) -> HttpResponse:
    """Change a session."""
    found = queries.session_of(programme, number)
    form = EditSessionForm(request.POST or None, initial=EditSessionForm.from_session(found))
    if attempt(form, lambda: actions.edit_session(by=request.user, session=found, **form.facts())):
        return redirect("journey:session", programme.slug, number)
    return form_page(
        request, form, str(found), reverse("journey:journey", args=[programme.slug]), crumb="Learning journey"
    )


@access.convenor
def who_came(request: HttpRequest, programme: Programme, number: int) -> HttpResponse:
    """Say who came to a session."""
    found = queries.session_of(programme, number)
    said = {"came": [str(one.membership_id) for one in queries.who_came(found)], "revision": found.came_revision}
    form = CameForm(request.POST or None, members=list(members(programme)), initial=said)
    if attempt(form, lambda: actions.say_who_came(by=request.user, session=found, **form.facts())):
        return redirect("journey:session", programme.slug, number)
    back = reverse("journey:session", args=[programme.slug, number])
    return form_page(request, form, f"Who came to: {found}", back, crumb=str(found))
