"""Pages of sources and passages."""

from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.sense.voices import conversation, story
from weft.provenance.items import Origin
from weft.provenance.models import Node
from weft.sense.sources import queries
from weft.sense.sources.actions import add_source, take_excerpt, withdraw_source
from weft.sense.sources.models import Excerpt, Source

TEXT = "Twelve families came. All of them walk. 🚌 is dear.\nAll of them walk."


def facts(**more: object) -> dict[str, object]:
    return {
        "key": uuid4(),
        "title": "Notes of The Tide Room",
        "type": "note",
        "text": TEXT,
        "visibility": "public",
        **more,
    }


@pytest.fixture
def source(cast: Cast) -> Source:
    return add_source(by=cast.mo, of=cast.summer, title="Notes", type="note", text=TEXT, origin=Origin(code="S-2H6QB"))


def test_a_source_is_added_once_by_a_plain_post(client, cast: Cast):
    client.force_login(cast.mo)
    sent = facts(authors="Lin", doi="https://doi.org/10.1234/ab.cd", url="https://example.org/a")
    for _ in range(2):
        assert client.post("/pell/summer/sources/new/", sent).status_code == 302
    found = Source.objects.get()
    assert (found.doi, found.url, found.node.knowledge_kind) == ("10.1234/ab.cd", "https://example.org/a", "practice")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "There is nothing under “What is it called?” yet"),
        ({"type": "rumour"}, "That is not one of the choices"),
        ({"url": "javascript:alert(1)"}, "That is not an address on the web"),
        ({"doi": "abc"}, "That is not a DOI"),
        ({"year": "soon"}, "Write a whole number"),
        ({"summary": "w" * 4001}, "can be up to 4,000 characters. Yours has 4,001"),
    ],
)
def test_a_form_that_is_not_right_is_said_so_and_keeps_what_was_typed(client, cast: Cast, wrong, sentence: str):
    client.force_login(cast.mo)
    answer = client.post("/pell/summer/sources/new/", facts(fit_for="Kept words", **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Kept words" in page
    assert not Source.objects.exists()


def test_the_list_looks_for_words_and_kinds_and_ranks_nothing(client, cast: Cast, source: Source):
    for title, kind in (("An early paper", "paper"), ("Zebra counts", "data")):
        add_source(by=cast.mo, of=cast.summer, title=title, type=kind)
    page = client.get("/pell/summer/sources/").content.decode()
    assert page.index("An early paper") < page.index("Notes") < page.index("Zebra counts")
    page = client.get("/pell/summer/sources/?kind=administrative").content.decode()
    assert "Zebra counts" in page
    assert "An early paper" not in page
    page = client.get("/pell/summer/sources/?q=families").content.decode()
    assert "S-2H6QB" in page
    assert "Zebra counts" not in page
    assert "No source fits" in client.get("/pell/summer/sources/?q=nobodysaidthis").content.decode()


def test_a_source_shows_its_limits_its_text_and_its_passages(
    client, cast: Cast, source: Source, django_assert_max_num_queries
):
    take_excerpt(by=cast.mo, of=source.node, start=0, end=15)
    with django_assert_max_num_queries(12):
        page = client.get("/pell/S-2H6QB/").content.decode()
    for words in ("What it is fit for", "Nobody has said yet", "Twelve families", "🚌 is dear"):
        assert words in page
    client.force_login(cast.mo)
    with django_assert_max_num_queries(12):
        client.get("/pell/S-2H6QB/")


def test_a_passage_is_taken_by_pasting_it(client, cast: Cast, source: Source):
    client.force_login(cast.mo)
    answer = client.post("/pell/S-2H6QB/excerpt/", {"passage": "🚌 is  dear.", "note": "So."})
    found = Excerpt.objects.get()
    assert answer.headers["Location"] == found.node.get_absolute_url()
    assert (found.quote, found.note) == ("🚌 is dear.", "So.")
    page = client.get(found.node.get_absolute_url()).content.decode()
    assert f"Characters {found.start} to {found.end}" in page


def test_a_passage_that_stands_twice_is_chosen(client, cast: Cast, source: Source):
    client.force_login(cast.mo)
    sent = {"passage": "All of them walk."}
    answer = client.post("/pell/S-2H6QB/excerpt/", sent)
    assert answer.status_code == 422
    assert "These words stand in 2 places. Pick the one you mean." in answer.content.decode()
    second = TEXT.rindex("All of")
    assert client.post("/pell/S-2H6QB/excerpt/", {**sent, "place": f"{second}-{second + 17}"}).status_code == 302
    assert Excerpt.objects.get().start == second


def test_a_selection_says_which_place_is_meant(client, cast: Cast, source: Source):
    client.force_login(cast.mo)
    second = TEXT.rindex("All of")
    sent = {"passage": "All of them walk.", "start": second, "end": second + 17}
    assert client.post("/pell/S-2H6QB/excerpt/", sent).status_code == 302
    assert Excerpt.objects.get().start == second


@pytest.mark.parametrize(
    "sent", [{"passage": "Not in it."}, {"passage": ""}, {"passage": "x", "start": "0", "end": "1"}]
)
def test_a_passage_that_is_not_in_the_text_is_not_taken(client, cast: Cast, source: Source, sent):
    client.force_login(cast.mo)
    assert client.post("/pell/S-2H6QB/excerpt/", sent).status_code == 422
    assert not Excerpt.objects.exists()


def test_two_editors_of_a_source_are_shown_both_texts(client, cast: Cast, source: Source):
    client.force_login(cast.mo)
    sent = {**facts(summary="Mo's words"), "revision": 1}
    assert client.post("/pell/S-2H6QB/edit/", sent).status_code == 302
    client.force_login(cast.lena)
    answer = client.post("/pell/S-2H6QB/edit/", {**sent, "summary": "Lena's words"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mo&#x27;s words" in page
    assert page.count("Lena&#x27;s words") == 2
    assert 'name="revision" value="2"' in page
    assert client.post("/pell/S-2H6QB/edit/", {**sent, "summary": "Both", "revision": 2}).status_code == 302


def test_an_edit_that_would_cut_a_passage_loose_is_refused_on_the_form(client, cast: Cast, source: Source):
    take_excerpt(by=cast.mo, of=source.node, start=0, end=15)
    client.force_login(cast.mo)
    answer = client.post("/pell/S-2H6QB/edit/", {**facts(text="Other words."), "revision": 1})
    assert answer.status_code == 422
    assert "its words stand there no longer" in answer.content.decode()


def test_taking_back_shows_first_what_depends_on_it(client, cast: Cast, source: Source):
    take_excerpt(by=cast.mo, of=source.node, start=0, end=15)
    client.force_login(cast.mo)
    page = client.get("/pell/S-2H6QB/take-back/").content.decode()
    assert "this source" in page
    assert client.post("/pell/S-2H6QB/take-back/").status_code == 302
    gone = client.get("/pell/S-2H6QB/")
    assert gone.status_code == 410
    assert "Twelve families" not in gone.content.decode()


def test_a_passage_of_a_story_that_only_the_team_reads_is_not_shown_outside(client, cast: Cast):
    told = story(conversation(cast.summer), "The pool is free but the bus is not.")
    client.force_login(cast.mo)
    assert client.get(f"/pell/{told.code}/excerpt/").status_code == 200
    client.post(f"/pell/{told.code}/excerpt/", {"passage": "the bus is not"})
    address = Node.objects.get(kind="excerpt").get_absolute_url()
    assert "the bus is not" in client.get(address).content.decode()
    client.logout()
    assert client.get(address).status_code == 404


def test_the_tab_shows_the_newest_and_says_what_waits(cast: Cast, source: Source, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        work, (job, *_) = queries.workspace(cast.summer), queries.jobs(cast.summer)
    assert (work.count, [node.code for node in work.sources], work.kinds) == (1, ["S-2H6QB"], ["practice"])
    assert job.url == "/pell/S-2H6QB/edit/"
    withdraw_source(by=cast.mo, row=source)
    assert queries.jobs(cast.summer) == []
    assert queries.workspace(cast.summer).count == 0
