"""What is kept of answers, one by one and many at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast as People
from tests.listen.conftest import Talk, is_now
from tests.trail import trail
from weft.core.errors import Refused
from weft.listen.conversations import actions
from weft.listen.conversations.actions import Cast
from weft.listen.conversations.models import Participant, Statement, Vote, VoteEvent
from weft.listen.conversations.queries import Ballot
from weft.people.audit.models import Entry

pytestmark = pytest.mark.django_db
EARLIER, LATER, LATEST = (datetime(2025, 3, day, 12, tzinfo=UTC) for day in (1, 5, 9))


def ballot(talk: Talk, person: Participant, card: Statement | None = None) -> Ballot:
    return Ballot(talk.conversation.pk, (card or talk.cards[0]).pk, person.pk, None, True, False)


def standing() -> list[tuple]:
    rows = Vote.objects.order_by("participant__number", "statement__number")
    return list(rows.values_list("participant__number", "statement__number", "choice", "cast_at"))


def events() -> list[tuple]:
    rows = VoteEvent.objects.order_by("pk")
    return list(rows.values_list("participant__number", "statement__number", "choice", "cast_at", "key"))


def record(talk: Talk, *rows: Cast) -> int:
    return actions.cast_votes(by=None, conversation=talk.conversation, rows=iter(rows))


def cast_by(person: Participant, card: Statement, choice: int, at: datetime, key: UUID | None = None) -> Cast:
    return Cast(person.pk, card.pk, choice, at, key or uuid4())


def test_an_answer_replaces_the_earlier_one_and_the_history_is_kept(talk: Talk):
    one, other, keys = talk.person(), talk.person(), [uuid4() for _ in range(4)]
    assert actions.answer(by=ballot(talk, one), choice=1, key=keys[0], cast_at=EARLIER)
    assert actions.answer(by=ballot(talk, other), choice=1, key=keys[1], cast_at=EARLIER)
    assert actions.answer(by=ballot(talk, one, talk.cards[1]), choice=0, key=keys[2], cast_at=LATER)
    assert actions.answer(by=ballot(talk, one), choice=-1, key=keys[3], cast_at=LATER)
    assert not actions.answer(by=ballot(talk, one), choice=1, key=keys[0], cast_at=LATEST)
    assert standing() == [(1, 1, -1, LATER), (1, 2, 0, LATER), (2, 1, 1, EARLIER)]
    assert events() == [
        (1, 1, 1, EARLIER, keys[0]),
        (2, 1, 1, EARLIER, keys[1]),
        (1, 2, 0, LATER, keys[2]),
        (1, 1, -1, LATER, keys[3]),
    ]


def test_an_answer_is_given_now(talk: Talk):
    actions.answer(by=ballot(talk, talk.person()), choice=1, key=uuid4())
    assert is_now(Vote.objects.get().cast_at)
    assert Vote.objects.get().cast_at == VoteEvent.objects.get().cast_at


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"closed_at": EARLIER, "participant": None}, Refused, "closed on 1 March 2025"),
        ({"participant": None}, Http404, "no such page"),
        ({"statement": None}, Http404, "no such page"),
        ({"is_withdrawn": True, "is_shown": False}, Refused, "You took back"),
        ({"is_shown": False}, Refused, "not shown any more"),
    ],
)
def test_what_cannot_be_answered_is_refused(talk: Talk, change: dict, error: type[Exception], said: str):
    with pytest.raises(error, match=said):
        actions.answer(by=replace(ballot(talk, talk.person()), **change), choice=1, key=uuid4())
    assert (Vote.objects.count(), VoteEvent.objects.count()) == (0, 0)


def test_many_answers_are_kept_like_single_ones(talk: Talk, cast: People):
    one, other, before = talk.person(), talk.person(), Entry.objects.count()
    Statement.objects.filter(pk=talk.cards[1].pk).update(moderation=-1)
    rows = [
        cast_by(one, talk.cards[0], 1, EARLIER),
        cast_by(other, talk.cards[0], 0, EARLIER),
        cast_by(one, talk.cards[1], -1, EARLIER),
        cast_by(one, talk.cards[0], -1, LATER),
    ]
    assert actions.cast_votes(by=cast.mo, conversation=talk.conversation, rows=iter(rows)) == 4
    assert standing() == [(1, 1, -1, LATER), (1, 2, -1, EARLIER), (2, 1, 0, EARLIER)]
    assert events() == [
        (1, 1, 1, EARLIER, rows[0].key),
        (2, 1, 0, EARLIER, rows[1].key),
        (1, 2, -1, EARLIER, rows[2].key),
        (1, 1, -1, LATER, rows[3].key),
    ]
    more = cast_by(other, talk.cards[2], 1, LATER)
    assert actions.cast_votes(by=cast.mo, conversation=talk.conversation, rows=[*rows, more]) == 1
    here = ("Mo", "recorded answers", "tide123", "pell", "summer")
    assert trail(before) == [(*here, {"count": 4}), (*here, {"count": 1})]


def test_what_was_answered_later_stands_whichever_comes_first(talk: Talk):
    one, card = talk.person(), talk.cards[0]
    record(talk, cast_by(one, card, 1, LATER))
    record(talk, cast_by(one, card, -1, EARLIER))
    assert standing() == [(1, 1, 1, LATER)]
    record(talk, cast_by(one, card, 0, LATER))
    assert standing() == [(1, 1, 0, LATER)]


def test_answers_are_recorded_in_batches(talk: Talk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    people = [talk.person() for _ in range(5)]
    rows = [cast_by(one, talk.cards[0], 1, EARLIER) for one in people]
    again = cast_by(people[0], talk.cards[0], -1, EARLIER - timedelta(days=1))
    assert record(talk, *rows, again) == 6
    assert standing() == [(number, 1, 1, EARLIER) for number in range(1, 6)]


def test_only_sqlite_is_told_to_keep_more_of_its_indexes_at_hand(talk: Talk):
    with CaptureQueriesContext(connection) as seen:
        record(talk, cast_by(talk.person(), talk.cards[0], 1, EARLIER))
    told = ["PRAGMA cache_size = -65536"] if connection.vendor == "sqlite" else []
    assert [one["sql"] for one in seen if "PRAGMA" in one["sql"].upper()] == told


def test_answers_of_strangers_to_other_cards_and_of_no_kind_are_refused(talk: Talk, cast: People):
    elsewhere = actions.make_conversation(by=cast.mo, of=cast.summer, prompt="What else?")
    stranger = actions.add_participant(by=None, conversation=elsewhere)
    other = actions.add_statement(by=None, conversation=elsewhere, text="Another.")
    one, gone = talk.person(), talk.person()
    Participant.objects.filter(pk=gone.pk).update(withdrawn_at=EARLIER)
    good = cast_by(one, talk.cards[0], 1, EARLIER)
    for bad in (good._replace(participant=who.pk) for who in (stranger, gone)):
        with pytest.raises(Refused, match="not in this conversation"):
            record(talk, good, bad)
    with pytest.raises(Refused, match="not in this conversation"):
        record(talk, good, good._replace(statement=other.pk))
    for choice in (-2, 2):
        with pytest.raises(Refused, match=f"-1, 0 or 1, got {choice}"):
            record(talk, good, good._replace(choice=choice))
    assert (events(), standing()) == ([], [])
