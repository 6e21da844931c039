"""Addresses that items had once, and addresses in small letters, are sent on for good."""

import pytest
from django.test import Client

from tests.cast import Cast
from weft.people.programmes.actions import make_team
from weft.provenance.models import Node
from weft.sense.findings.actions import make_gap

pytestmark = pytest.mark.django_db


@pytest.fixture
def gap(cast: Cast) -> Node:
    return make_gap(by=cast.mo, of=cast.summer, title="Who stays away", text="We do not know.").node


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/pell/gap/{}/", "/pell/{}/"),
        ("/pell/gap/{}/edit/", "/pell/{}/edit/"),
        ("/pell/gap/{}/withdraw/", "/pell/{}/take-back/"),
        ("/pell/response/{}/promises/new/", "/pell/{}/new-promise/"),
        ("/pell/project/{}/days/new/", "/pell/{}/new-day/"),
        ("/pell/thread/{}/", "/pell/{}/thread/"),
        ("/pell/gap/{}/?page=2", "/pell/{}/?page=2"),
    ],
)
def test_an_address_under_the_word_of_its_kind_is_sent_on(old: str, new: str, gap: Node) -> None:
    for code in (gap.code, gap.code.lower()):
        answer = Client().post(old.format(code))
        assert (answer.status_code, answer["Location"]) == (308, new.format(gap.code))


def test_it_is_sent_on_whether_or_not_it_is_there() -> None:
    assert Client().get("/nowhere/gap/G-99999/")["Location"] == "/nowhere/G-99999/"


@pytest.mark.parametrize("rest", ["", "edit/", "thread/", "?page=2"])
def test_small_letters_are_sent_on_to_capitals(rest: str, gap: Node) -> None:
    answer = Client().get(f"/pell/{gap.code.lower()}/{rest}")
    assert (answer.status_code, answer["Location"]) == (308, f"/pell/{gap.code}/{rest}")


def test_small_letters_are_a_team_first(cast: Cast) -> None:
    team = make_team(by=cast.cora, programme=cast.pell, name="St Brynn")
    assert team.slug == "st-brynn"
    assert Client().get("/pell/st-brynn/").status_code == 200


def test_what_is_not_below_an_item_is_not_sent_on_in_circles(gap: Node) -> None:
    assert Client().get(f"/pell/{gap.code}/nothing/").status_code == 404
