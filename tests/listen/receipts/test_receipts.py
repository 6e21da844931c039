"""Four words: where they stand, where they never stand, and what they open."""

import html
import logging
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.listen.conftest import Talk
from tests.reading import read
from weft.listen import device
from weft.listen.conversations.models import Consent, Participant, Statement, Vote, VoteEvent
from weft.listen.receipts import actions, queries
from weft.listen.receipts.models import Receipt
from weft.listen.stories import actions as stories
from weft.listen.stories.models import Story
from weft.listen.themes.actions import make_theme
from weft.provenance.actions import record
from weft.provenance.masks import let_go
from weft.provenance.models import Node


def words_on(page: str) -> list[str]:
    """The four words that a page shows."""
    return re.findall(r"<span>(\w+)</span>", re.search(r'<p class="weft-words">(.*?)</p>', page, re.S)[1])


def told(client: Client, talk: Talk, **more: object) -> list[str]:
    """Tell a story and read the words off the page that follows."""
    response = talk.tell(client, **more)
    assert response["Location"] == f"{talk.page}sent/"
    return words_on(client.get(f"{talk.page}sent/").text)


def opened(talk: Talk, words: list[str]) -> Client:
    """Another phone, on which the receipt has been opened."""
    phone = Client()
    response = phone.post("/r/", {"code": "tide123", "words": " ".join(words)})
    assert response["Location"] == "/r/yours/"
    return phone


def everything_in_the_database() -> str:
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            if "search" in table and table != "provenance_searchtext":
                continue
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for row in cursor.fetchall():
                found.append(" ".join(bytes(v).decode("latin-1") if isinstance(v, memoryview) else str(v) for v in row))
    return "\n".join(found)


