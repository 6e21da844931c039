"""A team's page and its workspace."""

import pytest

from tests.cast import Cast
from tests.pages.test_first_pages import fill

TABS = ("listen", "sense", "frame", "act", "learn", "share")


def test_a_new_team_has_a_page_that_says_so(client, cast: Cast):
    page = client.get("/pell/summer/").content.decode()
    assert "Nothing is recorded yet" in page
    assert "Open the workspace" not in page


def test_the_story_so_far_is_made_of_what_was_recorded(client, cast: Cast):
    fill(cast)
    page = client.get("/pell/summer/").content.decode()
    for words in ("Our story so far", "Towel rides", "Drivers stopped asking", "Keep towel rides"):
        assert words in page


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_for_a_member_empty_and_filled(client, cast: Cast, tab, django_assert_max_num_queries):
    client.force_login(cast.mo)
    address = f"/pell/summer/work/{tab}/"
    assert "What needs doing now" in client.get(address).content.decode()
    fill(cast)
    client.get(address)
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("who", ["kit", "sam", "ola", "nobody"])
def test_a_workspace_is_for_its_team(client, cast: Cast, who):
    assert client.get("/pell/summer/work/listen/").status_code == 302
    client.force_login(getattr(cast, who))
    assert client.get("/pell/summer/work/listen/").status_code == 404


def test_an_unknown_tab_is_not_there(client, cast: Cast):
    client.force_login(cast.mo)
    assert client.get("/pell/summer/work/nothing/").status_code == 404
