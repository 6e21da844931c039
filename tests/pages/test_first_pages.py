"""Home, programme, search and the cohort board."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from weft.act.manifestos.actions import make_ask
from weft.act.projects.actions import begin_project
from weft.core import dates
from weft.learn.insights.actions import make_insight
from weft.learn.reflections.actions import reflect


def fill(cast: Cast) -> None:
    """A little of everything that does not need a contributor."""
    project = begin_project(by=cast.mo, of=cast.summer, title="Towel rides", trying="Six weeks")
    case = reflect(by=cast.mo, of=cast.summer, learned="Drivers stopped asking.", outcome="as_hoped", project=project)
    insight = make_insight(by=cast.mo, of=cast.summer, title="Open to all", cases=[case.node])
    make_ask(
        by=cast.mo,
        of=cast.summer,
        title="Keep towel rides",
        text="All year.",
        to_role="Head of transport",
        asked_on=dates.today() - timedelta(days=41),
        sources=[insight.node],
    )


def test_home_shows_public_programmes_only(client, cast: Cast):
    cast.other.is_public = False
    cast.other.save()
    page = client.get("/").content.decode()
    assert "Pell Coast Together" in page
    assert "Another Programme" not in page


def test_an_empty_programme_says_what_comes_first(client, cast: Cast):
    page = client.get("/pell/").content.decode()
    assert "Nothing is woven yet" in page
    assert "Long Summer" in page


def test_a_programme_shows_its_weave_and_its_asks(client, cast: Cast):
    fill(cast)
    page = client.get("/pell/").content.decode()
    assert "<svg" in page
    assert "No reply" in page
    assert "Towel rides" in page


def test_a_focus_lights_a_thread_and_lists_it(client, cast: Cast):
    fill(cast)
    code = cast.pell.nodes.get(kind="insight").code
    page = client.get(f"/pell/?focus={code}").content.decode()
    assert "Lit in gold" in page
    assert "weft-strip" in page
    assert client.get("/pell/?focus=%3Cscript%3E").status_code == 200


def test_a_programme_that_is_not_public_is_not_there_for_strangers(client, cast: Cast):
    cast.pell.is_public = False
    cast.pell.save()
    for path in ("/pell/", "/pell/summer/", "/pell/search/", "/pell/conversations/"):
        assert client.get(path).status_code == 404, path
    client.force_login(cast.kit)
    assert client.get("/pell/").status_code == 200


def test_search_finds_by_word_kind_and_team(client, cast: Cast):
    fill(cast)
    page = client.get("/pell/search/?words=towel").content.decode()
    assert "2 items found" in page
    page = client.get("/pell/search/?words=towel&kind=ask").content.decode()
    assert "1 item found" in page
    page = client.get("/pell/search/?words=towel&team=company").content.decode()
    assert "Nothing found" in page


def test_the_cohort_is_for_convenors(client, cast: Cast):
    fill(cast)
    assert client.get("/pell/cohort/").status_code == 302
    client.force_login(cast.lena)
    assert client.get("/pell/cohort/").status_code == 404
    client.force_login(cast.cora)
    page = client.get("/pell/cohort/").content.decode()
    assert "has had no reply for 41 days" in page
    assert "Good Company has recorded nothing yet" in page


@pytest.mark.parametrize(
    "path", ["/", "/pell/", "/pell/search/", "/pell/conversations/", "/pell/insights/", "/pell/places/"]
)
def test_pages_ask_the_database_at_most_twelve_times(client, cast: Cast, path, django_assert_max_num_queries):
    fill(cast)
    client.get(path)
    with django_assert_max_num_queries(12):
        assert client.get(path).status_code == 200


def test_the_weave_changes_as_soon_as_something_is_taken_back(client, cast: Cast):
    from weft.act.projects.actions import withdraw_project
    from weft.act.projects.models import Project

    fill(cast)
    assert "Towel rides" in client.get("/pell/").content.decode()
    withdraw_project(by=cast.mo, row=Project.objects.select_related("node").get())
    page = client.get("/pell/").content.decode()
    assert "Towel rides" not in page


def test_the_weave_draws_no_thread_beside_a_longer_one_that_says_the_same():
    from weft.pages.weave.queries import without_detours
    from weft.pictures.weave import Thread

    chain = [Thread("a", "b"), Thread("b", "c"), Thread("c", "d")]
    detours = [Thread("a", "c"), Thread("a", "d"), Thread("b", "d")]
    against = [Thread("a", "d", "contradicts")]
    assert without_detours([*chain, *detours, *against]) == [*chain, *against]
    assert without_detours([Thread("a", "c"), Thread("b", "c")]) == [Thread("a", "c"), Thread("b", "c")]