def test_the_words_stand_on_the_page_and_in_its_square_only(
    client: Client, talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        words = told(client, talk)
        phone = opened(talk, words)
        page = phone.get("/r/yours/")
    together = " ".join(words)
    assert together not in everything_in_the_database()
    assert "-".join(words) not in everything_in_the_database()
    assert not [record for record in caplog.records if all(word in record.getMessage() for word in words)]
    assert together not in page.text
    assert all(
        word not in "".join(morsel.value for morsel in phone.cookies.values()) for word in words if len(word) > 4
    )


def test_the_same_device_is_shown_the_same_words_again(client: Client, talk: Talk) -> None:
    words = told(client, talk)
    assert words_on(client.get(f"{talk.page}sent/").text) == words
    talk.tell(client, "Another one.")
    assert words_on(client.get(f"{talk.page}sent/").text) == words
    assert Receipt.objects.count() == 1


def test_later_the_page_shows_no_words_and_says_how_to_open_the_receipt(client: Client, talk: Talk) -> None:
    words = told(client, talk)
    del client.cookies["weft_visit"]
    for _ in range(2):
        page = read(client.get(f"{talk.page}sent/"))
        assert "Your four words were shown when you got them" in page
        assert 'href="/r/"' in page
        assert 'class="weft-words"' not in page
        assert " ".join(words) not in page
        assert "-".join(words) not in page
        Receipt.objects.update(made_at=timezone.now() - timedelta(minutes=2))
        client.post(f"{talk.page}words/")
        talk.tell(client, "Another story, told on another day.")


def test_the_visit_ends_after_a_quarter_of_an_hour(client: Client, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    told(client, talk)
    cookie = client.cookies["weft_visit"]
    assert (cookie["max-age"], cookie["path"], cookie["httponly"]) == (900, f"{talk.page}sent/", True)
    monkeypatch.setattr(device, "VISIT_SECONDS", 0)
    assert 'class="weft-words"' not in client.get(f"{talk.page}sent/").text


def test_the_visit_of_one_shows_nothing_of_another(talk: Talk) -> None:
    first, second = Client(), Client()
    told(first, talk)
    told(second, talk)
    second.cookies["weft_visit"] = first.cookies["weft_visit"].value
    assert 'class="weft-words"' not in second.get(f"{talk.page}sent/").text


def test_a_story_sent_again_after_its_answer_was_lost_still_brings_the_words(talk: Talk) -> None:
    sent = {"text": "The bus.", "may": "read", "words": "on", **talk.hidden(Client(), "story/")}
    Client().post(f"{talk.page}story/", sent)
    phone = Client()
    phone.post(f"{talk.page}story/", sent)
    assert len(words_on(phone.get(f"{talk.page}sent/").text)) == 4
    assert Receipt.objects.count() == Story.objects.count() == 1


def test_two_people_have_other_words(talk: Talk) -> None:
    assert told(Client(), talk) != told(Client(), talk)


def test_other_words_are_taken_when_somebody_has_the_first_ones(talk: Talk) -> None:
    secret = "a secret"
    first = queries.words_from(secret, talk.conversation)
    Receipt.objects.create(
        participant=talk.person(),
        words_hash=Receipt.hash_of(talk.conversation.code, first),
        made_at=talk.conversation.opened_at,
    )
    issued = actions.issue(by=None, participant=talk.person(secret), secret=secret)
    assert issued != first
    assert queries.words_for(secret, talk.conversation) == issued


def test_without_the_tick_there_are_no_words_until_asked_for(client: Client, talk: Talk) -> None:
    talk.tell(client, may="use", words="")
    page = client.get(f"{talk.page}sent/").text
    assert "You have no four words." in page
    assert not Receipt.objects.exists()
    client.post(f"{talk.page}words/")
    assert len(words_on(client.get(f"{talk.page}sent/").text)) == 4
    assert Consent.objects.filter(scope="tell", node=None).count() == 1


def test_whoever_has_said_nothing_gets_no_words(client: Client, talk: Talk) -> None:
    assert client.post(f"{talk.page}words/")["Location"] == talk.page
    assert client.get(f"{talk.page}sent/")["Location"] == talk.page


@pytest.mark.parametrize("how", ["{} {} {} {}", "{},{}, {},{}", "{}-{}-{}-{}", "  {}\n{}  {} {} "])
def test_words_may_be_typed_in_many_ways(client: Client, talk: Talk, how: str) -> None:
    words = told(client, talk)
    for typed in (how.format(*words), how.format(*words).upper()):
        response = Client().post("/r/", {"code": " TIDE123 ", "words": typed})
        assert response["Location"] == "/r/yours/"


def test_words_are_never_taken_from_an_address(client: Client, talk: Talk) -> None:
    words = told(client, talk)
    response = Client().get("/r/", {"code": "tide123", "words": " ".join(words)})
    assert response.status_code == 200
    assert " ".join(words) not in response.text


def test_pages_of_receipts_are_not_kept_and_tell_no_other_site(client: Client, talk: Talk) -> None:
    phone = opened(talk, told(client, talk))
    for path in ("/r/", "/r/yours/", "/r/yours/everything/withdraw/", f"{talk.page}sent/"):
        who = client if path.startswith("/c/") else phone
        response = who.get(path)
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "There are no words yet."),
        ("apple", "That is one word. There are four on your slip."),
        ("abandon ability able about above", "Those are 5 words."),
        ("abandon abilitty able about", "“abilitty” is not one of the words we use. Is it “ability”?"),
        ("abandon ability able xyzzy", "“xyzzy” is not one of the words we use. Check the spelling."),
        ("abandon ability able about", "We do not know these four words."),
    ],
)
def test_wrong_words_are_said_plainly(talk: Talk, client: Client, words: str, says: str) -> None:
    response = client.post("/r/", {"code": "tide123", "words": words})
    assert response.status_code == 422
    assert says in html.unescape(response.text)


def test_wrong_guesses_are_held_back_for_each_caller(client: Client, talk: Talk) -> None:
    words = told(client, talk)
    guess = {"code": "tide123", "words": "abandon ability able about"}
    codes = [client.post("/r/", guess).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]
    right = {"code": "tide123", "words": " ".join(words)}
    assert client.post("/r/", right).status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.9").post("/r/", right).status_code == 302


