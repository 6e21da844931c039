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
    FormerAddress,
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
    *("settings", "insights", "recommendations", "weave", "items", "editions", "responses", "audit", "concerns"),
}
INVITATION_DAYS = 21
LONGEST_ADDRESS = 20


def free_slug(name: str, taken: Iterable[str], reserved: set[str], longest: int = 50) -> str:
    """An address made of a name that nothing else has."""
    base = slugify(name)[:longest].strip("-") or "unnamed"
    known = {*taken, *reserved}
    number = 1
    slug = base
    while slug in known:
        number += 1
        slug = f"{base[: longest - len(str(number)) - 1].strip('-')}-{number}"
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
    former: Iterable[str] = (),
    colour: int | None = None,
    places: Iterable[Place] = (),
    organisations: Iterable[Organisation] = (),
) -> Team:
    """Begin a team; it gets the next free colour, and where none is chosen an address made of its name."""
    if slug:
        _check_address(programme, slug)
    slug = slug or free_slug(name, _addresses(programme), TAKEN_IN_PROGRAMME, LONGEST_ADDRESS)
    if colour is None:
        used = set(programme.teams.values_list("colour", flat=True))
        colour = next(n for n in range(1, 100) if n not in used)
    team = Team.objects.create(programme=programme, slug=slug, name=name, summary=summary, colour=colour)
    team.places.set(places)
    team.organisations.set(organisations)
    for old in former:
        _check_address(programme, old)
        FormerAddress.objects.create(programme=programme, slug=old, team=team)
    audit(by=by, did="made team", on=team, programme=programme, team=team)
    return team


def _addresses(programme: Programme, but: Team | None = None) -> set[str]:
    """The addresses that teams have, or had once and that are still sent on; those of one team may be left out."""
    now = programme.teams.values_list("slug", "pk")
    once = programme.former_addresses.values_list("slug", "team_id")
    return {slug for slug, team in (*now, *once) if but is None or team != but.pk}


def _check_address(programme: Programme, slug: str, team: Team | None = None) -> None:
    if slug in TAKEN_IN_PROGRAMME or slug in _addresses(programme, but=team):
        raise Refused(f"The address {slug} is taken. Choose another.", field="slug")


@transaction.atomic
def edit_team(
    *,
    by: Actor,
    team: Team,
    revision: int,
    name: str,
    slug: str,
    summary: str,
    places: Iterable[Place],
    organisations: Iterable[Organisation],
) -> Team:
    """Change what a team says of itself, unless somebody else did so first. An address that it had is sent on."""
    team = Team.objects.select_for_update(of=("self",)).select_related("programme").get(pk=team.pk)
    places, organisations = list(places), list(organisations)
    saved = {"places": list(team.places.all()), "organisations": list(team.organisations.all())}
    said = {"name": name, "slug": slug, "summary": summary}
    sent = {**said, "places": places, "organisations": organisations}
    check_revision(revision, team.revision, {**facts_of(team, said), **saved}, sent)
    if slug != team.slug:
        _check_address(team.programme, slug, team)
        team.former_addresses.filter(slug=slug).delete()
        FormerAddress.objects.create(programme=team.programme, slug=team.slug, team=team)
    team.name, team.slug, team.summary, team.revision = name, slug, summary, team.revision + 1
    team.save(update_fields=["name", "slug", "summary", "revision"])
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
def call_oneself(*, by: User, name: str, name_in_public: str) -> User:
    """Say what one is called, and whether that may stand on public pages.

    The trail of every programme where somebody is or was says that they did, so that nothing kept tells otherwise.
    """
    by.name, by.name_in_public = name, name_in_public
    by.save(update_fields=["name", "shows_name", "is_under_18"])
    for programme in Programme.objects.filter(memberships__user=by).distinct():
        audit(by=by, did="said what they are called", on=by, programme=programme)
    return by


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
    """Let somebody go. What they made stays theirs; a programme keeps at least one convenor."""
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
def accept_invitation(
    *, by: User | None, invitation: Invitation, name: str = "", name_in_public: str = ""
) -> Membership:
    """Come in. Whoever holds the letter reads that mailbox, so an account is made for its address if there is none."""
    standing = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if standing.accepted_at or standing.withdrawn_at:
        raise Refused("This invitation does not stand any more. Ask for a new one.")
    user = by or User.objects.filter(email=invitation.email).first()
    if user is None:
        user = User.objects.create_user(invitation.email, name or invitation.name, name_in_public)
    else:
        call_oneself(by=user, name=name or user.name, name_in_public=name_in_public or user.name_in_public)
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
