"""Programmes, teams, organisations, places, and who belongs."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from weft.core.pages import confirm_page, form_page, page
from weft.core.revisions import facts_of
from weft.core.saving import attempt
from weft.people.accounts.queries import account_at
from weft.people.programmes import access, actions, queries
from weft.people.programmes.forms import (
    AcceptForm,
    EditOrganisationForm,
    EditPlaceForm,
    EditProgrammeForm,
    EditTeamForm,
    EditVenueForm,
    InviteForm,
    NameForm,
    NewProgrammeForm,
    OrganisationForm,
    PlaceForm,
    TeamForm,
    VenueForm,
)
from weft.people.programmes.models import Programme, Role, Team

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
INVITED = "invitation"


@access.signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """My programmes and teams."""
    return page(request, "programmes/mine.html", {"mine": queries.mine(request.user)})


@access.signed_in
def name(request: HttpRequest) -> HttpResponse:
    """Change my name, and say whether it may stand on public pages."""
    said = {"name": request.user.name, "name_in_public": request.user.name_in_public}
    form = NameForm(request.POST or None, initial=said)
    if form.is_valid():
        actions.call_oneself(by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("programmes:mine")
    return form_page(request, form, "Your name", reverse("programmes:mine"), crumb="My teams")


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
    return form_page(request, form, "Begin a programme", reverse("programmes:mine"), button="Begin")


@access.convenor
def edit(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Change what the programme says of itself."""
    form = EditProgrammeForm(request.POST or None, initial=facts_of(programme, EditProgrammeForm.base_fields))
    if attempt(form, lambda: actions.edit_programme(by=request.user, programme=programme, **form.facts())):
        return redirect("cohort:cohort", programme.slug)
    return form_page(request, form, f"About {programme}", reverse("cohort:cohort", args=[programme.slug]))


@access.convenor
def new_team(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Begin a team."""
    form = TeamForm(request.POST or None, programme=programme)
    if team := attempt(form, lambda: actions.make_team(by=request.user, programme=programme, **form.facts())):
        return redirect("programmes:team_people", programme.slug, team.slug)
    return form_page(request, form, "Begin a team", reverse("cohort:cohort", args=[programme.slug]), button="Begin")


@access.team_lead
def edit_team(request: HttpRequest, team: Team) -> HttpResponse:
    """Change what the team says of itself."""
    initial = facts_of(team, ("name", "slug", "summary", "revision")) | queries.where_and_who(team)
    form = EditTeamForm(request.POST or None, programme=team.programme, initial=initial)
    if saved := attempt(form, lambda: actions.edit_team(by=request.user, team=team, **form.facts())):
        return redirect(saved)
    return form_page(
        request, form, f"About {team}", reverse("programmes:team_people", args=[team.programme.slug, team.slug])
    )


@access.reader
def organisations(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Every organisation and its front door."""
    return page(request, "programmes/organisations.html", {"organisations": queries.organisations(programme)})


@access.member
def new_organisation(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Add an organisation and its front door."""
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        actions.add_organisation(by=request.user, programme=programme, **form.facts())
        return redirect("programmes:organisations", programme.slug)
    return form_page(request, form, "Add an organisation", reverse("programmes:organisations", args=[programme.slug]))


@access.member
def edit_organisation(request: HttpRequest, programme: Programme, slug: str) -> HttpResponse:
    """Change an organisation's front door."""
    found = queries.organisation_of(programme, slug)
    form = EditOrganisationForm(request.POST or None, initial=facts_of(found, EditOrganisationForm.base_fields))
    if attempt(form, lambda: actions.edit_organisation(by=request.user, organisation=found, **form.facts())):
        return redirect("programmes:organisations", programme.slug)
    return form_page(request, form, str(found), reverse("programmes:organisations", args=[programme.slug]))


@access.reader
def places(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Places and the venues where people are met."""
    return page(request, "programmes/places.html", {"places": queries.places(programme)})


@access.member
def new_place(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Add a place."""
    form = PlaceForm(request.POST or None)
    if form.is_valid():
        actions.add_place(by=request.user, programme=programme, **form.facts())
        return redirect("programmes:places", programme.slug)
    return form_page(request, form, "Add a place", reverse("programmes:places", args=[programme.slug]))


@access.member
def edit_place(request: HttpRequest, programme: Programme, slug: str) -> HttpResponse:
    """Change what is said of a place."""
    found = queries.place_of(programme, slug)
    form = EditPlaceForm(request.POST or None, initial=facts_of(found, EditPlaceForm.base_fields))
    if attempt(form, lambda: actions.edit_place(by=request.user, place=found, **form.facts())):
        return redirect("programmes:places", programme.slug)
    return form_page(request, form, str(found), reverse("programmes:places", args=[programme.slug]))


@access.member
def new_venue(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Add a venue where people are met."""
    form = VenueForm(request.POST or None, programme=programme)
    if form.is_valid():
        actions.add_venue(by=request.user, **form.facts())
        return redirect("programmes:places", programme.slug)
    return form_page(request, form, "Add a venue", reverse("programmes:places", args=[programme.slug]))


@access.member
def edit_venue(request: HttpRequest, programme: Programme, key: int) -> HttpResponse:
    """Change what is said of a venue."""
    found = queries.venue_of(programme, key)
    initial = facts_of(found, EditVenueForm.base_fields)
    initial |= {"place": str(found.place_id), "run_by": str(found.run_by_id or "")}
    form = EditVenueForm(request.POST or None, programme=programme, initial=initial)
    if attempt(form, lambda: actions.edit_venue(by=request.user, venue=found, **form.facts())):
        return redirect("programmes:places", programme.slug)
    return form_page(request, form, str(found), reverse("programmes:places", args=[programme.slug]))


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
    membership = queries.membership_of(team, key)
    actions.change_role(by=request.user, membership=membership, role=request.POST.get("role", ""))
    return redirect("programmes:team_people", team.programme.slug, team.slug)


@access.team_lead
def end_membership(request: HttpRequest, team: Team, key: int) -> HttpResponse:
    """Let somebody go, after asking."""
    membership = queries.membership_of(team, key)
    back = reverse("programmes:team_people", args=[team.programme.slug, team.slug])
    if request.method == "POST":
        actions.end_membership(by=request.user, membership=membership)
        return redirect(back)
    said = ["What they made stays, with their name or what stands for it.", "They can no longer open the workspace."]
    return confirm_page(request, f"Does {membership.user} leave {team}?", said, "Yes, they leave", back)


@access.team_lead
@require_POST
def withdraw_invitation(request: HttpRequest, team: Team, key: int) -> HttpResponse:
    """Take an invitation back."""
    actions.withdraw_invitation(by=request.user, invitation=queries.open_invitation(team, key))
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
    known = account_at(found.email)
    if known is not None and known != request.user:
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        return page(request, "programmes/other_account.html", {"invitation": found})
    said = {"name": (known and known.name) or found.name, "name_in_public": known and known.name_in_public}
    form = AcceptForm(request.POST or None, initial=said)
    if form.is_valid():
        membership = actions.accept_invitation(by=known, invitation=found, **form.cleaned_data)
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
        chosen = next((one.user for one in queries.demo_cast() if str(one.user.pk) == wanted), None)
        if chosen is None:
            raise Http404(access.NOT_HERE)
        login(request, chosen, backend=BACKEND)
        return redirect("programmes:mine")
    return page(request, "programmes/demo.html", {"cast": queries.demo_cast()})