def test_wrong_guesses_are_held_back_for_each_conversation(client: Client, talk: Talk) -> None:
    guess = {"code": "tide123", "words": "abandon ability able about"}
    for number in range(30):
        caller = Client(REMOTE_ADDR=f"203.0.113.{number}")
        for _ in range(10):
            assert caller.post("/r/", guess).status_code == 422
    caller = Client(REMOTE_ADDR="198.51.100.1")
    assert caller.post("/r/", guess).status_code == 422, "one try is left to each, so that nobody is locked out"
    response = caller.post("/r/", guess)
    assert response.status_code == 429
    assert "There were too many wrong tries" in response.text


def test_words_open_in_any_order(client: Client, talk: Talk) -> None:
    words = told(client, talk)
    for order in (words[::-1], sorted(words), [*words[2:], *words[:2]]):
        assert Client().post("/r/", {"code": "tide123", "words": " ".join(order)})["Location"] == "/r/yours/"
    assert Client().post("/r/", {"code": "tide123", "words": " ".join([*words[:3], words[0]])}).status_code == 422


def test_nobody_is_given_the_words_of_another_in_another_order(talk: Talk) -> None:
    first = queries.words_from("a secret", talk.conversation)
    code = talk.conversation.code
    taken = Receipt.hash_of(code, first[::-1])
    other = talk.person()
    Receipt.objects.create(participant=other, words_hash=taken, made_at=talk.conversation.opened_at)
    one = talk.person("a secret")
    assert sorted(actions.issue(by=None, participant=one, secret="a secret")) != sorted(first)
    Receipt.objects.filter(participant=one).update(words_hash=Receipt.hash_of(code, first))  # as they were given before
    assert queries.participant_for(code, [*first]) == one
    assert queries.participant_for(code, [*first[::-1]]) == other
    assert queries.participant_for(code, sorted(first, key=first[1].__eq__)) is None


def test_words_that_look_alike_are_named_from_what_was_typed_alone(talk: Talk) -> None:
    told = queries.alike(["able", "zoo", "able", "boy", "cage"])
    assert told[0] == "“able” is easily taken for “cable” or “table”."
    assert [sentence.split()[0] for sentence in told] == ["“able”", "“boy”", "“cage”"]
    response = Client().post("/r/", {"code": "tide123", "words": "able zoo zone zero"})
    assert "“able” is easily taken for “cable” or “table”." in html.unescape(response.text)


