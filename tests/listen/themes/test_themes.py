"""Themes: gathering what several people said."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import Cast
from tests.journeys.walker import Walker
from tests.listen.conftest import Talk
from tests.listen.stories.test_stories import as_, story_in
from tests.moments import moment
from weft.core.errors import Refused
from weft.listen.conversations.models import Moderation
from weft.listen.stories.actions import release
from weft.listen.themes import actions, queries
from weft.listen.themes.models import Theme
from weft.provenance.actions import record
from weft.provenance.queries import voices_behind


def test_a_theme_is_made_and_gathers_on_the_pages(talk: Talk, cast: Cast) -> None:
    story = story_in(talk, "analyse", "quote", text="Four fares are our food for a day.")
    browser = as_(cast.mo)
    sent = {"title": "Getting there costs more", "key": str(uuid4())}
    response = browser.post("/pell/summer/themes/new/", sent)
    assert browser.post("/pell/summer/themes/new/", sent)["Location"] == response["Location"]
    theme = Theme.objects.select_related("node").get()
    address = f"/pell/{theme.node.code}/"
    assert response["Location"] == f"{address}gather/"
    page = browser.get(f"{address}gather/?q=fares").text
    assert story.node.code in page
    assert talk.cards[0].node.code not in page
    browser.post(f"{address}gather/", {"item": [story.node.code, talk.cards[0].node.code]})
    page = browser.get(address).text
    assert "Four fares are our food for a day." in page
    assert "The pool is too far." in page
    story.refresh_from_db()
    assert story.read_by == cast.mo
    assert theme.node.into.filter(relation="informs", withdrawn_at=None).count() == 2
    assert story.node.code not in browser.get(f"{address}gather/").text


def revision(browser: Client, address: str) -> dict[str, str]:
    """The hidden number of the text that a form was opened on."""
    return {"revision": browser.get(address).context["form"].initial["revision"]}


def test_readers_see_only_words_that_may_be_quoted(client: Client, talk: Talk, cast: Cast) -> None:
    quiet = story_in(talk, "analyse", text="For the team alone.")
    loud = story_in(talk, "describe", text="For everybody.", described_as="a swimmer")
    theme = actions.make_theme(by=cast.lena, of=cast.summer, title="Two said it", sources=[quiet.node, loud.node])
    assert "For everybody." not in client.get(theme.node.get_absolute_url()).text
    release(by=cast.lena, row=loud)
    page = client.get(theme.node.get_absolute_url()).text
    assert "For everybody." in page
    assert "a swimmer" in page
    assert "For the team alone." not in page
    assert "People said some other things here" in page
    assert "Gather stories" not in page


def test_a_theme_counts_the_people_behind_it(talk: Talk, cast: Cast) -> None:
    stories = [story_in(talk, "analyse") for _ in range(3)]
    theme = actions.make_theme(by=cast.lena, of=cast.summer, title="Three", sources=[one.node for one in stories])
    behind = voices_behind(one.node for one in stories)
    assert len({person for voices in behind.values() for person in voices.words}) == 3
    assert queries.contents(theme.node, inside=True).stories[0].text


def test_one_is_taken_out_again_and_the_link_is_kept(talk: Talk, cast: Cast) -> None:
    story = story_in(talk, "analyse")
    theme = actions.make_theme(by=cast.lena, of=cast.summer, title="One", sources=[story.node])
    as_(cast.mo).post(f"/pell/{theme.node.code}/let-go/", {"item": story.node.code})
    assert theme.node.into.get().withdrawn_at is not None
    actions.gather(by=cast.lena, row=theme, sources=[story.node])
    assert theme.node.into.get().withdrawn_at is None


def test_only_stories_and_cards_are_gathered(talk: Talk, cast: Cast) -> None:
    finding = record(by=cast.lena, kind="finding", programme=cast.pell, team=cast.summer, title="F")
    with pytest.raises(Refused, match="neither a story nor a card"):
        actions.make_theme(by=cast.lena, of=cast.summer, title="No", sources=[finding])
    assert not Theme.objects.exists()


def test_what_may_not_be_used_is_not_offered(talk: Talk, cast: Cast) -> None:
    story_in(talk, "tell", text="Only to be read.")
    hidden = talk.cards[0]
    hidden.moderation = Moderation.HIDDEN
    hidden.save()
    theme = actions.make_theme(by=cast.lena, of=cast.summer, title="Empty")
    found = [one.text for one in queries.to_gather(theme.node, "")]
    assert found == ["There is nothing for teenagers.", "The bus costs too much."]


def test_two_who_save_at_once_are_shown_both(talk: Talk, cast: Cast) -> None:
    theme = actions.make_theme(by=cast.lena, of=cast.summer, title="Fares", summary="Old.")
    browser, address = as_(cast.mo), f"/pell/{theme.node.code}/edit/"
    opened_with = revision(browser, address)
    actions.edit_theme(by=cast.lena, row=theme, title="Fares", summary="Lena wrote this.", revision=1)
    response = browser.post(address, {"title": "Fares", "summary": "Mo wrote this.", **opened_with})
    assert response.status_code == 409
    assert "Lena wrote this." in response.text
    assert "Mo wrote this." in response.text
    again = {"title": "Fares", "summary": "Both.", "revision": response.context["form"].data["revision"]}
    assert browser.post(address, again).status_code == 302
    theme.refresh_from_db()
    assert theme.summary == "Both."


def test_a_theme_without_a_name_keeps_its_text(talk: Talk, cast: Cast) -> None:
    browser = as_(cast.mo)
    response = browser.post("/pell/summer/themes/new/", {"title": "", "summary": "Kept."})
    assert response.status_code == 422
    assert "Kept." in response.text


def test_a_theme_is_taken_back(talk: Talk, cast: Cast) -> None:
    theme = actions.make_theme(by=cast.lena, of=cast.summer, title="A theme that goes", summary="All of it.")
    browser, address = as_(cast.mo), f"/pell/{theme.node.code}/"
    assert "Nothing else rests on this theme." in browser.get(f"{address}take-back/").text
    browser.post(f"{address}take-back/")
    assert browser.get(address).status_code == 410
    theme.refresh_from_db()
    assert theme.summary == ""


def test_pages_of_a_large_theme_need_few_queries(talk: Talk, cast: Cast, django_assert_max_num_queries) -> None:
    nodes = [story_in(talk, "analyse", "quote", text=f"Story {n}").node for n in range(30)]
    theme = actions.make_theme(
        by=cast.lena, of=cast.summer, title="Many", sources=[*nodes, *(card.node for card in talk.cards)]
    )
    browser = as_(cast.mo)
    moment(talk.conversation)  # what the first reader's page does in an hour
    for path in ("", "gather/"):
        with django_assert_max_num_queries(12):
            assert browser.get(f"{theme.node.get_absolute_url()}{path}").status_code == 200
    with django_assert_max_num_queries(2):
        assert queries.workspace(cast.summer).themes[0].gathers == 33
        assert queries.jobs(cast.summer) == []


@pytest.mark.parametrize("who", ["kit", "ola", "nobody", None])
def test_strangers_change_nothing(talk: Talk, cast: Cast, who: str | None) -> None:
    theme = actions.make_theme(by=cast.lena, of=cast.summer, title="Fares")
    browser = as_(getattr(cast, who)) if who else Client()
    expected = 404 if who else 302
    assert browser.get("/pell/summer/themes/new/").status_code == expected
    for path in ("edit/", "gather/", "let-go/", "take-back/"):
        assert browser.post(f"/pell/{theme.node.code}/{path}").status_code == expected
    theme.node.refresh_from_db()
    assert not theme.node.is_withdrawn


def test_a_story_that_is_ticked_where_a_theme_is_changed_has_been_read(talk: Talk, cast: Cast) -> None:
    story = story_in(talk, "analyse", "quote", text="Four fares are our food for a day.")
    only_read = story_in(talk, text="Do nothing with this.")
    made = actions.make_theme(by=cast.mo, of=cast.summer, title="Getting there costs more")
    page = Walker(as_(cast.mo)).open(f"/pell/{made.node.code}/edit/")
    assert str(only_read.node.pk) not in page.html
    page.press("Save", sources=[story.node.pk])
    story.refresh_from_db()
    assert story.read_by == cast.mo
    assert made.node.into.filter(relation="informs", withdrawn_at=None).count() == 1
