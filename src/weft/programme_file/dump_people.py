"""Dumping who, where and together with whom."""

from typing import Any

from weft.filing.writing import account, put, unless
from weft.people.journey.models import Session
from weft.people.leads.models import Lead
from weft.people.programmes.models import Membership, Place, Programme, Team
from weft.programme_file import schema_people as part
from weft.programme_file.load_people import begun_on


def people(programme: Programme) -> dict[str, Any]:
    """The parts of a file from `programme` to `sessions`, without `people`."""
    return {
        "programme": _programme(programme),
        "organisations": [
            put(
                part.Organisation,
                **{name: getattr(one, name) for name in part.Organisation.model_fields},
            )
            for one in programme.organisations.order_by("slug")
        ],
        "places": [_place(one) for one in programme.places.order_by("slug").prefetch_related("venues__run_by")],
        "teams": [
            _team(one)
            for one in programme.teams.order_by("colour").prefetch_related(
                "places", "organisations", "former_addresses"
            )
        ],
        "memberships": _memberships(programme),
        "leads": _leads(programme),
        "sessions": _sessions(programme),
    }


def _programme(programme: Programme) -> dict[str, Any]:
    return put(part.Programme, **{name: getattr(programme, name) for name in part.Programme.model_fields})


def _place(place: Place) -> dict[str, Any]:
    venues = []
    for venue in sorted(place.venues.all(), key=lambda one: one.slug):
        names = [name for name in part.Venue.model_fields if name != "run_by"]
        run_by = venue.run_by.slug if venue.run_by else None
        venues.append(put(part.Venue, run_by=run_by, **{name: getattr(venue, name) for name in names}))
    facts = {name: getattr(place, name) for name in part.Place.model_fields if name != "venues"}
    return put(part.Place, venues=venues, **facts)


def _team(team: Team) -> dict[str, Any]:
    return put(
        part.Team,
        slug=team.slug,
        former=[one.slug for one in team.former_addresses.all()],
        name=team.name,
        summary=team.summary,
        yarn=team.colour,
        places=sorted(one.slug for one in team.places.all()),
        organisations=sorted(one.slug for one in team.organisations.all()),
    )


def _memberships(programme: Programme) -> list[dict[str, Any]]:
    found = Membership.objects.filter(programme=programme).select_related("team", "organisation").order_by("id")
    return [
        put(
            part.Membership,
            person=account(one.user_id),
            team=one.team.slug if one.team else None,
            role=one.role,
            sector=one.sector or None,
            organisation=one.organisation.slug if one.organisation else None,
            does=one.does,
            from_on=unless(one.from_on, begun_on(programme)),
            to_on=one.to_on,
        )
        for one in found
    ]


def _leads(programme: Programme) -> list[dict[str, Any]]:
    found = Lead.objects.filter(team__programme=programme).select_related("team", "membership")
    return [
        put(
            part.Lead,
            person=account(one.membership.user_id),
            team=one.team.slug,
            stage=one.stage,
            supports=one.supports,
            from_on=one.from_on,
            to_on=one.to_on,
            reason=one.reason,
        )
        for one in found.order_by("from_on", "id")
    ]


def _sessions(programme: Programme) -> list[dict[str, Any]]:
    found = Session.objects.filter(programme=programme).order_by("number").prefetch_related("attendances__membership")
    dumped = []
    for one in found:
        came = dict.fromkeys(row.membership.user_id for row in sorted(one.attendances.all(), key=lambda row: row.pk))
        facts = {name: getattr(one, name) for name in part.Session.model_fields if name != "came"}
        dumped.append(put(part.Session, came=[account(user) for user in came], **facts))
    return dumped
