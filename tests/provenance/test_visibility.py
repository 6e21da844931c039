"""Who sees an item: one table, asked for one item and for many."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client

from tests.cast import Cast, joins
from weft.people.programmes.access import standing_of
from weft.people.programmes.models import Role
from weft.provenance import actions
from weft.provenance.models import Link, Node
from weft.provenance.visibility import SEES, Visibility, is_for_team, is_public, public, sees, visible

READERS = {
    "stranger": {"of everybody"},
    "sam": {"of everybody"},  # convenes another programme
    "nobody": {"of everybody", "of the programme"},  # its safeguarding lead: belongs to it and works in no team
    "kit": {"of everybody", "of the programme", "of company"},
    "mo": {"of everybody", "of the programme", "of summer"},
    "lena": {"of everybody", "of the programme", "of summer"},
    "cora": {"of everybody", "of the programme", "of summer", "of company", "of no team"},
}


@pytest.fixture
def items(cast: Cast) -> dict[str, Node]:
    """One item of each visibility, and of each team."""
    joins(cast.nobody, cast.pell, None, Role.SAFEGUARDING)
    wanted = {
        "of everybody": (Visibility.PUBLIC, cast.summer),
        "of the programme": (Visibility.PROGRAMME, cast.company),
        "of summer": (Visibility.TEAM, cast.summer),
        "of company": (Visibility.TEAM, cast.company),
        "of no team": (Visibility.TEAM, None),
    }
    with transaction.atomic():
        return {
            title: actions.record(
                by=cast.cora, kind="finding", programme=cast.pell, team=team, title=title, visibility=visibility
            )
            for title, (visibility, team) in wanted.items()
        }


def test_every_visibility_is_in_the_table():
    assert list(SEES) == list(Visibility)


@pytest.mark.parametrize(("name", "seen"), READERS.items())
@pytest.mark.parametrize("is_open", [True, False])
def test_the_predicate_and_the_condition_agree(cast: Cast, items: dict[str, Node], name: str, seen: set, is_open: bool):
    cast.pell.is_public = is_open
    user = getattr(cast, name, AnonymousUser())
    here = standing_of(user, cast.pell)
    expected = seen if is_open or name not in {"stranger", "sam"} else set()
    assert {title for title, node in items.items() if sees(here, node)} == expected
    found = Node.objects.filter(visible(here), programme=cast.pell)
    assert set(found.values_list("title", flat=True)) == expected


def test_the_condition_reaches_an_item_from_what_points_to_it(cast: Cast, items: dict[str, Node]):
    end = items["of company"]
    for title in ("of everybody", "of summer"):
        actions.link(by=cast.cora, source=items[title], target=end, relation="supports")
    assert [link.source.title for link in Link.objects.filter(public("source__"))] == ["of everybody"]
    here = standing_of(cast.mo, cast.pell)
    assert Link.objects.filter(visible(here, "source__")).count() == 2
    assert not Link.objects.filter(visible(here, "target__")).exists()


def test_what_everybody_sees_and_what_is_the_teams_alone(items: dict[str, Node]):
    assert {title for title, node in items.items() if is_public(node)} == {"of everybody"}
    assert {title for title, node in items.items() if is_for_team(node)} == {"of summer", "of company", "of no team"}


def test_a_former_member_stands_outside(cast: Cast, items: dict[str, Node]):
    cast.mo.memberships.update(to_on="2026-01-06")
    here = standing_of(cast.mo, cast.pell)
    assert (here.is_member, here.works_in(cast.summer.pk), here.leads(cast.summer.pk)) == (False, False, False)
    assert not sees(here, items["of the programme"])


def test_only_a_lead_leads_and_a_convenor_leads_everywhere(cast: Cast):
    leads = {name: standing_of(getattr(cast, name), cast.pell).leads(cast.summer.pk) for name in ("lena", "mo", "cora")}
    assert leads == {"lena": True, "mo": False, "cora": True}


@pytest.mark.parametrize(("name", "status"), [("stranger", 404), ("sam", 404), ("nobody", 200), ("cora", 200)])
def test_a_closed_programme_has_no_page_for_strangers(cast: Cast, items, client: Client, name: str, status: int):
    cast.pell.is_public = False
    cast.pell.save(update_fields=["is_public"])
    if name != "stranger":
        client.force_login(getattr(cast, name))
    code = items["of everybody"].code
    for address in (f"/pell/{code}/thread/", "/pell/search/?words=everybody", "/pell/"):
        assert client.get(address).status_code == status, address
