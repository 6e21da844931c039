"""Every address says who may reach it, has a name, and types its parts."""

from collections import Counter
from uuid import UUID

import pytest
from django.urls import resolve, reverse

from tests.house.routes import Route, routes
from weft.people.programmes.actions import TAKEN_BY_PAGES, TAKEN_IN_PROGRAMME
from weft.provenance.registry import NOUNS

NEEDS = {
    "everyone": set(),
    "signed_in": set(),
    "operator": set(),
    "reader": {"programme"},
    "member": {"programme"},
    "safeguarding": {"programme"},
    "convenor": {"programme"},
    "team_reader": {"programme", "team"},
    "maker": {"programme", "team"},
    "team_member": {"programme", "team"},
    "team_lead": {"programme", "team"},
    "item_reader": {"programme", "code"},
    "item_editor": {"programme", "code"},
}
ROUTES = routes()
each_route = pytest.mark.parametrize("route", ROUTES, ids=str)


@each_route
def test_its_view_declares_access(route: Route) -> None:
    assert route.access in NEEDS, f"{route}: put a mark of access on {route.view.__module__}"


@each_route
def test_its_address_names_what_the_access_guards(route: Route) -> None:
    assert route.parts.keys() >= NEEDS[route.access or "everyone"]


@each_route
def test_its_parts_are_typed(route: Route) -> None:
    assert route.is_plain, "use path(), not re_path()"
    assert "" not in route.parts.values(), "write <slug:programme>, not <programme>"


def test_each_has_a_name_of_its_own() -> None:
    names = Counter(route.name for route in ROUTES)
    assert [str(route) for route in ROUTES if not route.name] == []
    assert [name for name, count in names.items() if count > 1] == []


@each_route
def test_nothing_before_it_takes_its_address(route: Route) -> None:
    if not route.name or not route.is_plain:
        return
    some = {
        "slug": "nonesuch",
        "int": 7,
        "str": "NONESUCH",
        "path": "nonesuch/",
        "old_word": "gap",
        "uuid": UUID(int=7),
    }
    some |= {"small_code": "f-7k3qd", "any_code": "F-7K3QD", "code": "ZZ-7K3QD"}
    some |= {f"code_{kind.prefix}": f"{kind.prefix}-7K3QD" for kind in NOUNS.values()}
    address = reverse(route.name, kwargs={part: some[kind] for part, kind in route.parts.items()})
    assert resolve(address).view_name == route.name


def test_no_programme_and_no_team_may_take_the_place_of_a_page() -> None:
    parts = [route.address.split("/") for route in ROUTES if route.is_plain]
    assert {first for first, *_ in parts if first and "<" not in first} <= TAKEN_BY_PAGES
    inside = {more[0] for first, *more in parts if first == "<slug:programme>" and more}
    assert {second for second in inside if second and "<" not in second} <= TAKEN_IN_PROGRAMME


def test_no_view_answers_at_two_addresses_by_mistake() -> None:
    addresses = Counter(str(route) for route in ROUTES)
    assert [address for address, count in addresses.items() if count > 1] == []
