"""Who reaches which page of Make sense and Frame."""

import pytest

from tests.cast import Cast
from tests.sense.voices import conversation, story, two_camps
from weft.frame.problems.actions import write_problem
from weft.provenance.items import Origin
from weft.sense.findings.actions import make_finding, make_gap
from weft.sense.maps.actions import draw_map
from weft.sense.sources.actions import add_source, take_excerpt

pytestmark = pytest.mark.sqlite

ADD = ["sources/new/", "findings/new/", "gaps/new/", "maps/new/", "problems/new/"]
LISTS = ["sources/", "findings/", "gaps/"]
CHANGE = [
    *("S-2H6QB/edit/", "S-2H6QB/excerpt/", "S-2H6QB/take-back/"),
    *("Q-2PASS/take-back/", "Y-2TELL/excerpt/"),
    *("F-7K3QD/edit/", "F-7K3QD/evidence/", "F-7K3QD/questions/", "F-7K3QD/take-back/"),
    *("G-4P6NE/edit/", "G-4P6NE/offer/", "G-4P6NE/close/", "G-4P6NE/take-back/"),
    *("N-2MAPS/take-back/", "P-3FAML/edit/", "P-3FAML/take-back/"),
]
POSTS = ["G-4P6NE/reopen/", "N-2MAPS/check/", "P-3FAML/publish/"]
READ = [
    *("S-2H6QB/", "Q-2PASS/", "F-7K3QD/", "G-4P6NE/", "N-2MAPS/"),
    *("P-3FAML/", "P-3FAML/version/1/", "P-3FAML/changes/"),
]


@pytest.fixture
def house(cast: Cast) -> Cast:
    """One of everything, all of it the team's own so far."""
    own = {"by": cast.mo, "of": cast.summer, "visibility": "team"}
    source = add_source(**own, title="Fares", type="data", text="A return costs 9.60.", origin=Origin(code="S-2H6QB"))
    take_excerpt(by=cast.mo, of=source.node, start=0, end=8, origin=Origin(code="Q-2PASS"))
    make_finding(**own, title="The fare", origin=Origin(code="F-7K3QD"))
    make_gap(**own, title="Who never came?", origin=Origin(code="G-4P6NE"))
    write_problem(**own, title="Going without", text="They do.", origin=Origin(code="P-3FAML"))
    talk = conversation(cast.summer)
    story(talk, "A story of one's own.").__class__.objects.filter(kind="story").update(code="Y-2TELL")
    two_camps(talk, sizes=(12, 12), cards=4)
    draw_map(by=cast.mo, conversation=talk, visibility="team", origin=Origin(code="N-2MAPS"))
    return cast


@pytest.mark.parametrize("path", [*CHANGE, *(f"summer/{path}" for path in ADD)])
def test_only_the_team_and_its_convenor_change_things(client, house: Cast, path: str):
    assert client.get(f"/pell/{path}").status_code == 302
    for stranger in (house.kit, house.ola, house.nobody):
        client.force_login(stranger)
        assert client.get(f"/pell/{path}").status_code == 404
    for worker in (house.mo, house.lena, house.cora):
        client.force_login(worker)
        assert client.get(f"/pell/{path}").status_code == 200
    assert client.get(f"/other/{path}").status_code == 404


@pytest.mark.parametrize("path", POSTS)
def test_only_the_team_posts(client, house: Cast, path: str):
    assert client.post(f"/pell/{path}").status_code == 302
    for stranger in (house.kit, house.ola, house.nobody):
        client.force_login(stranger)
        assert client.post(f"/pell/{path}").status_code == 404
    client.force_login(house.mo)
    assert client.get(f"/pell/{path}").status_code == 405


@pytest.mark.parametrize("path", READ)
def test_what_is_the_teams_is_read_by_the_team(client, house: Cast, path: str):
    for stranger in (None, house.kit, house.ola):
        if stranger:
            client.force_login(stranger)
        assert client.get(f"/pell/{path}").status_code == 404
    client.force_login(house.mo)
    assert client.get(f"/pell/{path}").status_code == 200


@pytest.mark.parametrize("path", LISTS)
def test_lists_show_a_stranger_nothing_of_the_teams(client, house: Cast, path: str):
    titles = ("Fares", "The fare", "Who never came?")
    page = client.get(f"/pell/summer/{path}").content.decode()
    assert not any(title in page for title in titles)
    client.force_login(house.mo)
    page = client.get(f"/pell/summer/{path}").content.decode()
    assert any(title in page for title in titles)
