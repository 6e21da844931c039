"""Table mode in a browser: two people on one tablet, and what happens when somebody walks away."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import assert_accessible_light_and_dark
from tests.browser.conftest import OpenPage
from tests.browser.test_shared_device import CARD, STORY, go_all_the_way_back, press, seen
from tests.cast import Cast, cast
from weft.listen import seat
from weft.listen.conversations import actions as conversations
from weft.listen.conversations.models import Conversation, Participant, Vote
from weft.listen.stories.models import Story
from weft.listen.tables import actions, queries

pytestmark = pytest.mark.django_db(transaction=True)
START = "Nothing of the person before you is left on this device."
ASKED = "Are you still there?"
DONE = "I have finished, next person"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def talk(people: Cast) -> Conversation:
    conversation = conversations.make_conversation(
        by=people.lena, of=people.summer, prompt="ما الذي يقف في طريق صيف جيد؟", code="tide123", language="ar"
    )
    conversations.add_statement(by=people.lena, conversation=conversation, text="The pool is too far.")
    return actions.begin_table(by=people.lena, conversation=conversation)


def sit_down(tablet: Page, talk: Conversation) -> None:
    """Whoever looks after the tablet types the PIN."""
    tablet.goto("/c/tide123/table/")
    tablet.get_by_label("PIN").fill(queries.pin_of(talk))
    press(tablet, "Set it up")
    expect(tablet.get_by_text(START)).to_be_visible()


def take_part(tablet: Page) -> list[str]:
    """Start, answer, add a card, tell a story and read four words; what of that nobody else may see."""
    press(tablet, "Start")
    press(tablet, "Agree")
    expect(tablet.get_by_text("1 answered")).to_be_visible()
    tablet.goto("/c/tide123/add/")
    tablet.locator("textarea").fill(CARD)
    press(tablet, "Add my card")
    tablet.wait_for_url("**/added/")
    tablet.goto("/c/tide123/story/")
    press(tablet, "Send my story")
    expect(tablet.locator(".govuk-error-summary")).to_be_visible()
    tablet.get_by_label("Just read it").check()
    tablet.locator("textarea").fill(STORY)
    tablet.get_by_label("Give me four words").check()
    press(tablet, "Send my story")
    tablet.wait_for_url("**/sent/")
    return [STORY, CARD, " ".join(tablet.locator(".weft-words span").all_inner_texts()), "1 answered", "Your story"]


def kept(tablet: Page) -> str:
    """All that the browser keeps."""
    stored = tablet.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    return f"{stored} {tablet.context.cookies()}"


@pytest.mark.parametrize("script", [True, False])
def test_two_people_on_one_tablet(open_page: OpenPage, talk: Conversation, script: bool) -> None:
    tablet = open_page(script=script)
    sit_down(tablet, talk)
    for address, words in (
        ("/c/tide123/table/", "Make this an ordinary device again"),
        ("/r/", "Receipts do not open"),
    ):
        tablet.goto(address)
        expect(tablet.get_by_text(words)).to_be_visible()
        if script:
            assert_accessible_light_and_dark(tablet)
    tablet.goto("/c/tide123/")
    said = take_part(tablet)
    expect(tablet.get_by_role("button", name="Print the words")).to_be_visible(visible=script)
    if script:
        assert_accessible_light_and_dark(tablet)
        tablet.emulate_media(media="print")
        assert said[2] in " ".join(tablet.locator("body").inner_text().split())
        for words in ("What happens next", "What you sent", "Sent. We have"):
            assert words not in tablet.locator("body").inner_text()
        tablet.emulate_media(media="screen")
    press(tablet, DONE)
    expect(tablet.get_by_text(START)).to_be_visible()
    for address in ("", "card/1/", "add/", "story/", "sent/"):
        tablet.goto(f"/c/tide123/{address}")
        assert [words for words in said if words in seen(tablet)] == [], address
    assert [words for words in said if words in kept(tablet)] == []
    tablet.goto("/c/tide123/")
    press(tablet, "Start")
    go_all_the_way_back(tablet, said)
    tablet.goto("/c/tide123/")
    press(tablet, "Disagree")
    expect(tablet.get_by_text("1 answered, 0 left")).to_be_visible()
    assert Participant.objects.count() == Vote.objects.count() == 2
    assert Story.objects.get().text == STORY


def begins_a_story(tablet: Page, talk: Conversation, button: str = "Start") -> None:
    """Somebody has typed half a story, on a clock that stands until the test moves it."""
    sit_down(tablet, talk)
    press(tablet, button)
    tablet.goto("/c/tide123/story/")
    tablet.wait_for_selector("html[data-ready]")
    tablet.get_by_label("Just read it").check()
    tablet.locator("textarea").fill(STORY)


def test_whoever_is_still_is_asked_and_then_forgotten(
    open_page: OpenPage, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seat, "ASKED", 600)  # the clock goes on while axe looks
    tablet = open_page(width=360)
    tablet.clock.install()
    begins_a_story(tablet, talk)
    for _ in range(3):
        tablet.clock.run_for(40_000)
        tablet.keyboard.press("x")
    asked = tablet.get_by_role("alertdialog", name=ASKED)
    expect(asked).to_be_hidden()
    tablet.clock.run_for(46_000)
    expect(asked).to_be_visible()
    expect(tablet.get_by_role("button", name="I am still here")).to_be_focused()
    assert_accessible_light_and_dark(tablet)
    tablet.mouse.click(5, 5)
    expect(asked).to_be_visible()
    tablet.keyboard.press("Enter")
    expect(asked).to_be_hidden()
    expect(tablet.locator("textarea")).to_be_focused()
    assert STORY in tablet.locator("textarea").input_value()
    tablet.clock.run_for(650_000)
    expect(tablet.get_by_text(START)).to_be_visible()
    assert_accessible_light_and_dark(tablet)
    assert STORY not in seen(tablet) + kept(tablet)
    assert not Story.objects.exists()


def test_who_needs_more_time_has_three_minutes(open_page: OpenPage, talk: Conversation) -> None:
    tablet = open_page(width=360)
    tablet.clock.install()
    begins_a_story(tablet, talk, "Start, I need more time")
    tablet.clock.run_for(170_000)
    expect(tablet.get_by_role("alertdialog")).to_be_hidden()
    tablet.clock.run_for(20_000)
    tablet.keyboard.press("Escape")
    tablet.clock.run_for(170_000)
    expect(tablet.get_by_role("alertdialog")).to_be_hidden()
    assert tablet.locator("textarea").input_value() == STORY


def test_a_tablet_that_slept_forgets_before_anybody_can_read_on(open_page: OpenPage, talk: Conversation) -> None:
    tablet = open_page(width=360)
    tablet.clock.install()
    begins_a_story(tablet, talk)
    tablet.clock.fast_forward(600_000)
    tablet.keyboard.press("x")
    expect(tablet.get_by_text(START)).to_be_visible()
    press(tablet, "Start")
    tablet.wait_for_selector("#card")
    tablet.goto("/privacy/")  # as after a crash: no page of taking part knows that time goes by
    tablet.evaluate("localStorage.setItem('weft-seen', Date.now() - 3_600_000)")
    tablet.goto("/c/tide123/story/")
    expect(tablet.get_by_text(START)).to_be_visible()


def test_what_was_kept_goes_before_the_next_person_begins(open_page: OpenPage, talk: Conversation) -> None:
    tablet = open_page(width=360)
    tablet.clock.install()
    begins_a_story(tablet, talk)
    tablet.context.set_offline(True)
    press(tablet, "Send my story")
    expect(tablet.get_by_text("Kept on this phone.")).to_be_visible()
    tablet.clock.run_for(70_000)
    expect(tablet.get_by_text("There is no connection")).to_be_visible()
    expect(tablet.get_by_text("Delete it")).to_be_hidden()
    assert STORY not in seen(tablet)
    tablet.context.set_offline(False)
    tablet.clock.run_for(10_000)
    expect(tablet.get_by_text(START)).to_be_visible()
    assert Story.objects.get().text == STORY
    assert STORY not in kept(tablet)


def test_without_a_script_a_page_leads_to_the_start_by_itself(open_page: OpenPage, talk: Conversation) -> None:
    tablet = open_page(script=False)
    sit_down(tablet, talk)
    press(tablet, "Start")
    press(tablet, "Agree")
    expect(tablet.get_by_text("1 answered")).to_be_visible()
    shorter = re.compile(r'content="65; ')
    tablet.route("**/c/tide123/", lambda route: route.fulfill(body=shorter.sub('content="1; ', route.fetch().text())))
    tablet.goto("/c/tide123/")
    expect(tablet.get_by_text(START)).to_be_visible()
    assert Vote.objects.count() == 1
