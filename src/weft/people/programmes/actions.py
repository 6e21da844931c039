"""Making programmes and teams, and letting people in and out."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from weft.core import dates
from weft.core.errors import Refused
from weft.core.revisions import check_revision, facts_of
from weft.people.accounts.models import Actor, User
from weft.people.audit.actions import audit
from weft.people.programmes.models import (
    Invitation,
    Membership,
    Organisation,
    Place,
    Programme,
    Role,
    Team,
    Venue,
)

# Parts of addresses that pages have, and some that they may come to have: no programme and no team may take them.
TAKEN_BY_PAGES = {
    *("accounts", "c", "r", "parts", "privacy", "accessibility", "static", "mine", "sign-in", "sign-out", "demo"),
    *("invitation", "programmes", "api", "favicon", "robots", "manifest", "healthy"),
}
TAKEN_IN_PROGRAMME = {
    *("report", "asks", "conversations", "search", "cohort", "people", "organisations", "places", "journey", "teams"),
    *("settings", "insights", "recommendations", "weave", "items", "editions", "responses", "audit"),
}
INVITATION_DAYS = 21


def free_slug(name: str, taken: Iterable[str], reserved: set[str]) -> str:
    """An address made of a name that nothing else has."""
    base = slugify(name)[:50] or "unnamed"
    known = {*taken, *reserved}
    number = 1
    slug = base
    while slug in known:
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def make_programme(
    *, by: Actor, name: str, slug: str | None = None, made_at: datetime | None = None, **facts: Any
) -> Programme:
    """Begin a programme. An operator does this on a page; the programme file does it too."""
    if slug and (slug in TAKEN_BY_PAGES or Programme.objects.filter(slug=slug).exists()):
        raise Refused(f"The address {slug} is taken. Choose another.")
    slug = slug or free_slug(name, Programme.objects.values_list("slug", flat=True), TAKEN_BY_PAGES)
    programme = Programme.objects.create(slug=slug, name=name, made_at=made_at or timezone.now(), **facts)
    audit(by=by, did="made programme", on=programme, programme=programme)
    return programme


@transaction.atomic
def edit_programme(*, by: Actor, programme: Programme, revision: int, **facts: Any) -> Programme:
    """Change what a programme says of itself, unless somebody else did so first."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    _change(programme, revision, facts)
    audit(by=by, did="edited programme", on=programme, programme=programme)
    return programme


@transaction.atomic
def make_team(
    *,
    by: Actor,
    programme: Programme,
    name: str,
    slug: str | None = None,
    summary: str = "",
    colour: int | None = None,
    places: Iterable[Place] = (),
    organisations: Iterable[Organisation] = (),
) -> Team:
    """Begin a team; it gets the next free colour."""
    teams = list(programme.teams.values_list("slug", "colour"))
    if slug and (slug in TAKEN_IN_PROGRAMME or any(slug == other for other, _ in teams)):
        raise Refused(f"The address {slug} is taken. Choose another.")
    if colour is None:
        used = {taken for _, taken in teams}
        colour = next(n for n in range(1, 100) if n not in used)
    slug = slug or free_slug(name, [s for s, _ in teams], TAKEN_IN_PROGRAMME)
    team = Team.objects.create(programme=programme, slug=slug, name=name, summary=summary, colour=colour)
    team.places.set(places)
    team.organisations.set(organisations)
    audit(by=by, did="made team", on=team, programme=programme, team=team)
    return team


@transaction.atomic
def edit_team(
    *,
    by: Actor,
    team: Team,
    revision: int,
    name: str,
    summary: str,
    places: Iterable[Place],
    organisations: Iterable[Organisation],
) -> Team:
    """Change what a team says of itself, unless somebody else did so first."""
    team = Team.objects.select_for_update(of=("self",)).select_related("programme").get(pk=team.pk)
    places, organisations = list(places), list(organisations)
    saved = {"places": list(team.places.all()), "organisations": list(team.organisations.all())}
    said = {"name": name, "summary": summary}
    sent = {**said, "places": places, "organisations": organisations}
    check_revision(revision, team.revision, {**facts_of(team, said), **saved}, sent)
    team.name, team.summary, team.revision = name, summary, team.revision + 1
    team.save(update_fields=["name", "summary", "revision"])
    team.places.set(places)
    team.organisations.set(organisations)
    audit(by=by, did="edited team", on=team, team=team)
    return team


