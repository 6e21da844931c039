"""Scan, tap, done: what contributors meet."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.listen.conftest import Talk
from tests.reading import read
from weft.listen.conversations import actions
from weft.listen.conversations.models import Moderation, Participant, Statement, Vote, VoteEvent


def test_the_first_page_makes_nobody_and_leaves_no_cookie(client: Client, talk: Talk) -> None:
    response = client.get(talk.page)
    assert response.status_code == 200
    page = read(response)
    assert "Someone else taking part wrote" in page or "People here have said" in page
    assert "0 answered, 3 left" in page
    assert not client.cookies
    assert not Participant.objects.exists()


def test_a_first_vote_takes_two_steps(client: Client, talk: Talk) -> None:
    response = talk.vote(client)
    assert response.status_code == 302
    assert response["Location"] == talk.page
    assert Vote.objects.get().choice == 1
    cookie = response.cookies["weft_part_tide123"]
    assert cookie["path"] == talk.page
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "1 answered, 2 left" in client.get(talk.page).text


def test_only_a_keyed_hash_of_the_secret_is_kept(client: Client, talk: Talk) -> None:
    secret = talk.vote(client).cookies["weft_part_tide123"].value
    kept = bytes(Participant.objects.get().secret_hash)
    assert kept == Participant.hash_of(secret)
    assert secret.encode() not in kept


def test_the_script_is_sent_the_next_card(client: Client, talk: Talk) -> None:
    sent = {**talk.hidden(client), "choice": "pass"}
    response = client.post(f"{talk.page}answer/", sent, headers={"X-Requested-With": "weft"})
    assert response.status_code == 200
    assert response.text.lstrip().startswith('<div id="card">')
    assert "1 answered, 2 left" in response.text


def test_a_form_sent_twice_is_one_vote_of_one_person(client: Client, talk: Talk) -> None:
    sent = {**talk.hidden(client), "choice": "agree"}
    first = client.post(f"{talk.page}answer/", sent)
    again = Client().post(f"{talk.page}answer/", sent)  # the answer to the first was lost, the cookie with it
    assert again.cookies["weft_part_tide123"].value == first.cookies["weft_part_tide123"].value
    assert (Participant.objects.count(), Vote.objects.count(), VoteEvent.objects.count()) == (1, 1, 1)


def test_an_answer_can_be_changed_and_the_history_is_kept(client: Client, talk: Talk) -> None:
    talk.vote(client)
    page = client.get(talk.page).text
    link = re.search(r'href="(/c/tide123/card/\d+/)"\s*>Change your last answer', page)
    assert link
    path = link[1].removeprefix(talk.page)
    assert "You said: Agree" in " ".join(client.get(link[1]).text.split())
    client.post(f"{talk.page}answer/", {**talk.hidden(client, path), "choice": "disagree"})
    assert Vote.objects.get().choice == -1
    assert list(VoteEvent.objects.order_by("pk").values_list("choice", flat=True)) == [1, -1]


def test_the_same_card_is_shown_until_it_is_answered(client: Client, talk: Talk) -> None:
    talk.vote(client)
    shown = {talk.hidden(client)["statement"] for _ in range(4)}
    assert len(shown) == 1


def test_after_the_last_card_it_says_what_happens_next(client: Client, talk: Talk) -> None:
    for _ in range(3):
        talk.vote(client)
    page = client.get(talk.page).text
    assert "3 answered, 0 left" in page
    assert "What happens next" in page
    assert "The team shows the council what you said." in page
    response = client.post(f"{talk.page}words/")
    assert response["Location"] == f"{talk.page}sent/"
    assert len(re.findall(r"<span>(\w+)</span>", client.get(f"{talk.page}sent/").text)) >= 4


def test_without_a_choice_the_same_card_comes_back(client: Client, talk: Talk) -> None:
    sent = talk.hidden(client)
    response = client.post(f"{talk.page}answer/", sent)
    assert response.status_code == 422
    assert "Tap Agree, Disagree or Pass." in response.text
    assert sent["statement"] in response.text
    assert not Participant.objects.exists()


@pytest.mark.parametrize("damage", [{"statement": "x"}, {"key": ""}, {"choice": "maybe"}, {"choice": "\0"}])
def test_damaged_forms_change_nothing(client: Client, talk: Talk, damage: dict[str, str]) -> None:
    assert talk.vote(client, **damage).status_code == 422
    assert not Vote.objects.exists()


def test_a_statement_of_another_conversation_is_unknown(client: Client, talk: Talk, cast: Cast) -> None:
    other = actions.make_conversation(by=cast.kit, of=cast.company, prompt="And you?")
    card = actions.add_statement(by=cast.kit, conversation=other, text="Elsewhere.")
    assert talk.vote(client, statement=str(card.pk)).status_code == 404
    assert talk.vote(client, statement=str(uuid4())).status_code == 404
    assert not Participant.objects.exists()


def test_unknown_conversations_are_not_found(client: Client, db: None) -> None:
    for path in ("", "answer/", "story/", "add/", "sent/", "card/1/"):
        method = client.post if path == "answer/" else client.get
        data = {"statement": str(uuid4()), "key": str(uuid4()), "choice": "agree"} if path == "answer/" else {}
        assert method(f"/c/nothing1/{path}", data).status_code == 404


def test_a_closed_conversation_says_so_in_one_sentence(client: Client, talk: Talk, cast: Cast) -> None:
    sent = {**talk.hidden(client), "choice": "agree"}
    actions.close_conversation(by=cast.lena, conversation=talk.conversation)
    page = client.get(talk.page)
    assert "This conversation closed on" in page.text
    for path, data in (("answer/", sent), ("story/", {"text": "Late"}), ("add/", {"text": "Late"})):
        response = client.post(talk.page + path, data)
        assert response.status_code == 409
        assert "What came of it is on the programme’s pages." in response.text
    assert not Participant.objects.exists()


def test_a_hidden_card_is_refused(client: Client, talk: Talk, cast: Cast) -> None:
    sent = {**talk.hidden(client), "choice": "agree"}
    card = Statement.objects.select_related("node").get(pk=sent["statement"])
    actions.moderate(by=cast.lena, row=card, moderation=Moderation.HIDDEN, because="It names somebody.")
    assert client.post(f"{talk.page}answer/", sent).status_code == 409
    assert talk.hidden(client)["statement"] != sent["statement"]


def test_a_form_from_another_site_is_refused(client: Client, talk: Talk) -> None:
    sent = {**talk.hidden(client), "choice": "agree"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert client.post(f"{talk.page}answer/", sent, headers=headers).status_code == 403
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
    assert client.post(f"{talk.page}answer/", sent, headers=own).status_code == 302


def test_the_page_needs_few_queries_however_many_cards(
    client: Client, talk: Talk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    talk.vote(client)
    actions.add_statements(by=None, conversation=talk.conversation, texts=[f"Card {n}" for n in range(60)])
    with django_assert_max_num_queries(8):
        client.get(talk.page)


def test_a_sensitive_conversation_can_be_left_at_once(client: Client, talk: Talk) -> None:
    assert "Leave this page" not in client.get(talk.page).text
    actions.edit_conversation(by=None, conversation=talk.conversation, is_sensitive=True)
    for path in ("", "story/", "add/"):
        assert "Leave this page" in client.get(talk.page + path).text


class TestAddingACard:
    def test_it_waits_to_be_read_and_takes_one_form(self, client: Client, talk: Talk) -> None:
        sent = {"text": "Lunch is what breaks August.", **talk.hidden(client, "add/")}
        for _ in range(2):
            assert client.post(f"{talk.page}add/", sent)["Location"] == f"{talk.page}added/"
        card = Statement.objects.get(text="Lunch is what breaks August.")
        assert card.moderation == Moderation.WAITING
        assert card.node.is_for_team
        assert card.author == Participant.objects.get()
        assert "Someone in the team reads it." in client.get(f"{talk.page}added/").text

    def test_without_moderation_it_is_shown_at_once(self, client: Client, talk: Talk) -> None:
        actions.edit_conversation(by=None, conversation=talk.conversation, needs_moderation=False)
        client.post(f"{talk.page}add/", {"text": "At once.", **talk.hidden(client, "add/")})
        assert Statement.objects.get(text="At once.").moderation == Moderation.SHOWN

    @pytest.mark.parametrize(
        ("text", "says"),
        [("", "There is nothing on your card yet."), ("x" * 301, "up to 300 characters. Yours has 301.")],
    )
    def test_a_bad_card_keeps_what_was_typed(self, client: Client, talk: Talk, text: str, says: str) -> None:
        response = client.post(f"{talk.page}add/", {"text": text, **talk.hidden(client, "add/")})
        assert response.status_code == 422
        assert says in response.text
        assert text in response.text

    @pytest.mark.parametrize("text", ["الحافلة غالية جدا", "🚌 💸", "a\u0000b", "<script>alert(1)</script>"])
    def test_any_script_is_kept_as_it_was_written(self, client: Client, talk: Talk, text: str) -> None:
        actions.edit_conversation(by=None, conversation=talk.conversation, needs_moderation=False)
        assert client.post(f"{talk.page}add/", {"text": text, **talk.hidden(client, "add/")}).status_code == 302
        assert Statement.objects.filter(text=text.replace("\0", "")).exists()
        assert "<script>alert" not in client.get(talk.page).text

    def test_it_can_be_switched_off(self, client: Client, talk: Talk) -> None:
        actions.edit_conversation(by=None, conversation=talk.conversation, takes_new_statements=False)
        assert client.get(f"{talk.page}add/").status_code == 409
        assert "Add a card" not in client.get(talk.page).text
