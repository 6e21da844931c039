"""What somebody sends while they take everything back, on a connection of its own: nothing of it stands afterwards."""

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection, transaction

from tests.listen.conftest import Talk
from weft.core.errors import Refused
from weft.listen.conversations.actions import add_statement, answer
from weft.listen.conversations.models import Choice, Participant, Statement, Vote
from weft.listen.conversations.queries import ballot_for
from weft.listen.receipts.actions import withdraw_participant
from weft.listen.stories.actions import tell
from weft.listen.stories.models import Story

pytestmark = pytest.mark.django_db(transaction=True)
Send = Callable[[Talk, Participant], object]


def story(talk: Talk, one: Participant) -> object:
    return tell(by=one, participant=one, text="What I sent meanwhile.", scopes=["analyse", "quote"])


def card(talk: Talk, one: Participant) -> object:
    return add_statement(by=one, conversation=talk.conversation, text="What I sent meanwhile.")


def vote(talk: Talk, one: Participant) -> object:
    by = ballot_for(talk.conversation.code, talk.cards[0].pk, "one")
    return answer(by=by, choice=Choice.AGREE, key=uuid4())


SENT: list[Send] = [story, card, vote]


def beside(act: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """Do something on a connection of its own, and keep what came of it."""
    came: list[object] = []

    def run() -> None:
        try:
            came.append(act())
        except Refused as refused:
            came.append(refused)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, came


def stands() -> tuple[int, int, int]:
    return (Story.every.exclude(text="").count(), Statement.every.exclude(author=None).count(), Vote.objects.count())


@pytest.mark.parametrize("send", SENT)
def test_what_is_being_sent_is_taken_back_too(talk: Talk, send: Send) -> None:
    one = talk.person("one")
    with transaction.atomic():
        send(talk, one)
        thread, _ = beside(lambda: withdraw_participant(by=None, participant=Participant.objects.get(pk=one.pk)))
        thread.join(0.2)
        assert thread.is_alive()
    thread.join()
    assert (Story.every.exclude(text="").count(), Vote.objects.count()) == (0, 0)
    assert not Statement.every.exclude(author=None).exclude(text="").exists()


@pytest.mark.parametrize("send", SENT)
def test_what_comes_while_it_is_taken_back_is_refused(talk: Talk, send: Send) -> None:
    one = talk.person("one")
    with transaction.atomic():
        withdraw_participant(by=None, participant=one)
        thread, came = beside(lambda: send(talk, Participant.objects.get(pk=one.pk)))
        thread.join(0.2)
        assert thread.is_alive()
    thread.join()
    assert isinstance(came[0], Refused)
    assert "You took back" in str(came[0])
    assert stands() == (0, 0, 0)
