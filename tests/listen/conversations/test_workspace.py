"""The team's side of a conversation."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.listen.conftest import Talk
from tests.listen.stories.test_stories import as_
from tests.moments import moment
from tests.voting import cast_vote
from weft.core.errors import Refused
from weft.listen.conversations import actions, queries
from weft.listen.conversations.models import Conversation, Moderation, Statement, Vote
from weft.people.audit.models import Entry
from weft.people.programmes.models import Membership, Role
from weft.provenance.queries import voices_behind

NEW = "/pell/summer/conversations/new/"
FACTS = {
    "prompt": "What helps?",
    "purpose": "We show the council.",
    "answer_by": "1 March 2027",
    "readers": "Lena and Mo",
    "language": "en-GB",
    "parts": ["takes_statements", "takes_stories"],
    "safety": ["is_sensitive"],
}


@pytest.fixture(autouse=True)
def lead(cast: Cast) -> None:
    """Somebody to pass concerns to, without whom nothing opens on a sensitive subject."""
    Membership.objects.create(programme=cast.pell, user=cast.kit, role=Role.SAFEGUARDING, from_on="2026-01-01")


def revision(browser: Client, address: str) -> dict[str, str]:
    return {"revision": browser.get(address).context["form"].initial["revision"]}


def vote_from(talk: Talk, card: Statement, *choices: int) -> None:
    """One vote each from that many people."""
    for choice in choices:
        cast_vote(by=talk.person(), on=card, choice=choice)


def test_a_conversation_is_opened_with_a_code_to_say_aloud(cast: Cast) -> None:
    browser = as_(cast.mo)
    response = browser.post(NEW, FACTS)
    made = Conversation.objects.get()
    assert response["Location"] == f"/pell/summer/conversations/{made.code}/"
    assert made.code[:-3] in actions.CODE_WORDS
    assert 100 <= int(made.code[-3:]) <= 999
    assert (made.takes_statements, made.takes_new_statements, made.takes_stories) == (True, False, True)
    assert (made.is_sensitive, made.needs_moderation, made.is_open) == (True, False, True)
    assert Entry.objects.get(did="opened conversation").by == cast.mo
    assert browser.get(response["Location"]).status_code == 200


def test_every_word_of_a_code_is_short_and_plain() -> None:
    words = actions.CODE_WORDS
    assert len(set(words)) == len(words) > 60
    assert [word for word in words if not (word.isascii() and word.isalpha() and word.islower())] == []
    assert max(map(len, words)) + 3 <= 10 <= Conversation._meta.get_field("code").max_length


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"prompt": ""}, "There is nothing under “What do you ask?” yet."),
        ({"prompt": "x" * 201}, "The question can be up to 200 characters. Yours has 201."),
        ({"answer_by": "soon"}, "That day cannot be read."),
        ({"parts": []}, "Nothing is ticked"),
        ({"parts": ["takes_new_statements"]}, "People can only add cards where there are cards."),
    ],
)
def test_a_bad_form_says_what_to_do(cast: Cast, change: dict[str, object], says: str) -> None:
    browser = as_(cast.mo)
    response = browser.post(NEW, {**FACTS, **change})
    assert response.status_code == 422
    assert says in response.text
    assert "We show the council." in response.text
    assert not Conversation.objects.exists()


def test_it_is_edited_and_its_code_stays(talk: Talk, cast: Cast) -> None:
    browser = as_(cast.mo)
    browser.post(f"{talk.team_page}edit/", {**FACTS, **revision(browser, f"{talk.team_page}edit/")})
    talk.conversation.refresh_from_db()
    assert (talk.conversation.prompt, talk.conversation.code) == ("What helps?", "tide123")


def test_two_who_edit_at_once_are_shown_both(talk: Talk, cast: Cast) -> None:
    browser, address = as_(cast.mo), f"{talk.team_page}edit/"
    before = revision(browser, address)
    actions.edit_conversation(by=cast.lena, conversation=talk.conversation, prompt="Lena asks this?")
    response = browser.post(address, {**FACTS, **before})
    assert response.status_code == 409
    assert "Lena asks this?" in response.text
    assert "What helps?" in response.text


def test_it_is_closed_and_opened_again(talk: Talk, cast: Cast) -> None:
    browser = as_(cast.mo)
    assert "Close “" in browser.get(f"{talk.team_page}close/").text
    browser.post(f"{talk.team_page}close/")
    talk.conversation.refresh_from_db()
    assert not talk.conversation.is_open
    with pytest.raises(Refused):
        actions.close_conversation(by=cast.mo, conversation=talk.conversation)
    browser.post(f"{talk.team_page}close/")
    talk.conversation.refresh_from_db()
    assert talk.conversation.is_open


def test_a_code_is_used_once(talk: Talk, cast: Cast) -> None:
    with pytest.raises(Refused, match="has the code tide123"):
        actions.make_conversation(by=cast.kit, of=cast.company, prompt="Again?", code="TIDE123")


class TestCards:
    def test_several_are_added_at_once_and_none_twice(self, talk: Talk, cast: Cast) -> None:
        browser = as_(cast.mo)
        browser.post(f"{talk.team_page}cards/new/", {"lines": "One.\n\n  Two. \nOne.\nThe pool is too far."})
        texts = list(Statement.objects.order_by("number").values_list("text", flat=True))
        assert texts == [
            "The pool is too far.",
            "The bus costs too much.",
            "There is nothing for teenagers.",
            "One.",
            "Two.",
        ]

    def test_a_card_that_is_too_long_is_named(self, talk: Talk, cast: Cast) -> None:
        response = as_(cast.mo).post(f"{talk.team_page}cards/new/", {"lines": "Short.\n" + "x" * 301})
        assert response.status_code == 422
        assert "Card 2 has 301 characters." in response.text
        assert Statement.objects.count() == 3

    def test_one_tap_shows_a_card_and_another_undoes_it(self, talk: Talk, cast: Cast) -> None:
        card = actions.add_statement(by=talk.person(), conversation=talk.conversation, text="From a phone.")
        browser, address = as_(cast.mo), f"{talk.team_page}cards/{card.number}/"
        assert "From a phone." in browser.get(f"{talk.team_page}?show=waiting").text
        for tap, moderation, visibility in (("yes", Moderation.SHOWN, "public"), ("later", Moderation.WAITING, "team")):
            browser.post(address, {"show": tap})
            card.refresh_from_db()
            card.node.refresh_from_db()
            assert (card.moderation, card.node.visibility) == (moderation, visibility)

    def test_hiding_asks_for_a_reason(self, talk: Talk, cast: Cast) -> None:
        card, browser = talk.cards[0], as_(cast.mo)
        address = f"{talk.team_page}cards/{card.number}/"
        assert browser.post(address, {"because": ""}).status_code == 422
        browser.post(address, {"because": "It names a neighbour."})
        card.refresh_from_db()
        assert (card.moderation, card.hidden_because) == (Moderation.HIDDEN, "It names a neighbour.")
        assert "It names a neighbour." in browser.get(f"{talk.team_page}?show=hidden").text
        assert Client().get(card.node.get_absolute_url()).status_code == 404

    def test_numbers_are_shown_only_from_enough_people(self, client: Client, talk: Talk, cast: Cast) -> None:
        few, some, many = talk.cards
        vote_from(talk, few, 1, 1, -1)
        vote_from(talk, some, *[1] * 7)
        vote_from(talk, many, *[1] * 12, *[-1] * 11, *[0] * 10)
        inside = as_(cast.mo).get(talk.team_page).text
        assert "Fewer than 5 people, so the numbers are not shown." in inside
        assert "7 people answered. The other numbers are too small to show." in inside
        assert "Of 33 people, 12 agreed, 11 disagreed and 10 passed." in inside
        moment(talk.conversation)
        outside = client.get(some.node.get_absolute_url()).text
        assert "Too few people have answered, so the numbers are not shown." in outside
        assert "Of 33 people, 12 agreed" in client.get(many.node.get_absolute_url()).text

    def test_voices_are_the_writer_and_those_who_answered(self, talk: Talk) -> None:
        card = actions.add_statement(by=talk.person(), conversation=talk.conversation, text="Mine.", moderation=1)
        vote_from(talk, card, 1, 0, -1)
        Vote.objects.update(cast_at=timezone.now() - timedelta(hours=2))
        found = voices_behind([card.node, talk.cards[0].node])
        assert found[card.node_id].words == {card.author_id}
        assert found[card.node_id].answers == {talk.conversation.pk: 3}
        assert found[talk.cards[0].node_id].answers == {}


class TestPages:
    def test_a_poster_has_the_square_and_the_address(self, talk: Talk, cast: Cast) -> None:
        page = as_(cast.mo).get(f"{talk.team_page}poster/").text
        assert "/c/tide123" in page
        assert "QR code that opens the conversation" in page

    def test_open_ones_are_listed_and_sensitive_ones_are_not(self, client: Client, talk: Talk) -> None:
        assert "What gets in the way" in client.get("/pell/conversations/").text
        actions.edit_conversation(by=None, conversation=talk.conversation, is_sensitive=True)
        assert "What gets in the way" not in client.get("/pell/conversations/").text

    def test_the_team_page_needs_few_queries(self, talk: Talk, cast: Cast, django_assert_max_num_queries) -> None:
        actions.add_statements(by=cast.lena, conversation=talk.conversation, texts=[f"Card {n}" for n in range(60)])
        browser = as_(cast.mo)
        moment(talk.conversation)  # what the first reader's page does in an hour
        with django_assert_max_num_queries(12):
            assert "Page 1 of 3" in browser.get(talk.team_page).text
        with django_assert_max_num_queries(12):
            browser.get(talk.cards[0].node.get_absolute_url())

    def test_jobs_and_workspace_are_few_queries(self, talk: Talk, cast: Cast, django_assert_max_num_queries) -> None:
        for _ in range(2):
            actions.add_statement(by=talk.person(), conversation=talk.conversation, text="Waits.")
        with django_assert_max_num_queries(2):
            assert queries.jobs(cast.summer)[0].what == "2 cards wait to be read."
        with django_assert_max_num_queries(3):
            row = queries.workspace(cast.summer).rows[0]
        assert (row.people, row.statements, row.waiting) == (2, 3, 2)

    @pytest.mark.parametrize("who", ["kit", "ola", "nobody", None])
    def test_strangers_change_nothing(self, talk: Talk, cast: Cast, who: str | None) -> None:
        browser = as_(getattr(cast, who)) if who else Client()
        expected = 404 if who else 302
        for path in ("", "edit/", "poster/"):
            assert browser.get(talk.team_page + path).status_code == expected
        for path in ("edit/", "close/", "cards/new/", "cards/1/"):
            sent = {"lines": "One", "show": "later", "because": "No", **FACTS}
            assert browser.post(talk.team_page + path, sent).status_code == expected
        talk.conversation.refresh_from_db()
        assert talk.conversation.is_open
        assert Statement.objects.filter(moderation=Moderation.SHOWN).count() == 3
