"""One tablet, many people: whoever has finished is forgotten on it, and nothing they said is taken back."""

import re

import pytest
from django.test import Client

from tests.cast import Cast
from tests.listen.conftest import Talk
from tests.listen.receipts.test_receipts import told
from tests.listen.stories.test_stories import as_
from tests.reading import read
from weft.listen.conversations import actions
from weft.listen.conversations.models import Participant, Vote
from weft.listen.stories.models import Story

BUTTON = "I have finished, next person"


@pytest.fixture
def tablet(talk: Talk) -> Client:
    """A device on which somebody answered, added a card, told a story and opened their receipt."""
    client = Client()
    talk.vote(client)
    client.post(f"{talk.page}add/", {"text": "A card of mine.", **talk.hidden(client, "add/")})
    words = told(client, talk)
    client.post("/r/", {"code": "tide123", "words": " ".join(words)})
    return client


def pages(talk: Talk) -> list[str]:
    """Every page of taking part and of an open receipt."""
    story = Story.objects.get().node.code
    below = ("", "card/1/", "add/", "added/", "story/", "sent/")
    return [
        *(talk.page + path for path in below),
        *(f"/r/yours/{path}" for path in ("", "back/", f"{story}/withdraw/", "answers/withdraw/", f"{story}/allowed/")),
        "/r/answers/",
    ]


def test_whoever_has_finished_is_forgotten_and_loses_nothing(tablet: Client, talk: Talk) -> None:
    response = tablet.post(f"{talk.page}finished/")
    assert response["Location"] == talk.page
    for name, path in (("weft_part_tide123", talk.page), ("weft_receipt", "/r/"), ("weft_visit", f"{talk.page}sent/")):
        assert (response.cookies[name]["max-age"], response.cookies[name]["path"]) == (0, path)
    assert "0 answered, 3 left" in read(tablet.get(talk.page))
    assert tablet.get(f"{talk.page}sent/")["Location"] == talk.page
    assert tablet.get("/r/yours/")["Location"] == "/r/"
    assert (Vote.objects.count(), Story.objects.count(), Participant.objects.count()) == (1, 1, 1)
    assert Participant.objects.get().withdrawn_at is None
    talk.vote(tablet)
    assert Participant.objects.count() == 2


def test_the_next_person_sees_the_first_page_of_somebody_new(tablet: Client, talk: Talk) -> None:
    def without_chance(page: str) -> str:
        page = re.sub(r'value="[^"]{20,}"', "", page)
        return re.sub(r"<blockquote.*?</figure>|<figcaption>.*?</figcaption>", "", page, flags=re.DOTALL)

    tablet.post(f"{talk.page}finished/")
    assert without_chance(tablet.get(talk.page).text) == without_chance(Client().get(talk.page).text)


def test_a_slip_from_paper_is_forgotten_too(talk: Talk, cast: Cast) -> None:
    browser = as_(cast.mo)
    page = browser.get(f"{talk.team_page}paper/").text
    sent = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("start", "key")}
    sent |= {"arrived_by": "paper", "text": "On paper.", "may": "read", "words": "on"}
    browser.post(f"{talk.team_page}paper/", sent)
    assert browser.get(f"{talk.team_page}slip/").status_code == 200
    response = browser.post(f"{talk.page}finished/")
    assert response.cookies["weft_slip"]["path"] == f"{talk.team_page}slip/"
    assert browser.get(f"{talk.team_page}slip/")["Location"] == f"{talk.team_page}paper/"


def test_a_conversation_of_the_whole_programme_can_be_finished(cast: Cast) -> None:
    actions.make_conversation(by=cast.cora, of=cast.pell, prompt="And all of you?", code="all123")
    assert Client().post("/c/all123/finished/")["Location"] == "/c/all123/"


def test_it_is_a_form_of_this_site_and_nothing_else(tablet: Client, talk: Talk) -> None:
    assert tablet.get(f"{talk.page}finished/").status_code == 405
    there = {"Sec-Fetch-Site": "cross-site"}
    assert tablet.post(f"{talk.page}finished/", headers=there).status_code == 403
    assert tablet.get("/r/yours/").status_code == 200
    assert tablet.post("/c/nothing1/finished/").status_code == 404


def test_every_page_has_the_button_and_is_kept_by_no_browser(tablet: Client, talk: Talk, cast: Cast) -> None:
    found = [(path, tablet.get(path)) for path in pages(talk)]
    found += [(f"{path} sent", tablet.post(talk.page + path, {"text": "x" * 5001})) for path in ("add/", "story/")]
    found.append(("no choice", tablet.post(f"{talk.page}answer/", talk.hidden(tablet))))
    actions.close_conversation(by=cast.lena, conversation=talk.conversation)
    found.append(("closed", tablet.get(talk.page)))
    for path, response in found:
        assert response.status_code in {200, 422}, path
        assert response.text.count(BUTTON) == 1, path
        assert f'action="{talk.page}finished/"' in response.text, path
        assert "no-store" in response["Cache-Control"], path
