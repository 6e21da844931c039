"""Somebody with one browser and much time tries to find out how others answered."""

import re

import pytest
from django.test import Client

from tests.cast import Cast
from tests.moments import moment
from tests.reading import read
from weft.listen.conversations.actions import add_statement, make_conversation
from weft.listen.conversations.models import Conversation, Participant, Statement, Vote
from weft.listen.receipts.actions import withdraw_votes
from weft.sense.maps.actions import draw_map

pytestmark = [pytest.mark.django_db, pytest.mark.long]
ATTACKER = "198.51.100.66"


@pytest.fixture
def card(cast: Cast) -> Statement:
    talk = make_conversation(by=cast.mo, of=cast.summer, prompt="Is it safe at home?", code="tide123")
    return add_statement(by=cast.mo, conversation=talk, text="I am afraid to go home.")


def answer(card: Statement, choice: str, *, address: str, agent: str = "Mozilla/5.0") -> None:
    """Somebody answers with a browser of their own."""
    browser = Client(REMOTE_ADDR=address, headers={"User-Agent": agent})
    page = read(browser.get("/c/tide123/"))
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    sent = browser.post("/c/tide123/answer/", {**hidden, "statement": str(card.pk), "choice": choice})
    assert sent.status_code == 302


def honest(card: Statement, *choices: str) -> None:
    """Each of them from a home of their own."""
    start = Participant.objects.count()
    for number, choice in enumerate(choices, start):
        answer(card, choice, address=f"203.0.{number}.9")


def shown(card: Statement) -> str:
    """All that a stranger is told of the card, on its page and wherever else a number stands, after the next moment."""
    moment(Conversation.objects.get(pk=card.conversation_id))
    page = Client().get(card.node.get_absolute_url()).text
    figure = page[page.index('<figure class="weft-figure">') : page.index("</figure>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", figure)).strip()


def test_sixty_answers_of_one_browser_uncover_nothing(card: Statement):
    honest(card, *["agree"] * 10, "disagree", "pass")
    before = shown(card)
    assert before.startswith("12 people answered. The other numbers are too small to show.")
    for number in range(60):
        answer(card, ("agree", "disagree", "pass")[number % 3], address=ATTACKER)
        if number % 10 == 9:
            assert shown(card) == before
    assert Vote.objects.count() == 72


def test_nine_answers_of_ones_own_and_one_of_somebody_else_are_no_step(card: Statement):
    honest(card, *["agree"] * 12)
    before = shown(card)
    for _ in range(9):
        answer(card, "pass", address=ATTACKER)
    told = {shown(card)}
    for choice in ("agree", "disagree"):
        honest(card, choice)
        told.add(shown(card))
    assert told == {before}


def test_a_browser_that_calls_itself_by_many_names_is_no_crowd(card: Statement):
    agents = ["Mozilla/5.0 (iPhone)", "Mozilla/5.0 (Linux; Android 14)", "curl/8.5", "Mozilla/5.0 (Windows NT 10.0)"]
    for number in range(40):
        answer(card, "agree", address=f"198.51.100.{number}", agent=agents[number % 4])
    honest(card, "disagree")
    assert shown(card) == "Too few people have answered, so the numbers are not shown."


def test_nine_who_leave_with_one_other_do_not_tell_what_that_one_said(card: Statement):
    """The attacker's own nine were counted among a crowd, and are taken back when somebody else takes theirs back."""
    for _ in range(9):
        answer(card, "pass", address=ATTACKER)
    mine = list(Participant.objects.all())
    honest(card, *["agree"] * 20, *["disagree"] * 15)
    before = shown(card)
    assert before.startswith("Of 44 people, 20 agreed and 24 did not.")
    victim = Participant.objects.order_by("-number").first()
    for one in [*mine, victim]:
        withdraw_votes(by=None, participant=one)
        assert shown(card) == before


def test_a_map_of_a_stuffed_conversation_tells_no_number_of_the_stuffed_card(card: Statement, cast: Cast):
    honest(card, *["agree"] * 10, "disagree", "pass", *["agree"] * 3)
    for number in range(60):
        answer(card, ("agree", "disagree", "pass")[number % 3], address=ATTACKER)
    result = draw_map(by=cast.mo, conversation=card.conversation).result
    (row,) = result["statements"]
    assert row["everybody"] == [None] * 4


def test_what_an_attack_costs_is_what_the_documents_say(card: Statement):
    """Five networks in one hour and one honest change of that card: this is the price that docs/safety.md states."""
    honest(card, *["agree"] * 15, *["disagree"] * 15)
    before = shown(card)
    for network in range(4):
        for _ in range(2):
            answer(card, "pass", address=f"198.51.{network}.1")
    honest(card, "disagree")
    assert shown(card) == before
    for _ in range(2):
        answer(card, "pass", address="198.51.4.1")
    assert shown(card) != before
