"""Programmes, teams, organisations, places, and who belongs."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from weft.core import access
from weft.core.pages import confirm_page, form_page, page
from weft.people.accounts.models import User
from weft.people.programmes import actions, queries
from weft.people.programmes.forms import (
    AcceptForm,
    InviteForm,
    NewProgrammeForm,
    OrganisationForm,
    PlaceForm,
    ProgrammeForm,
    TeamForm,
    VenueForm,
)
from weft.people.programmes.models import Organisation, Place, Programme, Role, Team, Venue

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
INVITED = "invitation"


@access.signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """My programmes and teams."""
    return page(request, "programmes/mine.html", {"mine": queries.mine(request.user)})


@access.operator
def new(request: HttpRequest) -> HttpResponse:
    """Begin a programme and invite its convenor."""
    form = NewProgrammeForm(request.POST or None, initial={"is_public": True})
    if form.is_valid():
        facts = dict(form.cleaned_data)
        convenor = facts.pop("convenor")
        programme = actions.make_programme(by=request.user, **facts)
        actions.invite(by=request.user, programme=programme, email=convenor, role=Role.CONVENOR)
        messages.success(request, f"{programme} has begun. {convenor} has been sent an invitation.")
        return redirect("programmes:mine")
    return form_page(request, form, "Begin a programme", "/mine/", button="Begin")


@access.convenor
def edit(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Change what the programme says of itself."""
    names = list(ProgrammeForm.base_fields)
    form = ProgrammeForm(request.POST or None, initial={name: getattr(programme, name) for name in names})
    if form.is_valid():
        actions.edit_programme(by=request.user, programme=programme, **form.cleaned_data)
        return redirect(f"/{programme.slug}/cohort/")
    return form_page(request, form, f"About {programme}", f"/{programme.slug}/cohort/")


