"""Which cards are dealt, also where several processes serve one site, each with a memory of its own."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast
from tests.listen.conftest import Talk
from weft.listen.conversations import actions, analysis
from weft.listen.conversations.actions import withdraw_statement
from weft.listen.conversations.models import Moderation
from weft.listen.conversations.queries import Answered, Card, answered_by

Process = Callable[[str], None]


@pytest.fixture
def in_process(settings) -> Process:
    """Go on in another process: what was kept in one is not there in the other."""
    before = settings.CACHES["default"]

    def go_on(name: str) -> None:
        settings.CACHES = {"default": {**before, "LOCATION": name}}

    return go_on


def dealt(talk: Talk, answered: Answered | None = None) -> Card:
    """What a newcomer is dealt, or who has answered so much."""
    return analysis.next_card(talk.conversation.pk, None, answered or Answered())


@pytest.mark.parametrize("how", ["hidden", "taken back"])
def test_a_card_that_is_gone_is_dealt_by_no_process(talk: Talk, cast: Cast, in_process: Process, how: str) -> None:
    gone, *others = talk.cards
    in_process("one")
    assert dealt(talk).left == 3
    in_process("other")
    assert dealt(talk).left == 3
    if how == "hidden":
        actions.moderate(by=cast.lena, row=gone, moderation=Moderation.HIDDEN, because="It names somebody.")
    else:
        withdraw_statement(by=cast.lena, row=gone)
    for process in ("other", "one"):
        in_process(process)
        left = {card.number for card in others}
        for answered in (Answered(), Answered({others[0].number: 1}), Answered({others[1].number: 1})):
            card = dealt(talk, answered)
            assert card.statement is not None
            assert card.statement.number in left - answered.choices.keys()
            assert (card.answered, card.left) == (len(answered.choices), 2 - len(answered.choices))
        both = Answered(dict.fromkeys(left, 1))
        assert (dealt(talk, both).statement, dealt(talk, both).left) == (None, 0)
        assert dealt(talk, Answered({gone.number: 1})).before is None


def test_a_card_that_is_shown_is_dealt_by_every_process(talk: Talk, cast: Cast, in_process: Process) -> None:
    for card in talk.cards:
        actions.moderate(by=cast.lena, row=card, moderation=Moderation.HIDDEN, because="Not yet.")
    in_process("one")
    assert dealt(talk).statement is None
    in_process("other")
    actions.moderate(by=cast.lena, row=talk.cards[2], moderation=Moderation.SHOWN)
    in_process("one")
    assert dealt(talk).statement == talk.cards[2]


def test_the_page_of_one_card_counts_what_is_shown_now(talk: Talk, cast: Cast, in_process: Process) -> None:
    client = Client()
    in_process("one")
    talk.vote(client)
    in_process("other")
    answered = answered_by(talk.conversation.participants.get().pk)
    left = next(card for card in talk.cards if card.number not in answered.choices)
    actions.moderate(by=cast.lena, row=left, moderation=Moderation.HIDDEN, because="It names somebody.")
    in_process("one")
    card = analysis.one_card(talk.conversation.pk, talk.cards[0], answered)
    assert (card.answered, card.left) == (1, 1)


def test_dealing_again_counts_no_answers_again(talk: Talk, django_assert_num_queries) -> None:
    dealt(talk)
    with django_assert_num_queries(2):
        dealt(talk)