def test_a_forwarded_address_counts_only_behind_a_proxy(client: Client, talk: Talk, settings) -> None:
    guess = {"code": "tide123", "words": "abandon ability able about"}
    for number in range(11):
        last = client.post("/r/", guess, headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert last.status_code == 429
    settings.BEHIND_PROXY = True
    assert client.post("/r/", guess, headers={"X-Forwarded-For": "evil, 203.0.113.200"}).status_code == 422


def test_a_receipt_is_opened_by_a_signed_cookie_alone(client: Client, talk: Talk) -> None:
    phone = opened(talk, told(client, talk))
    cookie = phone.cookies["weft_receipt"]
    assert cookie["httponly"]
    assert cookie["path"] == "/r/"
    forged = Client()
    forged.cookies["weft_receipt"] = Participant.objects.get().pk.hex
    assert forged.get("/r/yours/")["Location"] == "/r/"
    phone.post("/r/yours/close/")
    assert phone.get("/r/yours/")["Location"] == "/r/"


class TestTakingBack:
    def test_first_it_says_what_rests_on_it(self, client: Client, talk: Talk, cast: Cast) -> None:
        phone = opened(talk, told(client, talk))
        node = Story.objects.get().node
        page = phone.get(f"/r/yours/{node.code}/withdraw/").text
        assert "Nothing else rests on your story." in page
        themes = [make_theme(by=cast.lena, of=cast.summer, title=f"Theme {n}", sources=[node]) for n in range(2)]
        record(by=cast.lena, kind="finding", programme=cast.pell, title="F", sources=[one.node for one in themes])
        page = phone.get(f"/r/yours/{node.code}/withdraw/").text
        assert "Two themes and one finding rest partly on your story. They stay, without your words." in page
        assert Story.objects.get().text

    def test_the_words_are_gone_from_the_tables(self, client: Client, talk: Talk, cast: Cast) -> None:
        said = "Four bus fares are our food for a day and so we stay at home"
        phone = opened(talk, told(client, talk, text=said, described_as="a baker in Ormsea"))
        story = Story.objects.select_related("node").get()
        stories.release(by=cast.lena, row=story)
        made = {"by": cast.lena, "programme": cast.pell, "team": cast.summer, "text": said}
        quote = record(kind="excerpt", title=said, sources=[(story.node, "quotes")], **made)
        theme = make_theme(
            by=cast.lena, of=cast.summer, title="Fares", summary=f"One said: {said}.", sources=[story.node]
        )
        response = phone.post(f"/r/yours/{story.node.code}/withdraw/")
        assert response["Location"] == "/r/yours/back/"
        assert "Your words are gone from every page that others read, as of now." in phone.get("/r/yours/back/").text
        let_go(by=cast.lena, node=story.node, place=theme.node)
        left = everything_in_the_database()
        assert "bus fares are our food" not in left
        assert "baker in Ormsea" not in left
        theme.refresh_from_db()
        assert "words taken back on" in theme.summary
        quote.refresh_from_db()
        assert quote.is_withdrawn
        assert Consent.objects.filter(node=story.node, withdrawn_at=None).count() == 0
        assert client.get(f"/pell/{story.node.code}/").status_code == 410
        assert "You took this back on" in phone.get("/r/yours/").text

    def test_answers_are_deleted_and_nothing_more_can_come(self, client: Client, talk: Talk) -> None:
        talk.vote(client)
        talk.vote(client)
        phone = opened(talk, told(client, talk))
        assert "You answered two cards on" in phone.get("/r/yours/").text
        sent = talk.hidden(client)
        phone.post("/r/yours/answers/withdraw/")
        assert not Vote.objects.exists()
        assert not VoteEvent.objects.exists()
        assert Story.objects.get().text
        response = client.post(f"{talk.page}answer/", {**sent, "choice": "agree"})
        assert response.status_code == 409
        assert "You took back what you said here" in response.text
        assert client.post(f"{talk.page}story/", {"text": "More"}).status_code == 409
        assert not Vote.objects.exists()

    def test_everything_goes_at_once(self, client: Client, talk: Talk) -> None:
        talk.vote(client)
        client.post(f"{talk.page}add/", {"text": "A card of mine, in my own words.", **talk.hidden(client, "add/")})
        phone = opened(talk, told(client, talk))
        phone.post("/r/yours/everything/withdraw/")
        assert not Vote.objects.exists()
        assert Story.objects.get().text == ""
        assert Statement.objects.get(author__isnull=False).text == ""
        assert "in my own words" not in everything_in_the_database()
        assert "Nothing of yours is left in this conversation." in phone.get("/r/yours/back/").text
        assert Node.objects.filter(withdrawn_at=None, kind="story").count() == 0

    def test_nobody_takes_back_what_another_said(self, client: Client, talk: Talk) -> None:
        phone = opened(talk, told(client, talk))
        told(Client(), talk)
        other = Story.objects.exclude(participant=Participant.objects.order_by("number").first()).get()
        assert phone.get(f"/r/yours/{other.node.code}/withdraw/").status_code == 404
        assert phone.post(f"/r/yours/{other.node.code}/withdraw/").status_code == 404
        assert Client().post(f"/r/yours/{other.node.code}/withdraw/")["Location"] == "/r/"
        other.refresh_from_db()
        assert other.text
