"""Every address says who may reach it, has a name, and types its parts."""

from collections import Counter

import pytest

from tests.house.routes import Route, routes

NEEDS = {
    "everyone": set(),
    "signed_in": set(),
    "operator": set(),
    "reader": {"programme"},
    "member": {"programme"},
    "convenor": {"programme"},
    "team_reader": {"programme", "team"},
    "team_member": {"programme", "team"},
    "team_lead": {"programme", "team"},
    "item_reader": {"programme", "code"},
    "item_editor": {"programme", "code"},
}
ROUTES = routes()
each_route = pytest.mark.parametrize("route", ROUTES, ids=str)


@each_route
def test_its_view_declares_access(route: Route) -> None:
    assert route.access in NEEDS, f"{route}: put one of core.access's decorators on {route.view.__module__}"


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


def test_no_view_answers_at_two_addresses_by_mistake() -> None:
    addresses = Counter(str(route) for route in ROUTES)
    assert [address for address, count in addresses.items() if count > 1] == []
