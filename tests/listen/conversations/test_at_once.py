"""Two of the same at the same moment, on connections of their own."""

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from tests.listen.conftest import Talk
from weft.listen.conversations.models import Participant, Statement, Vote, VoteEvent
from weft.listen.stories.models import Story

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(number: int, act: Callable[[int], object]) -> list[object]:
    """Do something that many times at the same moment; what each came to."""
    barrier, results = threading.Barrier(number), [None] * number

    def run(place: int) -> None:
        barrier.wait()
        try:
            results[place] = act(place)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_the_first_answer_sent_twice_is_one_person(talk: Talk) -> None:
    sent = {**talk.hidden(Client()), "choice": "agree"}
    codes = at_once(4, lambda _: Client().post(f"{talk.page}answer/", sent).status_code)
    assert codes == [302] * 4
    assert (Participant.objects.count(), Vote.objects.count(), VoteEvent.objects.count()) == (1, 1, 1)


def test_newcomers_at_the_same_moment_have_numbers_of_their_own(talk: Talk) -> None:
    forms = [{**talk.hidden(Client()), "choice": "agree"} for _ in range(6)]
    codes = at_once(6, lambda place: Client().post(f"{talk.page}answer/", forms[place]).status_code)
    assert codes == [302] * 6
    assert sorted(Participant.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_two_answers_of_one_person_leave_one_that_stands(talk: Talk) -> None:
    client = Client()
    talk.vote(client)
    secret = client.cookies["weft_part_tide123"].value
    card = Vote.objects.get().statement_id

    def answer(place: int) -> int:
        phone = Client()
        phone.cookies["weft_part_tide123"] = secret
        choice = ("agree", "disagree")[place % 2]
        sent = {"statement": str(card), "key": str(uuid4()), "choice": choice}
        return phone.post(f"{talk.page}answer/", sent).status_code

    assert at_once(4, answer) == [302] * 4
    assert Vote.objects.count() == 1
    assert VoteEvent.objects.count() == 5


def test_a_story_sent_twice_is_one_story(talk: Talk) -> None:
    sent = {"text": "Once.", "may": "use", "words": "on", **talk.hidden(Client(), "story/")}
    codes = at_once(3, lambda _: Client().post(f"{talk.page}story/", sent).status_code)
    assert codes == [302] * 3
    assert (Story.objects.count(), Participant.objects.count()) == (1, 1)


def test_a_card_sent_twice_is_one_card(talk: Talk) -> None:
    sent = {"text": "Once.", **talk.hidden(Client(), "add/")}
    codes = at_once(3, lambda _: Client().post(f"{talk.page}add/", sent).status_code)
    assert codes == [302] * 3
    assert Statement.objects.filter(text="Once.").count() == 1
