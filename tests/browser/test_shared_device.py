"""Two people on one tablet: the second meets nothing of the first, on no page and by no button of the browser."""

from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser import chromium
from tests.browser.axe import assert_accessible_light_and_dark
from tests.browser.conftest import OpenPage
from tests.cast import cast
from weft.listen.conversations import actions
from weft.listen.conversations.models import Conversation, Participant, Vote
from weft.listen.stories.models import Story

pytestmark = pytest.mark.django_db(transaction=True)
STORY = "My brother waits outside until the pool is shut."
CARD = "The lifeguards know my name."
DONE = "I have finished, next person"
WAITS = "Keep this page open. Once the connection is back, the next person can begin."


@pytest.fixture
def talk() -> Conversation:
    people = cast()
    conversation = actions.make_conversation(by=people.lena, of=people.summer, prompt="What helps?", code="tide123")
    actions.add_statement(by=people.lena, conversation=conversation, text="The pool is too far.")
    return conversation


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def seen(page: Page) -> str:
    return page.locator("body").inner_text() + " ".join(
        page.locator("input, textarea").evaluate_all("all => all.map(e => e.value)")
    )


def take_part(page: Page) -> list[str]:
    """Answer, add a card, tell a story and open the receipt; what of that nobody else may see."""
    page.goto("/c/tide123/")
    press(page, "Agree")
    expect(page.get_by_text("1 answered")).to_be_visible()
    page.goto("/c/tide123/add/")
    page.locator("textarea").fill(CARD)
    press(page, "Add my card")
    page.wait_for_url("**/added/")
    page.goto("/c/tide123/story/")
    press(page, "Send my story")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.locator("textarea").fill(STORY)
    page.get_by_label("Just read it").check()
    page.get_by_label("Give me four words").check()
    press(page, "Send my story")
    page.wait_for_url("**/sent/")
    words = page.locator(".weft-words span").all_inner_texts()
    press(page, "Open my receipt")
    page.wait_for_url("**/r/yours/")
    expect(page.get_by_text(STORY)).to_be_visible()
    return [STORY, CARD, " ".join(words), "1 answered", "Your story"]


def go_all_the_way_back(page: Page, said: list[str]) -> None:
    for _ in range(12):
        with suppress(Error):  # without a script a form that was refused is a page of its own, which is not sent again
            page.go_back()
        assert [words for words in said if words in seen(page)] == [], page.url


@pytest.mark.parametrize("script", [True, False])
def test_the_second_person_sees_nothing_of_the_first(open_page: OpenPage, talk: Conversation, script: bool) -> None:
    tablet = open_page(script=script)
    said = take_part(tablet)
    press(tablet, DONE)
    tablet.wait_for_url("**/c/tide123/")
    expect(tablet.get_by_text("0 answered, 1 left")).to_be_visible()
    for address in ("", "add/", "story/", "sent/", "card/1/"):
        tablet.goto(f"/c/tide123/{address}")
        assert [words for words in said if words in seen(tablet)] == [], address
    tablet.goto("/r/yours/")
    assert tablet.url.endswith("/r/")
    go_all_the_way_back(tablet, said)
    tablet.goto("/c/tide123/")
    press(tablet, "Disagree")
    expect(tablet.get_by_text("1 answered, 0 left")).to_be_visible()
    assert Participant.objects.count() == Vote.objects.count() == 2
    assert Story.objects.get().text == STORY


def test_back_shows_no_page_that_the_browser_had_in_memory(browser: Browser, site: str, talk: Conversation) -> None:
    """Chromium as people have it, which Playwright starts without that memory."""
    kind = browser.browser_type
    own = kind.launch(executable_path=chromium.find(kind), ignore_default_args=["--disable-back-forward-cache"])
    tablet = own.new_context(base_url=site).new_page()
    said = take_part(tablet)
    press(tablet, DONE)
    tablet.wait_for_url("**/c/tide123/")
    go_all_the_way_back(tablet, said)
    own.close()


def test_what_could_not_be_sent_goes_first_in_the_name_of_who_wrote_it(open_page: OpenPage, talk: Conversation) -> None:
    tablet = open_page(width=360)
    tablet.goto("/c/tide123/story/")
    tablet.wait_for_selector("html[data-ready]")
    tablet.locator("textarea").fill(STORY)
    tablet.context.set_offline(True)
    press(tablet, "Send my story")
    expect(tablet.get_by_text("Choose one of the three.")).to_be_visible()
    expect(tablet.get_by_text("Kept on this phone.")).to_be_hidden()
    tablet.get_by_label("Just read it").check()
    press(tablet, "Send my story")
    expect(tablet.get_by_text("Kept on this phone.")).to_be_visible()
    press(tablet, DONE)
    expect(tablet.get_by_text(WAITS)).to_be_visible()
    expect(tablet.get_by_text("Something you wrote or answered was not sent yet.")).to_be_visible()
    assert STORY not in seen(tablet)
    assert_accessible_light_and_dark(tablet)
    tablet.context.set_offline(False)
    tablet.wait_for_url("**/c/tide123/")
    press(tablet, "Agree")
    expect(tablet.get_by_text("1 answered")).to_be_visible()
    assert Story.objects.get().text == STORY
    assert Story.objects.get().participant != Vote.objects.get().participant


def test_what_could_not_be_sent_can_be_deleted(open_page: OpenPage, talk: Conversation) -> None:
    tablet = open_page(width=360)
    tablet.goto("/c/tide123/")
    tablet.wait_for_selector("html[data-ready]")
    tablet.context.set_offline(True)
    press(tablet, "Agree")
    press(tablet, DONE)
    press(tablet, "Do not send it. Delete it")
    expect(tablet.get_by_text("Something you wrote or answered was not sent yet.")).to_be_hidden()
    expect(tablet.get_by_text(WAITS)).to_be_visible()
    tablet.context.set_offline(False)
    expect(tablet.get_by_text("0 answered, 1 left")).to_be_visible()
    assert not Participant.objects.exists()
    assert tablet.evaluate("localStorage.length") == 0


def test_what_is_refused_is_said_before_the_next_person_begins(browser: Browser, site: str, talk: Conversation) -> None:
    tablet = browser.new_context(base_url=site).new_page()  # a refusal of what a script sent is told as a fault
    tablet.goto("/c/tide123/")
    tablet.wait_for_selector("html[data-ready]")
    tablet.context.set_offline(True)
    press(tablet, "Agree")
    press(tablet, DONE)
    expect(tablet.get_by_text(WAITS)).to_be_visible()
    actions.close_conversation(by=None, conversation=talk)
    tablet.context.set_offline(False)
    expect(tablet.get_by_text("What came of it is on the programme’s pages.")).to_be_visible()
    expect(tablet.get_by_text(WAITS)).to_be_hidden()
    press(tablet, DONE)
    expect(tablet.get_by_text("This conversation closed on")).to_be_visible()
    tablet.context.close()
