"""Loading who, where and together with whom."""

from datetime import date, datetime

from django.utils import timezone

from weft.core.errors import Refused
from weft.filing.parts import moment_on
from weft.people.accounts.actions import open_account
from weft.people.journey.actions import plan_session, say_who_came
from weft.people.leads.actions import step_up
from weft.people.programmes.actions import (
    add_member,
    add_organisation,
    add_place,
    add_venue,
    make_programme,
    make_team,
)
from weft.people.programmes.file import belongs
from weft.people.programmes.models import Membership, Programme
from weft.programme_file.schema import File
from weft.programme_file.schema_people import Session
from weft.programme_file.state import Loading


def begun(file: File) -> datetime:
    """When the programme was begun."""
    programme = file.programme
    if programme.made_at:
        return programme.made_at
    return moment_on(programme.starts_on) if programme.starts_on else timezone.now()


def begun_on(programme: Programme) -> date:
    """The day from which whoever belongs does so, where nothing else is told."""
    return timezone.localtime(programme.made_at).date()


def load_people(load: Loading) -> None:
    """Write the programme and everybody in it."""
    slug = load.file.programme.slug
    with load.at("programme", "slug"):
        if Programme.objects.filter(slug=slug).exists():
            raise Refused(f"the programme {slug} is here already, and stays as it is.")
        facts = load.file.programme.model_dump(exclude={"slug", "name", "made_at"}, exclude_unset=True)
        about = load.file.programme
        load.programme = make_programme(by=None, slug=about.slug, name=about.name, made_at=load.begun, **facts)
    load.finish()
    for at, person in enumerate(load.file.people):
        with load.at("people", at):
            load.people[person.key] = open_account(
                by=None, email=person.email, name=person.name, name_in_public=person.name_in_public
            )
    _bodies(load)
    _places(load)
    _teams(load)
    _members(load)
    _sessions(load)


def _bodies(load: Loading) -> None:
    for at, body in enumerate(load.file.organisations):
        with load.at("organisations", at):
            facts = body.model_dump(exclude_unset=True)
            load.organisations[body.slug] = add_organisation(by=None, programme=load.programme, **facts)


def _places(load: Loading) -> None:
    for at, place in enumerate(load.file.places):
        with load.at("places", at):
            facts = place.model_dump(exclude_unset=True, exclude={"venues"})
            load.places[place.slug] = add_place(by=None, programme=load.programme, **facts)
        for number, venue in enumerate(place.venues):
            with load.at("places", at, "venues", number):
                facts = venue.model_dump(exclude_unset=True, exclude={"run_by"})
                run_by = load.organisations[venue.run_by] if venue.run_by else None
                name, whole = f"{place.slug}/{venue.slug}", load.places[place.slug]
                load.venues[name] = add_venue(by=None, place=whole, run_by=run_by, **facts)


def _teams(load: Loading) -> None:
    # a colour that is asked for is not given to a team that takes any
    for at, team in sorted(enumerate(load.file.teams), key=lambda pair: pair[1].yarn is None):
        with load.at("teams", at):
            load.teams[team.slug] = make_team(
                by=None,
                programme=load.programme,
                name=team.name,
                slug=team.slug,
                former=team.former,
                summary=team.summary,
                colour=team.yarn,
                places=[load.places[slug] for slug in team.places],
                organisations=[load.organisations[slug] for slug in team.organisations],
            )


def _members(load: Loading) -> None:
    for at, one in enumerate(load.file.memberships):
        with load.at("memberships", at):
            membership = add_member(
                by=None,
                programme=load.programme,
                team=load.teams[one.team] if one.team else None,
                user=load.people[one.person],
                role=one.role,
                sector=one.sector or "",
                organisation=load.organisations[one.organisation] if one.organisation else None,
                does=one.does,
                from_on=one.from_on or begun_on(load.programme),
                to_on=one.to_on,
            )
            load.rows["memberships"][at] = membership
            continue
        load.rows["left out"][one.person] = True
    for at, lead in sorted(enumerate(load.file.leads), key=lambda pair: pair[1].from_on):
        with load.at("leads", at):
            held = belongs(load, lead.person, lead.team, lead.from_on)
            if held is None:
                raise load.faulty(("leads", at, "person"), f"{lead.person} is not a member of the team {lead.team}.")
            facts = lead.given("supports", "reason", "to_on")
            step_up(by=None, membership=held, stage=lead.stage, from_on=lead.from_on, **facts)


def _sessions(load: Loading) -> None:
    for at, session in enumerate(load.file.sessions):
        with load.at("sessions", at):
            facts = session.model_dump(exclude={"came"}, exclude_unset=True)
            made = plan_session(by=None, programme=load.programme, **facts)
            if session.came:
                say_who_came(by=None, session=made, came=_came(load, session, at))


def _came(load: Loading, session: Session, at: int) -> list[Membership]:
    came = []
    for number, person in enumerate(session.came):
        with load.at("sessions", at, "came", number):
            membership = belongs(load, person, None, timezone.localtime(session.starts_at).date())
            if membership is None:
                raise Refused(f"{person} does not belong to the programme.")
            came.append(membership)
    return came