@transaction.atomic
def add_organisation(*, by: Actor, programme: Programme, slug: str | None = None, **facts: Any) -> Organisation:
    """Add an organisation and its front door."""
    taken = programme.organisations.values_list("slug", flat=True)
    slug = slug or free_slug(facts["name"], taken, {"new"})
    organisation = Organisation.objects.create(programme=programme, slug=slug, **facts)
    audit(by=by, did="added organisation", on=organisation, programme=programme)
    return organisation


@transaction.atomic
def edit_organisation(*, by: Actor, organisation: Organisation, revision: int, **facts: Any) -> Organisation:
    """Change an organisation's front door, unless somebody else did so first."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _change(organisation, revision, facts)
    audit(by=by, did="edited organisation", on=organisation)
    return organisation


@transaction.atomic
def add_place(*, by: Actor, programme: Programme, slug: str | None = None, **facts: Any) -> Place:
    """Add a place."""
    taken = programme.places.values_list("slug", flat=True)
    slug = slug or free_slug(facts["name"], taken, {"new"})
    place = Place.objects.create(programme=programme, slug=slug, **facts)
    audit(by=by, did="added place", on=place, programme=programme)
    return place


@transaction.atomic
def edit_place(*, by: Actor, place: Place, revision: int, **facts: Any) -> Place:
    """Change what is said of a place, unless somebody else did so first."""
    place = Place.objects.select_for_update().get(pk=place.pk)
    _change(place, revision, facts)
    audit(by=by, did="edited place", on=place)
    return place


@transaction.atomic
def add_venue(*, by: Actor, place: Place, slug: str | None = None, **facts: Any) -> Venue:
    """Add a venue where people are met."""
    slug = slug or free_slug(facts["name"], place.venues.values_list("slug", flat=True), {"new"})
    venue = Venue.objects.create(place=place, slug=slug, **facts)
    audit(by=by, did="added venue", on=venue, programme=place.programme)
    return venue


@transaction.atomic
def edit_venue(*, by: Actor, venue: Venue, revision: int, **facts: Any) -> Venue:
    """Change what is said of a venue, unless somebody else did so first."""
    venue = Venue.objects.select_for_update(of=("self",)).select_related("place__programme").get(pk=venue.pk)
    _change(venue, revision, facts)
    audit(by=by, did="edited venue", on=venue, programme=venue.place.programme)
    return venue


def _change(row: Any, revision: int, facts: dict[str, Any]) -> None:
    """Save these facts of a locked row, if it is still as it was when the page was opened."""
    check_revision(revision, row.revision, facts_of(row, facts), facts)
    for name, value in {**facts, "revision": row.revision + 1}.items():
        setattr(row, name, value)
    row.save(update_fields=[*facts, "revision"])


@transaction.atomic
def add_member(
    *,
    by: Actor,
    programme: Programme,
    user: User,
    role: str,
    team: Team | None = None,
    sector: str = "",
    organisation: Organisation | None = None,
    does: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
) -> Membership:
    """Let somebody in; a second time changes nothing."""
    standing = Membership.objects.filter(programme=programme, team=team, user=user, role=role, to_on=None).first()
    if standing is not None and to_on is None:
        return standing
    membership = Membership.objects.create(
        programme=programme,
        team=team,
        user=user,
        role=role,
        sector=sector,
        organisation=organisation,
        does=does,
        from_on=from_on or dates.today(),
        to_on=to_on,
    )
    audit(by=by, did="added member", on=membership, programme=programme, team=team)
    return membership


@transaction.atomic
def change_role(*, by: Actor, membership: Membership, role: str) -> Membership:
    """Make a member of a team its lead, or the other way round."""
    if membership.team is None or role not in {Role.MEMBER, Role.LEAD}:
        raise Refused("Only members of a team can be made its lead, or a member again.")
    membership.role = role
    membership.save(update_fields=["role"])
    audit(by=by, did=f"made {role}", on=membership, programme=membership.programme, team=membership.team)
    return membership


@transaction.atomic
def end_membership(*, by: Actor, membership: Membership) -> Membership:
    """Let somebody go. What they made stays, with their name; a programme keeps at least one convenor."""
    if membership.role == Role.CONVENOR:
        others = Membership.objects.filter(programme=membership.programme, role=Role.CONVENOR, to_on=None)
        if not others.exclude(pk=membership.pk).exists():
            raise Refused("A programme needs at least one convenor. Make somebody else a convenor first.")
    membership.to_on = dates.today()
    membership.save(update_fields=["to_on"])
    membership.leads.filter(to_on=None).update(to_on=dates.today())
    audit(by=by, did="ended membership", on=membership, programme=membership.programme, team=membership.team)
    return membership


@transaction.atomic
def invite(
    *,
    by: User,
    programme: Programme,
    email: str,
    role: str,
    team: Team | None = None,
    name: str = "",
    sector: str = "",
    organisation: Organisation | None = None,
) -> str:
    """Invite somebody by email; a second invitation replaces the first. Returns its secret, which is kept nowhere."""
    email = email.strip().lower()
    if Membership.objects.filter(user__email=email, programme=programme, team=team, role=role, to_on=None).exists():
        raise Refused(f"{email} already belongs here in that role.")
    now = timezone.now()
    Invitation.objects.filter(programme=programme, team=team, email=email, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=now
    )
    secret = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        programme=programme,
        team=team,
        email=email,
        name=name,
        role=role,
        sector=sector,
        organisation=organisation,
        secret_hash=hashlib.sha256(secret.encode()).digest(),
        invited_by=by,
        invited_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    audit(by=by, did="invited", on=invitation, programme=programme, team=team)
    transaction.on_commit(lambda: _send_invitation(invitation, secret))
    return secret


def _send_invitation(invitation: Invitation, secret: str) -> None:
    """The letter."""
    address = settings.ADDRESS + reverse("programmes:invitation", kwargs={"secret": secret})
    where = invitation.team or invitation.programme
    words = {"invitation": invitation, "address": address, "where": where, "days": INVITATION_DAYS}
    send_mail(
        f"{invitation.invited_by} invites you to {where}",
        render_to_string("programmes/invitation.txt", words),
        settings.DEFAULT_FROM_EMAIL,
        [invitation.email],
    )


@transaction.atomic
def withdraw_invitation(*, by: User, invitation: Invitation) -> None:
    """Take an invitation back before it is accepted."""
    if invitation.accepted_at:
        raise Refused("This invitation was accepted already.")
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    audit(by=by, did="withdrew invitation", on=invitation, programme=invitation.programme, team=invitation.team)


@transaction.atomic
def accept_invitation(*, by: User | None, invitation: Invitation, name: str = "") -> Membership:
    """Come in. Whoever holds the letter reads that mailbox, so an account is made for its address if there is none."""
    standing = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if standing.accepted_at or standing.withdrawn_at:
        raise Refused("This invitation does not stand any more. Ask for a new one.")
    user = by or User.objects.filter(email=invitation.email).first()
    if user is None:
        user = User.objects.create_user(invitation.email, name or invitation.name)
    elif name and not user.name:
        user.name = name
        user.save(update_fields=["name"])
    standing.accepted_at = timezone.now()
    standing.save(update_fields=["accepted_at"])
    return add_member(
        by=user,
        programme=invitation.programme,
        team=invitation.team,
        user=user,
        role=invitation.role,
        sector=invitation.sector,
        organisation=invitation.organisation,
    )
