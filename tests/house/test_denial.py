"""Whoever may not reach an address does not: tried on every guarded address of the site, by reading and by writing."""

import uuid
from collections.abc import Iterable, Iterator
from itertools import chain

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, cast
from tests.house.routes import Route, routes
from weft.people.programmes.models import Programme, Team
from weft.provenance.actions import record

pytestmark = [pytest.mark.django_db, pytest.mark.long]

STAND_INS = {"uuid": uuid.UUID(int=7), "int": 7, "slug": "nonesuch", "str": "NONESUCH", "path": "nonesuch"}
Browsers = dict[str, Client]
GUARDED = [route for route in routes() if route.access != "everyone"]
ABOUT_A_PROGRAMME = [route for route in GUARDED if "programme" in route.parts]
OUTSIDERS = {
    "signed_in": ("anonymous",),
    "operator": ("anonymous", "nobody", "cora"),
    "reader": (),
    "team_reader": (),
    "item_reader": ("anonymous", "nobody", "sam", "ola", "kit"),
    "member": ("anonymous", "nobody", "sam", "ola"),
    "convenor": ("anonymous", "nobody", "sam", "ola", "lena", "mo", "kit"),
    "safeguarding": ("anonymous", "nobody", "sam", "ola", "lena", "mo", "kit", "cora"),
    "maker": ("anonymous", "nobody", "sam", "ola", "kit"),
    "team_member": ("anonymous", "nobody", "sam", "ola", "kit"),
    "team_lead": ("anonymous", "nobody", "sam", "ola", "kit", "mo"),
    "item_editor": ("anonymous", "nobody", "sam", "ola", "kit"),
}


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast, on stage once for all; what a test does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield cast()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(people: Cast) -> Browsers:
    """A browser for whoever knocks somewhere, each signed in once."""
    found = {who: Client(raise_request_exception=False) for who in {*chain(*OUTSIDERS.values())}}
    for who, browser in found.items():
        if who != "anonymous":
            browser.force_login(getattr(people, who))
    return found


def address_of(route: Route, people: Cast, of: Team | Programme | None = None) -> str:
    """The address for the first team of the cast, or whose it is; an item there is one that only its team may see."""
    values = {part: STAND_INS.get(kind, "F-NONESUCH") for part, kind in route.parts.items()}
    known = {"programme": people.pell.slug, "team": (of or people.summer).room}
    values |= {part: value for part, value in known.items() if part in values}
    if route.access in {"item_reader", "item_editor"}:
        assert route.kind
        with transaction.atomic():
            made = record(
                by=None, kind=route.kind.key, programme=people.pell, team=people.summer, title="x", visibility="team"
            )
        values["code"] = made.code
    return reverse(route.name, kwargs=values)


def answers(address: str, browser: Client) -> dict[str, str]:
    """What reading and writing are answered with; being sent to sign in is a kind of answer of its own."""
    found = {}
    for method in ("get", "post"):
        response = getattr(browser, method)(address)
        to_sign_in = response.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
        found[method] = "sign in" if to_sign_in else str(response.status_code)
    return found


def assert_refused(address: str, browsers: Browsers, outsiders: Iterable[str]) -> None:
    """A page that is only read or only written answers the other with 405, after the same guard or before it."""
    for outsider in outsiders:
        found = answers(address, browsers[outsider])
        refusal = {"sign in", "404"} if outsider == "anonymous" else {"404"}
        assert set(found.values()) <= refusal | {"405"}, f"{outsider} at {address}: {found}"
        assert set(found.values()) & refusal, f"{outsider} at {address}: {found}"


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_outsiders_do_not_get_in(route: Route, people: Cast, browsers: Browsers) -> None:
    assert_refused(address_of(route, people), browsers, OUTSIDERS[route.access or ""])


@pytest.mark.parametrize("route", [route for route in GUARDED if route.access == "maker"], ids=str)
def test_what_the_whole_programme_has_is_made_by_its_convenors_alone(
    route: Route, people: Cast, browsers: Browsers
) -> None:
    address = address_of(route, people, people.pell)
    assert f"/{people.pell.room}/" in address
    assert_refused(address, browsers, (*OUTSIDERS["maker"], "lena", "mo"))


@pytest.mark.parametrize("route", ABOUT_A_PROGRAMME, ids=str)
def test_a_programme_that_is_not_public_is_not_there(route: Route, people: Cast, browsers: Browsers) -> None:
    address = address_of(route, people)
    Programme.objects.filter(pk=people.pell.pk).update(is_public=False)
    for stranger in ("anonymous", "nobody", "sam", "ola"):
        found = set(answers(address, browsers[stranger]).values())
        assert found <= {"404", "405"}, f"{stranger} at {address}: {found}"
        assert "404" in found
