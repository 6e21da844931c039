"""The short address of a team: chosen, proposed from its name, changed, and the old one sent on."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.journeys.walker import Walker
from weft.people.programmes.models import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora(cast: Cast, client: Client) -> Walker:
    client.force_login(cast.cora)
    return Walker(client)


def begin(walker: Walker, name: str, slug: str = "") -> Walker:
    walker.open("/pell/teams/new/")
    walker.press("Begin", name=name, slug=slug)
    return walker


def test_it_is_what_whoever_begins_the_team_chose(cora: Walker):
    begin(cora, "Young people of the two towns", "two-towns")
    assert Team.objects.get(slug="two-towns").name == "Young people of the two towns"


def test_it_is_made_of_the_name_where_nothing_is_chosen_and_stays_short(cora: Walker):
    for _ in range(2):
        begin(cora, "Young people of the two towns by the sea")
    assert [*Team.objects.filter(slug__startswith="young").values_list("slug", flat=True)] == [
        "young-people-of-the",
        "young-people-of-th-2",
    ]


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("Two Towns", "cannot be an address"),
        ("two--towns", "cannot be an address"),
        ("summer", "is taken"),
        ("search", "is taken"),
        ("x" * 21, "can be up to 20 characters"),
    ],
)
def test_what_cannot_be_one_is_refused_with_what_was_typed(cora: Walker, slug: str, said: str):
    begin(cora, "Another", slug)
    assert cora.reads(said)
    assert not Team.objects.filter(name="Another").exists()


def test_the_old_one_is_sent_on_and_stays_the_teams(cora: Walker, cast: Cast):
    cora.open("/pell/summer/settings/").press("Save", slug="long-summer")
    for old, new in (
        ("/pell/summer/", "/pell/long-summer/"),
        ("/pell/summer/findings/?page=2", "/pell/long-summer/findings/?page=2"),
    ):
        answer = Client().get(old)
        assert (answer.status_code, answer["Location"]) == (308, new)
    begin(cora, "Another", "summer")
    assert cora.reads("is taken")
    cora.open("/pell/long-summer/settings/").press("Save", slug="summer")
    assert Client().get("/pell/summer/").status_code == 200
    assert Client().get("/pell/long-summer/")["Location"] == "/pell/summer/"


def test_a_stranger_learns_nothing_of_a_programme_that_is_not_public(cora: Walker, cast: Cast):
    cora.open("/pell/summer/settings/").press("Save", slug="long-summer")
    cast.pell.is_public = False
    cast.pell.save()
    assert Client().get("/pell/summer/").status_code == 404
