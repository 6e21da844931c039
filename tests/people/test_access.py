"""Each mark of access: whom it lets in, what it tells the page of its reader, and what the others are told."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, joins, person
from weft.core.standing import Standing
from weft.people.accounts.models import User
from weft.people.programmes.access import standing, standing_of
from weft.people.programmes.models import FormerAddress, Role
from weft.provenance import access
from weft.provenance.models import Node
from weft.sense.findings.actions import make_gap, withdraw_gap

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
ALL = {"anonymous", "nobody", "sam", "ola", "kit", "mo", "lena", "cora", "ida"}
COMPANY = {"kit", "cora"}
TEAM = {"mo", "lena", "cora"}
DOORS = {
    "/mine/name/": ALL - {"anonymous"},
    "/programmes/new/": {"ida"},
    "/pell/": ALL,
    "/pell/journey/": {"kit", *TEAM},
    "/pell/cohort/": {"cora"},
    "/pell/summer/": ALL,
    "/pell/summer/stories/": TEAM,
    "/pell/summer/people/": {"lena", "cora"},
    "/pell/company/stories/": COMPANY,
    "/pell/GAP/": ALL,
    "/pell/GAP/edit/": TEAM,
    "/pell/HIDDEN/": TEAM,
    "/pell/HIDDEN/edit/": TEAM,
    "/pell/TOLD/": {"kit", *TEAM},
    "/other/others/stories/": {"ola", "sam"},
}
SIGN_IN_DOES_NOT_HELP = {"/pell/HIDDEN/", "/pell/TOLD/"}


@pytest.fixture
def gaps(cast: Cast) -> dict[str, Node]:
    """One gap for each visibility; Ida is the operator."""
    person("Ida")
    User.objects.filter(email="ida@example.org").update(is_operator=True)
    seen = {"GAP": "public", "HIDDEN": "team", "TOLD": "programme"}
    return {
        name: make_gap(by=cast.mo, of=cast.summer, title=name, text="We do not know.", visibility=visibility).node
        for name, visibility in seen.items()
    }


def signed_in(name: str) -> Client:
    client = Client()
    if name != "anonymous":
        client.force_login(User.objects.get(email=f"{name}@example.org"))
    return client


def put(address: str, gaps: dict[str, Node]) -> str:
    """The address with the codes of the gaps."""
    return "/".join(gaps[part].code if part in gaps else part for part in address.split("/"))


@pytest.mark.parametrize("door", DOORS)
def test_a_door_opens_for_those_it_is_for_and_for_nobody_else(door: str, cast: Cast, gaps: dict[str, Node]):
    address = put(door, gaps)
    answers = {name: signed_in(name).get(address) for name in sorted(ALL)}
    assert {name for name, answer in answers.items() if answer.status_code == 200} == DOORS[door]
    shut_out = {answers[name].status_code for name in ALL - DOORS[door] - {"anonymous"}}
    assert shut_out <= {404}
    if "anonymous" not in DOORS[door] and door not in SIGN_IN_DOES_NOT_HELP:
        there = f"{resolve_url(settings.LOGIN_URL)}?next={address}"
        assert (answers["anonymous"].status_code, answers["anonymous"]["Location"]) == (302, there)


@pytest.mark.parametrize("name", sorted(SIGN_IN_DOES_NOT_HELP))
def test_what_is_not_for_everybody_is_not_there_for_strangers(name: str, gaps: dict[str, Node]):
    assert Client().get(put(name, gaps)).status_code == 404


@pytest.mark.parametrize("door", [door for door in DOORS if door.startswith("/pell/")])
def test_a_closed_programme_is_not_there_for_those_outside(door: str, cast: Cast, gaps: dict[str, Node]):
    cast.pell.is_public = False
    cast.pell.save(update_fields=["is_public"])
    address = put(door, gaps)
    assert {signed_in(name).get(address).status_code for name in ("anonymous", "nobody", "sam", "ida")} == {404}
    assert signed_in("cora").get(address).status_code == 200


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("/pell/", "may_convene_here"),
        ("/pell/", "is_member_here"),
        ("/pell/summer/", "may_work_here"),
        ("/pell/summer/", "may_lead_here"),
        ("/pell/GAP/", "may_work_here"),
    ],
)
def test_a_page_knows_what_its_reader_may_do_there(path: str, mark: str, cast: Cast, gaps: dict[str, Node]):
    may = {
        "may_convene_here": {"cora"},
        "is_member_here": {"kit", *TEAM},
        "may_work_here": TEAM,
        "may_lead_here": {"lena", "cora"},
    }
    address = put(path, gaps)
    said = {name: signed_in(name).get(address).context[mark] for name in ALL}
    assert {name for name, yes in said.items() if yes} == may[mark]
    assert set(said.values()) == {True, False}


def test_a_page_knows_its_programme_and_its_team(cast: Cast, gaps: dict[str, Node]):
    for path, team in (("/pell/", None), ("/pell/summer/", cast.summer), ("/pell/GAP/", cast.summer)):
        request = Client().get(put(path, gaps)).wsgi_request
        assert (request.programme, getattr(request, "team", None)) == (cast.pell, team)


def test_what_was_taken_back_is_a_tombstone_for_those_who_saw_it(cast: Cast, gaps: dict[str, Node]):
    for name in ("GAP", "HIDDEN"):
        withdraw_gap(by=cast.mo, row=gaps[name].gap)
    answer = Client().get(put("/pell/GAP/", gaps))
    assert answer.status_code == 410
    assert gaps["GAP"].code in answer.content.decode()
    assert signed_in("mo").get(put("/pell/GAP/", gaps)).context["may_work_here"]
    assert Client().get(put("/pell/HIDDEN/", gaps)).status_code == 404
    assert signed_in("mo").get(put("/pell/GAP/edit/", gaps)).status_code == 410
    assert signed_in("kit").get(put("/pell/GAP/edit/", gaps)).status_code == 404


def test_an_item_is_found_in_its_programme_and_as_its_kind_alone(cast: Cast, gaps: dict[str, Node]):
    code = gaps["GAP"].code
    assert Client().get(f"/other/{code}/").status_code == 404
    Node.objects.filter(pk=gaps["GAP"].pk).update(kind="finding")
    assert Client().get(f"/pell/{code}/").status_code == 404


def test_a_team_is_found_in_its_programme_alone(cast: Cast):
    assert Client().get("/other/summer/").status_code == 404
    FormerAddress.objects.create(programme=cast.pell, slug="spring", team=cast.summer)
    assert Client().get("/pell/spring/")["Location"] == "/pell/summer/"
    assert Client().get("/other/spring/").status_code == 404
    assert Client().get("/pell/autumn/").status_code == 404


def test_a_page_that_nobody_has_says_so(cast: Cast):
    assert "There is nothing here" in Client().get("/pell/nonesuch/").content.decode()


def view(request: HttpRequest, *what: object, **more: object) -> HttpResponse:
    """Says what it was handed."""
    return HttpResponse(repr((what, more)))


MARKS = {
    "everyone": access.everyone,
    "signed_in": access.signed_in,
    "operator": access.operator,
    "reader": access.reader,
    "member": access.member,
    "safeguarding": access.safeguarding,
    "convenor": access.convenor,
    "team_reader": access.team_reader,
    "maker": access.maker,
    "team_member": access.team_member,
    "team_lead": access.team_lead,
    "item_reader": access.item("gap"),
    "item_editor": access.item("gap", edit=True),
}


@pytest.mark.parametrize("name", MARKS)
def test_a_view_says_by_which_mark_it_is_guarded(name: str):
    marked = MARKS[name](view)
    assert (marked.access, marked.__name__, marked.__doc__) == (name, "view", view.__doc__)
    assert access.everyone(marked).access == name


@pytest.mark.parametrize("name", ["everyone", "signed_in", "operator"])
def test_a_view_is_handed_what_its_address_says(name: str, cast: Cast):
    request = RequestFactory().get("/")
    request.user = cast.mo
    request.user.is_operator = True
    assert MARKS[name](view)(request, 1, key=2).content == b"((1,), {'key': 2})"


def test_a_view_is_handed_what_its_mark_found_and_the_rest_of_its_address(cast: Cast, gaps: dict[str, Node]):
    request = RequestFactory().get("/")
    request.user = cast.cora
    gap = gaps["GAP"]
    for name, address, found in (
        ("convenor", {"programme": "pell"}, cast.pell),
        ("team_lead", {"programme": "pell", "team": "summer"}, cast.summer),
        ("maker", {"programme": "pell", "team": "summer"}, cast.summer),
        ("maker", {"programme": "pell", "team": "items"}, cast.pell),
        ("item_reader", {"programme": "pell", "code": gap.code}, gap),
    ):
        assert MARKS[name](view)(request, **address, key=2).content.decode() == repr(((found,), {"key": 2}))


def test_an_item_is_read_with_what_its_page_needs(cast: Cast, gaps: dict[str, Node], django_assert_num_queries):
    def page(request: HttpRequest, node: Node) -> HttpResponse:
        with django_assert_num_queries(0):
            return HttpResponse(f"{node.programme} {node.team} {node.made_by} {node.gap.text}")

    request = RequestFactory().get("/")
    request.user = cast.mo
    answer = access.item("gap", also=("gap",))(page)(request, programme="pell", code=gaps["GAP"].code.lower())
    assert answer.content.decode() == "Pell Coast Together Long Summer Mo We do not know."


def test_a_convenor_for_a_while_stands_outside_afterwards(cast: Cast):
    joins(cast.nobody, cast.pell, None, Role.CONVENOR, to_on=date(2026, 1, 6))
    assert not standing_of(cast.nobody, cast.pell).is_convenor


def test_a_safeguarding_lead_of_a_team_reads_and_does_not_work_there(cast: Cast):
    joins(cast.nobody, cast.pell, cast.summer, Role.SAFEGUARDING)
    here = standing_of(cast.nobody, cast.pell)
    assert here == Standing(may_enter=True, is_member=True, guarded=frozenset({cast.summer.pk}))
    assert here.guards
    assert not here.guards_all


def test_what_a_reader_is_in_a_programme_is_read_once_a_request(cast: Cast):
    request = RequestFactory().get("/")
    request.user = cast.mo
    with CaptureQueriesContext(connection) as asked:
        found = [standing(request, one) for one in (cast.pell, cast.pell, cast.other, cast.pell)]
    assert len(asked) == 2
    assert [here.is_member for here in found] == [True, True, False, True]
