"""Table mode: one device, many people, and nothing of the last one on it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.house.routes import routes
from tests.listen.conftest import Talk
from tests.listen.receipts.test_guessing import settled
from tests.listen.receipts.test_receipts import told, words_on
from tests.listen.stories.test_stories import as_
from tests.reading import read
from weft.listen import seat
from weft.listen.conversations import actions as conversations
from weft.listen.conversations.models import Arrival, Conversation, Participant, Statement, Vote
from weft.listen.stories.models import Story
from weft.listen.tables import actions, queries
from weft.people.audit.models import Entry
from weft.people.programmes.models import Programme

START = "Nothing of the person before you is left on this device."
STORY, CARD = "My brother waits outside until the pool is shut.", "The lifeguards know my name."


def begun(talk: Talk, cast: Cast) -> str:
    """Table mode is on; its PIN."""
    actions.begin_table(by=cast.lena, conversation=talk.conversation)
    return queries.pin_of(talk.conversation)


def at_table(talk: Talk, cast: Cast) -> Client:
    """A tablet in table mode."""
    tablet = Client()
    answer = tablet.post(f"{talk.page}table/", {"pin": begun(talk, cast)})
    assert (answer.status_code, answer["Location"]) == (302, talk.page)
    return tablet


@pytest.fixture
def tablet(talk: Talk, cast: Cast) -> Client:
    return at_table(talk, cast)


def starts(tablet: Client, talk: Talk, **more: str) -> Client:
    """Somebody presses Start."""
    assert START in read(tablet.get(talk.page))
    assert tablet.post(f"{talk.page}table/start/", more)["Location"] == talk.page
    return tablet


def takes_part(tablet: Client, talk: Talk) -> list[str]:
    """Answer, add a card, tell a story and get four words; what of that nobody else may see."""
    starts(tablet, talk)
    mine = talk.hidden(tablet)["turn"]
    assert talk.vote(tablet)["Location"] == talk.page
    tablet.post(f"{talk.page}add/", {"text": CARD, **talk.hidden(tablet, "add/")})
    words = told(tablet, talk, text=STORY)
    return [mine, STORY, CARD, " ".join(words), *(f"<span>{word}</span>" for word in words), "1 answered", "Your story"]


def ends(tablet: Client, talk: Talk, cast: Cast) -> None:
    actions.end_table(by=cast.lena, conversation=talk.conversation)


def new_pin(tablet: Client, talk: Talk, cast: Cast) -> None:
    begun(talk, cast)


def runs_out(tablet: Client, talk: Talk, cast: Cast) -> None:
    Conversation.objects.update(table_until=timezone.now() - timedelta(seconds=1))


def closes(tablet: Client, talk: Talk, cast: Cast) -> None:
    conversations.close_conversation(by=cast.lena, conversation=talk.conversation)


def forges(tablet: Client, talk: Talk, cast: Cast) -> None:
    tablet.cookies[seat.TABLE] = tablet.cookies[seat.TABLE].value[:-1] + "x"


def nothing(tablet: Client, talk: Talk, cast: Cast) -> None:
    """Table mode goes on."""


Happens = Callable[[Client, Talk, Cast], None]
OVER = [ends, new_pin, runs_out, closes]


@pytest.mark.parametrize("happens", [nothing, *OVER])
def test_a_pin_is_good_as_long_as_table_mode_is_on(talk: Talk, cast: Cast, happens: Happens) -> None:
    pin = begun(talk, cast)
    assert re.fullmatch(r"\d{6}", pin)
    happens(Client(), talk, cast)
    grouped = f"{pin[:3]} {pin[3:]}"
    answer = Client().post(f"{talk.page}table/", {"pin": grouped})
    assert (seat.TABLE in answer.cookies) == (happens is nothing)


@pytest.mark.sqlite
def test_no_other_number_is_a_pin(talk: Talk, cast: Cast) -> None:
    pin = begun(talk, cast)
    other = conversations.make_conversation(by=cast.lena, of=cast.summer, prompt="And what helps?", code="tide456")
    actions.begin_table(by=cast.lena, conversation=other)
    wrong = ["", "12345", pin + "0", "abcdef", "٤٥٦٧٨٩", f"{(int(pin) + 1) % 10**6:06}", queries.pin_of(other)]
    for typed in wrong:
        answer = Client().post(f"{talk.page}table/", {"pin": typed})
        assert (answer.status_code, seat.TABLE in answer.cookies) == (422, False), typed
    assert pin not in Client().get(f"{talk.page}table/").text


@pytest.mark.sqlite
def test_a_table_of_children_locks_nobody_out_of_the_pin(
    talk: Talk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin = begun(talk, cast)
    tablets = [Client() for _ in range(4)]
    for tablet in tablets:
        tablet.get(f"{talk.page}table/")
    settled(monkeypatch, tablets)
    for tablet in tablets[:3]:
        wrong = [tablet.post(f"{talk.page}table/", {"pin": "000000"}).text for _ in range(11)]
        assert ["too many wrong tries" in text for text in wrong] == [False] * 10 + [True]
        assert seat.TABLE not in tablet.post(f"{talk.page}table/", {"pin": pin}).cookies
    assert seat.TABLE in tablets[3].post(f"{talk.page}table/", {"pin": pin}).cookies


@pytest.mark.parametrize("happens", [*OVER, forges])
def test_a_device_is_an_ordinary_one_once_table_mode_is_over(
    tablet: Client, talk: Talk, cast: Cast, happens: Happens
) -> None:
    said = takes_part(tablet, talk)
    happens(tablet, talk, cast)
    page = tablet.get(talk.page)
    assert START not in page.text
    assert [words for words in said if words in page.text] == []
    assert {page.cookies[name]["max-age"] for name in (seat.TABLE, "weft_turn")} == {0}
    assert "turn" not in talk.hidden(tablet) if happens is not closes else "closed on" in read(page)
    assert tablet.get(f"{talk.page}sent/")["Location"] == talk.page


@pytest.mark.sqlite
def test_a_turn_of_an_earlier_table_is_nobodys(tablet: Client, talk: Talk, cast: Cast) -> None:
    takes_part(tablet, talk)
    old = tablet.cookies["weft_turn"].value
    tablet.post(f"{talk.page}table/", {"pin": begun(talk, cast)})
    tablet.cookies["weft_turn"] = old
    assert START in read(tablet.get(talk.page))


def test_its_cookies_are_for_no_script_and_go_with_the_day_and_the_browser(tablet: Client, talk: Talk) -> None:
    starts(tablet, talk)
    table, turn = tablet.cookies[seat.TABLE], tablet.cookies["weft_turn"]
    assert 0 < int(table["max-age"]) <= 24 * 3600
    assert turn["max-age"] == ""
    assert {(one["httponly"], one["samesite"], one["path"]) for one in (table, turn)} == {(True, "Lax", "/")}
    assert tablet.cookies["weft_part_tide123"].value == ""


@pytest.mark.parametrize("way", ["finished", "over"])
def test_the_second_person_meets_nothing_of_the_first(tablet: Client, talk: Talk, way: str) -> None:
    said = takes_part(tablet, talk)
    mine = tablet.get(f"{talk.page}sent/")
    assert all(words in mine.text for words in said if words.startswith("<span>"))
    assert "Open my receipt" not in mine.text
    again = tablet.post(f"{talk.page}finished/") if way == "finished" else tablet.get(f"{talk.page}table/over/")
    assert again["Location"] == talk.page
    assert tablet.cookies["weft_turn"].value == tablet.cookies["weft_visit"].value == ""
    assert again.cookies["weft_visit"]["path"] == f"{talk.page}sent/"
    assert "Refresh" not in again
    between = [tablet.get(talk.page + path, follow=True) for path in ("", "card/1/", "add/", "story/", "sent/")]
    starts(tablet, talk)
    during = [
        tablet.get(talk.page + path, follow=True) for path in ("", "card/1/", "add/", "story/", "sent/", "added/")
    ]
    assert all(START in read(page) for page in between)
    for page in (*between, *during):
        assert [words for words in said if words in page.text] == [], page.request["PATH_INFO"]
        assert "no-store" in page["Cache-Control"]
    talk.vote(tablet, "disagree")
    assert [person.arrived_by for person in Participant.objects.all()] == [Arrival.KIOSK] * 2
    assert (Vote.objects.count(), Story.objects.get().text, Participant.objects.filter(withdrawn_at=None).count()) == (
        2,
        STORY,
        2,
    )


def test_what_waited_for_a_connection_is_the_first_persons_and_shown_to_nobody(tablet: Client, talk: Talk) -> None:
    starts(tablet, talk)
    kept = {"text": STORY, "may": "use", "words": "on", **talk.hidden(tablet, "story/")}
    card = {"text": CARD, **talk.hidden(tablet, "add/")}
    talk.vote(tablet)
    tablet.get(f"{talk.page}table/over/")
    starts(tablet, talk)
    talk.vote(tablet, "disagree")
    before = dict(tablet.cookies)
    for path, form in (("story/", kept), ("add/", card), ("add/", {**card, "text": "x" * 400})):
        answer = tablet.post(talk.page + path, form)
        assert (answer.status_code, answer["Location"], dict(answer.cookies)) == (302, talk.page, {})
    first, second = Participant.objects.order_by("number")
    assert (Story.objects.get().participant, Statement.objects.get(text=CARD).author) == (first, first)
    assert dict(tablet.cookies) == before
    assert "You have no four words" in read(tablet.get(f"{talk.page}sent/"))
    assert second.votes.get().choice == -1


@pytest.mark.sqlite
def test_what_waited_stays_theirs_after_table_mode_was_ended(tablet: Client, talk: Talk, cast: Cast) -> None:
    starts(tablet, talk)
    talk.vote(tablet)
    kept = {"text": STORY, "may": "use", **talk.hidden(tablet, "story/")}
    ends(tablet, talk, cast)
    assert tablet.post(f"{talk.page}story/", kept)["Location"] == talk.page
    assert Story.objects.get().participant == Participant.objects.get()
    assert "0 answered" in read(tablet.get(talk.page))


@pytest.mark.sqlite
def test_no_receipt_opens_on_the_device_and_it_says_why(tablet: Client, talk: Talk) -> None:
    takes_part(tablet, talk)
    words = words_on(tablet.get(f"{talk.page}sent/").text)
    right = {"code": "tide123", "words": " ".join(words)}
    del tablet.cookies["weft_visit"]
    later = tablet.get(f"{talk.page}sent/").text
    assert ("are not shown again" in later, "Open my receipt" in later) == (True, False)
    below = ("", "yours/", "yours/back/", "yours/everything/withdraw/", "answers/")
    answers = [tablet.get(f"/r/{path}") for path in below] + [tablet.post("/r/", right)]
    for answer in answers:
        assert (answer.status_code, "weft_receipt" in answer.cookies) == (403, False)
        assert "Receipts do not open on this device" in answer.text
        assert f'content="65; url={talk.page}table/over/"' in answer.text
    assert Client().post("/r/", right)["Location"] == "/r/yours/"


@pytest.mark.sqlite
def test_nobody_is_signed_in_on_it(talk: Talk, cast: Cast) -> None:
    pin = begun(talk, cast)
    browser = as_(cast.mo)
    answer = browser.post(f"{talk.page}table/", {"pin": pin})
    assert seat.TABLE not in answer.cookies
    assert "Sign out first" in answer.text
    tablet = at_table(talk, cast)
    starts(tablet, talk)
    tablet.cookies[settings.SESSION_COOKIE_NAME] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    for path in ("", "story/"):
        answer = tablet.get(talk.page + path)
        assert (answer.status_code, "Sign out first" in answer.text) == (403, True)
    assert "Refresh" not in tablet.get("/mine/"), "nobody in the team loses what they typed"
    assert tablet.post("/sign-out/", {"next": talk.page})["Location"] == talk.page
    assert START not in tablet.get(talk.page).text, "whoever signed in was still there"


@pytest.mark.sqlite
def test_a_turn_ends_after_two_hours_and_table_mode_after_a_day(
    tablet: Client, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    takes_part(tablet, talk)
    monkeypatch.setattr(seat, "TURN_SECONDS", -1)
    assert START in tablet.get(talk.page).text
    monkeypatch.setattr(seat, "A_DAY", -1)
    assert "0 answered" in read(tablet.get(talk.page))


@pytest.mark.sqlite
def test_every_page_of_taking_part_waits_for_start(tablet: Client, talk: Talk, cast: Cast) -> None:
    conversations.make_conversation(by=cast.lena, of=cast.summer, prompt="And what helps?", code="tide456")
    paths = [str(route) for route in routes() if str(route).startswith("/c/") and "tables" not in (route.name or "")]
    assert len(paths) > 8
    Programme.objects.update(is_demo=True)
    start = tablet.get(talk.page)
    assert (start.status_code, "made up" in start.text, "weft-t1" in start.text) == (200, True, True)
    for path in paths:
        for code in ("tide123", "tide456"):
            answer = tablet.get(path.replace("<slug:code>", code).replace("<int:number>", "1"), follow=True)
            assert START in read(answer), path


@pytest.mark.sqlite
def test_pages_forget_by_themselves_without_a_script(tablet: Client, talk: Talk) -> None:
    def seconds(path: str) -> list[str]:
        page = tablet.get(path)
        shown = re.findall(r'http-equiv="refresh"\s+content="(\d+); url=/c/tide123/table/over/"', page.text)
        return [*shown, *re.findall(r"^(\d+); url=/c/tide123/table/over/$", page.get("Refresh", ""))]

    assert seconds(talk.page) == []
    starts(tablet, talk)
    found = [seconds(path) for path in (talk.page, f"{talk.page}story/", "/privacy/", "/nothing/", "/pell/")]
    assert found == [["65"], ["600"], ["600"], ["65"], ["600"]]
    tablet.get(f"{talk.page}table/over/")
    starts(tablet, talk, time="more")
    assert [seconds(path) for path in (talk.page, f"{talk.page}add/")] == [["200"], ["600"]]
    assert 'data-still="180"' in tablet.get(talk.page).text


@pytest.mark.sqlite
def test_leaving_a_sensitive_page_forgets_first(tablet: Client, talk: Talk) -> None:
    Conversation.objects.update(is_sensitive=True)
    leaves = re.compile(r'class="weft-leave"\s+href="([^"]+)"')
    away = leaves.findall(tablet.get(talk.page).text)
    assert away == leaves.findall(Client().get(talk.page).text)
    starts(tablet, talk)
    assert leaves.findall(tablet.get(talk.page).text) == [f"{talk.page}table/over/"] != away


@pytest.mark.sqlite
def test_a_device_that_is_no_table_is_left_alone(talk: Talk) -> None:
    phone = Client()
    talk.vote(phone)
    for answer in (phone.get(f"{talk.page}table/over/"), phone.post(f"{talk.page}table/start/")):
        assert (answer["Location"], dict(answer.cookies)) == (talk.page, {})
    assert "1 answered" in read(phone.get(talk.page))
    assert "table.js" not in phone.get(talk.page).text
    there = {"Sec-Fetch-Site": "cross-site"}
    assert phone.post(f"{talk.page}table/start/", headers=there).status_code == 403


@pytest.mark.sqlite
def test_a_table_of_thirty_children_is_not_held_back(tablet: Client, talk: Talk) -> None:
    for _ in range(30):
        starts(tablet, talk)
        assert talk.tell(tablet)["Location"] == f"{talk.page}sent/"
        tablet.post(f"{talk.page}finished/")
    assert (Participant.objects.count(), Story.objects.count()) == (30, 30)


@pytest.mark.sqlite
def test_the_same_pin_makes_it_an_ordinary_device_again(tablet: Client, talk: Talk) -> None:
    assert "Make this an ordinary device again" in tablet.get(f"{talk.page}table/").text
    takes_part(tablet, talk)
    assert "Make this an ordinary device again" in tablet.get(f"{talk.page}table/").text
    left = tablet.post(f"{talk.page}table/", {"pin": queries.pin_of(Conversation.objects.get())})
    assert left.cookies["weft_visit"]["path"] == f"{talk.page}sent/"
    assert "0 answered" in read(tablet.get(talk.page))


@pytest.mark.sqlite
def test_sitting_down_forgets_whoever_used_the_device_before(talk: Talk, cast: Cast) -> None:
    phone = Client()
    talk.vote(phone)
    phone.post(f"{talk.page}table/", {"pin": begun(talk, cast)})
    assert phone.cookies["weft_part_tide123"].value == ""


@pytest.mark.sqlite
def test_the_team_turns_it_on_reads_the_pin_and_ends_it(talk: Talk, cast: Cast) -> None:
    browser = as_(cast.mo)
    setting = f"{talk.team_page}table/"
    assert "Turn table mode on" in browser.get(setting).text
    assert browser.post(setting)["Location"] == setting
    pin = queries.pin_of(Conversation.objects.get())
    page = read(browser.get(setting))
    assert f"{pin[:3]} {pin[3:]}" in page
    assert "/c/tide123/table</strong>" in page
    assert "Table mode is on until" in read(browser.get(talk.team_page))
    assert browser.post(f"{setting}end/")["Location"] == setting
    assert queries.pin_of(Conversation.objects.get()) == ""
    assert [one.did for one in Entry.objects.filter(did__contains="table mode")] == [
        "ended table mode",
        "began table mode",
    ]
    closes(browser, talk, cast)
    assert browser.post(setting).status_code == 409
