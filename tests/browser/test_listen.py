"""Taking part and receipts in a browser: with and without script, by keyboard, on a phone, light and dark."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import assert_accessible_light_and_dark
from tests.browser.conftest import OpenPage, tells
from tests.cast import Cast, cast
from weft.listen.conversations import actions
from weft.listen.conversations.models import Conversation, Participant, Vote
from weft.listen.receipts import actions as receipts
from weft.listen.stories import actions as stories
from weft.listen.stories.models import Story
from weft.listen.themes.actions import make_theme

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "kept-on-a-phone"


def nothing(page: Page) -> None:
    """No check."""


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def talk(people: Cast) -> Conversation:
    conversation = actions.make_conversation(
        by=None, of=people.summer, prompt="What gets in the way?", code="tide123", is_sensitive=True
    )
    for text in ("The pool is too far.", "The bus costs too much.", "الحافلة غالية"):
        actions.add_statement(by=people.lena, conversation=conversation, text=text)
    return conversation


@pytest.fixture
def words(talk: Conversation, people: Cast) -> tuple[str, ...]:
    """The words of somebody whose story stands in a theme."""
    person = actions.add_participant(by=None, conversation=talk, secret=SECRET)
    story = stories.tell(by=person, participant=person, text="Four fares are our food.", scopes=["analyse", "quote"])
    make_theme(by=people.lena, of=people.summer, title="Fares", sources=[story.node])
    return receipts.issue(by=None, participant=person, secret=SECRET)


@pytest.mark.parametrize("script", [True, False])
def test_two_steps_to_a_first_vote_and_three_to_a_story(open_page: OpenPage, talk: Conversation, script: bool) -> None:
    page = open_page(width=360, script=script)
    check = assert_accessible_light_and_dark if script else nothing  # axe itself is a script
    page.goto("/c/tide123/")
    check(page)
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.get_by_text("1 answered, 2 left")).to_be_visible()
    assert Vote.objects.count() == 1
    check(page)
    page.get_by_role("link", name="Say it in your own words").click()
    page.get_by_role("button", name="Send my story").click()
    expect(page.get_by_role("link", name="There is no story yet. Write a few words.")).to_be_visible()
    check(page)
    page.get_by_label("Write it").fill("Four fares are our food.")
    page.get_by_label("Just read it").check()
    page.get_by_label("Give me four words").check()
    page.get_by_role("button", name="Send my story").click()
    expect(page.get_by_role("heading", name="Sent. We have your story.")).to_be_visible()
    check(page)
    assert Participant.objects.count() == Story.objects.count() == 1
    page.get_by_role("button", name="Open my receipt").click()
    expect(page.get_by_role("heading", name="What happened to what you said")).to_be_visible()
    check(page)


def test_by_keyboard_alone(open_page: OpenPage, talk: Conversation) -> None:
    page = open_page(width=360)
    page.goto("/c/tide123/")
    page.get_by_role("button", name="Agree", exact=True).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 answered, 2 left")).to_be_visible()
    assert Vote.objects.get().choice == -1
    assert page.evaluate("document.activeElement.id") == "card"


def test_a_scanned_square_opens_the_receipt_and_is_forgotten(phone: Page, words: tuple[str, ...]) -> None:
    asked: list[str] = []
    phone.on(
        "request", lambda request: asked.append(f"{request.url.partition('#')[0]} {request.headers.get('referer', '')}")
    )
    phone.goto(f"/r/#tide123-{'-'.join(words)}")
    phone.wait_for_url("**/r/yours/")
    expect(phone.get_by_role("link", name="Fares")).to_be_visible()
    assert not [address for address in asked if tells(address, words)]
    phone.go_back()
    assert words[0] not in phone.url


@pytest.mark.parametrize("script", [True, False])
def test_words_are_typed_and_a_story_is_taken_back(open_page: OpenPage, words: tuple[str, ...], script: bool) -> None:
    page = open_page(width=360, script=script)
    check = assert_accessible_light_and_dark if script else nothing  # axe itself is a script
    page.goto("/r/")
    check(page)
    page.get_by_label("Code of the conversation").fill("tide123")
    page.get_by_label("Your four words").fill("apple xyzzy plug tide")
    page.get_by_role("button", name="Open my receipt").click()
    expect(page.get_by_role("link", name=re.compile("xyzzy"))).to_be_visible()
    check(page)
    page.get_by_label("Your four words").fill(", ".join(words).upper())
    page.get_by_role("button", name="Open my receipt").click()
    page.get_by_text("Choose what to take back").click()
    page.get_by_role("link", name=re.compile("Take back your story")).click()
    expect(page.get_by_text("One theme rests partly on your story. It stays, without your words.")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Yes, take it back").click()
    expect(page.get_by_text("Your words are gone from every page that others read, as of now.")).to_be_visible()
    check(page)
    assert Story.objects.get().text == ""


@pytest.mark.parametrize("script", [True, False])
def test_what_was_allowed_is_changed_on_the_receipt(open_page: OpenPage, words: tuple[str, ...], script: bool) -> None:
    page = open_page(width=360, script=script)
    check = assert_accessible_light_and_dark if script else nothing
    page.goto("/r/")
    page.get_by_label("Code of the conversation").fill("tide123")
    page.get_by_label("Your four words").fill(" ".join(words))
    page.get_by_role("button", name="Open my receipt").click()
    page.get_by_text("All about this story").click()
    page.get_by_role("link", name="Change it").click()
    expect(page.get_by_text("One theme rests partly on your story.")).to_be_visible()
    expect(page.get_by_label("Use it, and quote it without my name")).to_be_checked()
    check(page)
    page.get_by_label("Use it, but do not quote it").check()
    page.get_by_role("button", name="Save my choices").click()
    page.get_by_text("All about this story").click()
    expect(page.get_by_text("You allowed: Use it to find what people share.")).to_be_visible()
    assert Story.objects.get().node.is_for_team


def test_whoever_leaves_does_not_come_back_by_the_back_button(phone: Page, talk: Conversation) -> None:
    phone.route(
        "https://www.bbc.co.uk/**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html")
    )
    phone.goto("/privacy/")
    phone.goto("/c/tide123/")
    phone.get_by_role("link", name="Leave this page").click()
    phone.wait_for_url("https://www.bbc.co.uk/weather")
    phone.go_back()
    assert phone.url.endswith("/privacy/")


def test_the_teams_pages_are_accessible(
    page: Page, talk: Conversation, people: Cast, words: tuple[str, ...], client, live_server
) -> None:
    client.force_login(people.mo, backend="allauth.account.auth_backends.AuthenticationBackend")
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    story = Story.objects.select_related("node__programme").get().node
    theme = story.out.select_related("target__programme").get().target
    card = talk.statements.select_related("node__programme").first().node
    team = "/pell/summer/conversations/"
    for address in (
        *(f"{team}new/", f"{team}tide123/", f"{team}tide123/edit/", f"{team}tide123/close/", f"{team}tide123/poster/"),
        *(f"{team}tide123/cards/new/", f"{team}tide123/cards/1/", f"{team}tide123/paper/", "/pell/summer/stories/"),
        *(story.get_absolute_url(), card.get_absolute_url(), theme.get_absolute_url()),
        *(f"{theme.get_absolute_url()}gather/", f"{theme.get_absolute_url()}edit/", "/pell/conversations/"),
    ):
        page.goto(address)
        assert_accessible_light_and_dark(page)