@access.convenor
def new_team(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Begin a team."""
    form = TeamForm(request.POST or None, programme=programme)
    if form.is_valid():
        team = actions.make_team(by=request.user, programme=programme, **form.facts())
        return redirect("programmes:team_people", programme.slug, team.slug)
    return form_page(request, form, "Begin a team", f"/{programme.slug}/cohort/", button="Begin")


@access.team_lead
def edit_team(request: HttpRequest, team: Team) -> HttpResponse:
    """Change what the team says of itself."""
    initial = {"name": team.name, "summary": team.summary}
    initial |= {n: [str(r.pk) for r in getattr(team, n).all()] for n in ("places", "organisations")}
    form = TeamForm(request.POST or None, programme=team.programme, initial=initial)
    if form.is_valid():
        actions.edit_team(by=request.user, team=team, **{"places": [], "organisations": [], **form.facts()})
        return redirect(f"/{team.programme.slug}/{team.slug}/")
    return form_page(request, form, f"About {team}", f"/{team.programme.slug}/{team.slug}/people/")


@access.reader
def organisations(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Every organisation and its front door."""
    return page(request, "programmes/organisations.html", {"organisations": queries.organisations(programme)})


@access.member
def save_organisation(request: HttpRequest, programme: Programme, slug: str = "") -> HttpResponse:
    """Add an organisation, or change its front door."""
    organisation = get_object_or_404(Organisation, programme=programme, slug=slug) if slug else None
    initial = {n: getattr(organisation, n) for n in OrganisationForm.base_fields} if organisation else {}
    form = OrganisationForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.save_organisation(by=request.user, programme=programme, organisation=organisation, **form.cleaned_data)
        return redirect("programmes:organisations", programme.slug)
    heading = str(organisation) if organisation else "Add an organisation"
    return form_page(request, form, heading, f"/{programme.slug}/organisations/")


@access.reader
def places(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Places and the venues where people are met."""
    return page(request, "programmes/places.html", {"places": queries.places(programme)})


@access.member
def save_place(request: HttpRequest, programme: Programme, slug: str = "") -> HttpResponse:
    """Add or change a place."""
    place = get_object_or_404(Place, programme=programme, slug=slug) if slug else None
    initial = {n: getattr(place, n) for n in PlaceForm.base_fields} if place else {}
    form = PlaceForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.save_place(by=request.user, programme=programme, place=place, **form.cleaned_data)
        return redirect("programmes:places", programme.slug)
    return form_page(request, form, str(place or "Add a place"), f"/{programme.slug}/places/")


@access.member
def save_venue(request: HttpRequest, programme: Programme, key: int = 0) -> HttpResponse:
    """Add or change a venue."""
    venue = get_object_or_404(Venue, place__programme=programme, pk=key) if key else None
    initial = {n: getattr(venue, n) for n in ("name", "what", "at_home", "gives", "lacks")} if venue else {}
    if venue:
        initial |= {"place": str(venue.place_id), "run_by": str(venue.run_by_id or "")}
    form = VenueForm(request.POST or None, programme=programme, initial=initial)
    if form.is_valid():
        actions.save_venue(by=request.user, venue=venue, **form.facts())
        return redirect("programmes:places", programme.slug)
    return form_page(request, form, str(venue or "Add a venue"), f"/{programme.slug}/places/")


@access.convenor
def people(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Everybody in the programme, and inviting convenors and safeguarding leads."""
    form = InviteForm(request.POST or None, programme=programme)
    if form.is_valid():
        actions.invite(by=request.user, programme=programme, **form.facts())
        messages.success(request, f"{form.cleaned_data['email']} has been sent an invitation.")
        return redirect("programmes:people", programme.slug)
    words = {"members": queries.members(programme), "invitations": queries.open_invitations(programme)}
    return page(request, "programmes/people.html", words, form)


@access.team_lead
def team_people(request: HttpRequest, team: Team) -> HttpResponse:
    """Who belongs to the team, and inviting others."""
    form = InviteForm(request.POST or None, programme=team.programme, team=team)
    if form.is_valid():
        actions.invite(by=request.user, programme=team.programme, team=team, **form.facts())
        messages.success(request, f"{form.cleaned_data['email']} has been sent an invitation.")
        return redirect("programmes:team_people", team.programme.slug, team.slug)
    words = {
        "members": queries.members(team.programme, team),
        "former": queries.former_members(team),
        "invitations": queries.open_invitations(team.programme, team),
    }
    return page(request, "programmes/people.html", words, form)


@access.team_lead
@require_POST
def member_role(request: HttpRequest, team: Team, key: int) -> HttpResponse:
    """Make a member the team's lead, or a member again."""
    membership = queries.membership_for(team.programme, key, team)
    if membership is None:
        raise Http404(access.NOT_HERE)
    actions.change_role(by=request.user, membership=membership, role=request.POST.get("role", ""))
    return redirect("programmes:team_people", team.programme.slug, team.slug)


@access.team_lead
def end_membership(request: HttpRequest, team: Team, key: int) -> HttpResponse:
    """Let somebody go, after asking."""
    membership = queries.membership_for(team.programme, key, team)
    if membership is None:
        raise Http404(access.NOT_HERE)
    back = f"/{team.programme.slug}/{team.slug}/people/"
    if request.method == "POST":
        actions.end_membership(by=request.user, membership=membership)
        return redirect(back)
    said = ["What they made stays, with their name.", "They can no longer open the workspace."]
    return confirm_page(request, f"Does {membership.user} leave {team}?", said, "Yes, they leave", back)


@access.team_lead
@require_POST
def withdraw_invitation(request: HttpRequest, team: Team, key: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(queries.open_invitations(team.programme, team), pk=key)
    actions.withdraw_invitation(by=request.user, invitation=invitation)
    return redirect("programmes:team_people", team.programme.slug, team.slug)


@access.everyone
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Where the letter leads: the secret is changed for a mark in the session, and stands in no address after that."""
    found = queries.invitation_by_secret(secret)
    request.session[INVITED] = found.pk if found else None
    return redirect("programmes:come_in")


@access.everyone
@never_cache
def come_in(request: HttpRequest) -> HttpResponse:
    """Accept an invitation. Whoever has an account signs in to it first: a letter that was passed on opens none."""
    found = queries.invitation_standing(request.session.get(INVITED))
    if found is None:
        return page(request, "programmes/no_invitation.html")
    known = User.objects.filter(email=found.email).first()
    if known is not None and known != request.user:
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        return page(request, "programmes/other_account.html", {"invitation": found})
    form = AcceptForm(request.POST or None, initial={"name": (known and known.name) or found.name})
    if form.is_valid():
        membership = actions.accept_invitation(by=known, invitation=found, name=form.cleaned_data["name"])
        if known is None:
            login(request, membership.user, backend=BACKEND)
        messages.success(request, f"Welcome to {found.team or found.programme}.")
        return redirect("programmes:mine")
    return page(request, "programmes/invitation.html", {"invitation": found}, form)


def is_this_machine(request: HttpRequest) -> bool:
    """Whether the request came from the machine that serves it, straight and under a local name."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    local = request.META.get("REMOTE_ADDR", "") in {"127.0.0.1", "::1"} and "HTTP_X_FORWARDED_FOR" not in request.META
    return local and (host in {"localhost", "127.0.0.1", "::1"} or host.endswith(".localhost"))


@access.everyone
def demo(request: HttpRequest) -> HttpResponse:
    """Sign in as anyone of the demonstration's cast, with one tap; only on this machine and only with WEFT_DEMO."""
    if not (settings.DEMO and is_this_machine(request)):
        raise Http404(access.NOT_HERE)
    if request.method == "POST":
        wanted = request.POST.get("user", "")
        chosen = next((one.user for one in queries.demo_cast() if str(one.user_id) == wanted), None)
        if chosen is None:
            raise Http404(access.NOT_HERE)
        login(request, chosen, backend=BACKEND)
        return redirect("programmes:mine")
    return page(request, "programmes/demo.html", {"cast": queries.demo_cast()})
