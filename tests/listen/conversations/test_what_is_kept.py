"""What is kept of opening a conversation, of changing and closing it, and of who comes to it."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import Cast
from tests.listen.conftest import Talk, is_now
from tests.trail import trail
from weft.core.errors import Changed, Refused
from weft.listen.conversations import actions
from weft.listen.conversations.models import Conversation, Participant, Statement
from weft.people.audit.models import Entry

pytestmark = pytest.mark.django_db
EARLIER, LATER, LATEST = (datetime(2025, 3, day, 12, tzinfo=UTC) for day in (1, 5, 9))
WORDS = "The last bus leaves the hall at six."


def opened(cast: Cast, **more) -> Conversation:
    return actions.make_conversation(**{"by": cast.mo, "of": cast.summer, "prompt": "What is missing?", **more})


def come(talk: Talk, **more) -> Participant:
    return actions.add_participant(by=None, conversation=talk.conversation, **more)


def test_each_act_is_in_the_trail(talk: Talk, cast: Cast):
    before = Entry.objects.count()
    row = opened(cast, code="gap123")
    actions.edit_conversation(by=cast.lena, conversation=row, prompt="What is missing here?")
    actions.close_conversation(by=cast.mo, conversation=row)
    actions.reopen_conversation(by=cast.lena, conversation=row)
    others = [Participant(conversation=row, number=number, came_at=EARLIER) for number in (1, 2)]
    actions.add_participants(by=cast.mo, conversation=row, people=others)
    made = actions.add_statement(by=cast.mo, conversation=row, text=WORDS)
    actions.moderate(by=cast.lena, row=made, moderation=-1, because="It names somebody.")
    actions.moderate(by=cast.mo, row=made, moderation=0)
    actions.moderate(by=cast.mo, row=made, moderation=1)
    actions.withdraw_statement(by=cast.lena, row=made)
    actions.withdraw_statement(by=cast.lena, row=made)
    talk_row, here = ("gap123", "pell", "summer"), (made.node.code, "pell", "summer", {})
    assert trail(before) == [
        ("Mo", "opened conversation", *talk_row, {}),
        ("Lena", "edited conversation", *talk_row, {}),
        ("Mo", "closed conversation", *talk_row, {}),
        ("Lena", "reopened conversation", *talk_row, {}),
        ("Mo", "added participants", *talk_row, {"count": 2}),
        ("Mo", "added statement", *here),
        ("Lena", "moderated statement: hidden", *here),
        ("Mo", "moderated statement: waiting", *here),
        ("Mo", "moderated statement: shown", *here),
        ("Lena", "withdrew statement", *here),
    ]


@pytest.mark.parametrize("of_team", [True, False])
def test_a_conversation_keeps_what_is_said_of_it(cast: Cast, of_team: bool):
    facts = {
        "prompt": "What is missing?",
        "purpose": "The council reads it.",
        "answer_by": date(2027, 1, 5),
        "readers": "The council",
        "opened_at": EARLIER,
        "takes_stories": False,
        "imported_from": "Polis",
    }
    row = opened(cast, of=cast.summer if of_team else cast.pell, code="Gap123", **facts)
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in facts} == facts
    assert (row.code, row.programme, row.team) == ("gap123", cast.pell, cast.summer if of_team else None)


def test_without_more_a_conversation_is_open_from_now_with_a_code_of_its_own(cast: Cast):
    row = opened(cast)
    assert (row.purpose, row.readers, row.answer_by, row.closed_at) == ("", "", None, None)
    assert is_now(row.opened_at)
    assert row.code[:-3] in actions.CODE_WORDS


@pytest.mark.parametrize(("drawn", "code"), [(0, "tide100"), (899, "tide999")])
def test_a_code_is_drawn_until_it_is_free(
    talk: Talk, cast: Cast, monkeypatch: pytest.MonkeyPatch, drawn: int, code: str
):
    numbers = iter([23, drawn])
    limits = []
    monkeypatch.setattr(actions.secrets, "choice", lambda words: words[words.index("tide")])
    monkeypatch.setattr(actions.secrets, "randbelow", lambda limit: limits.append(limit) or next(numbers))
    assert opened(cast).code == code
    assert limits == [900, 900]


@pytest.mark.parametrize("code", ["tide123", "TIDE123"])
def test_no_two_conversations_have_one_code(talk: Talk, cast: Cast, code: str):
    with pytest.raises(Refused, match="Another conversation has the code tide123"):
        opened(cast, of=cast.others, code=code)


def test_the_second_of_two_who_edit_is_shown_both(talk: Talk, cast: Cast):
    Conversation.objects.filter(pk=talk.conversation.pk).update(is_sensitive=True)
    first = {"prompt": "What else?", "readers": "The council"}
    saved = actions.edit_conversation(by=cast.mo, conversation=talk.conversation, revision=1, **first)
    saved.refresh_from_db()
    assert (saved.prompt, saved.readers, saved.revision, saved.is_sensitive) == (*first.values(), 2, True)
    second = {"prompt": "Whatever?", "readers": ""}
    with pytest.raises(Changed) as caught:
        actions.edit_conversation(by=cast.lena, conversation=talk.conversation, revision=1, **second)
    assert (caught.value.saved, caught.value.sent, caught.value.revision) == (first, second, 2)
    assert actions.edit_conversation(by=cast.lena, conversation=saved, **second).revision == 3


def test_closing_and_opening_again_change_nothing_else(talk: Talk, cast: Cast):
    row, other = talk.conversation, opened(cast)
    Conversation.objects.filter(pk=row.pk).update(prompt="Changed meanwhile")
    with pytest.raises(Refused, match="is open"):
        actions.reopen_conversation(by=cast.mo, conversation=row)
    actions.close_conversation(by=cast.mo, conversation=row, closed_at=EARLIER)
    with pytest.raises(Refused, match="closed already"):
        actions.close_conversation(by=cast.mo, conversation=row)
    kept = Conversation.objects.get(pk=row.pk)
    assert (kept.closed_at, kept.prompt) == (EARLIER, "Changed meanwhile")
    assert actions.reopen_conversation(by=cast.mo, conversation=row) == row
    kept.refresh_from_db()
    assert (kept.closed_at, kept.prompt) == (None, "Changed meanwhile")
    assert is_now(actions.close_conversation(by=cast.mo, conversation=kept).closed_at)
    other.refresh_from_db()
    assert other.is_open


def test_what_comes_too_late_is_refused_with_the_day(talk: Talk, cast: Cast):
    person = talk.person()
    actions.close_conversation(by=cast.mo, conversation=talk.conversation, closed_at=EARLIER)
    others = [Participant(conversation=talk.conversation, number=9, came_at=EARLIER)]
    for act, facts in (
        (actions.add_participant, {"by": None}),
        (actions.add_participants, {"by": None, "people": others}),
        (actions.add_statement, {"by": person, "text": WORDS}),
        (actions.cast_votes, {"by": None, "rows": []}),
    ):
        with pytest.raises(Refused, match="closed on 1 March 2025"):
            act(conversation=talk.conversation, **facts)
    assert (Participant.objects.count(), Statement.objects.count()) == (1, 3)


def test_whoever_left_adds_no_card(talk: Talk, cast: Cast):
    person = talk.person()
    Participant.objects.update(withdrawn_at=EARLIER)
    with pytest.raises(Refused, match="You took back"):
        actions.add_statement(by=person, conversation=talk.conversation, text=WORDS)
    taken = actions.add_statement(by=cast.mo, conversation=talk.conversation, text=WORDS, author=person)
    assert taken.author == person


def test_whoever_comes_is_kept_with_what_is_known_of_them(talk: Talk, cast: Cast):
    facts = {
        "number": 7,
        "arrived_by": "paper",
        "venue": cast.pool,
        "is_under_18": True,
        "adult_agreed": True,
        "external_id": "x7",
        "external_group": "north",
        "came_at": EARLIER,
    }
    row = come(talk, secret="a secret", **facts)
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in facts} == facts
    assert row.conversation == talk.conversation
    assert bytes(row.secret_hash) == Participant.hash_of("a secret")
    assert come(talk, secret="a secret", number=8) == row
    assert come(talk, secret_hash=Participant.hash_of("a secret")) == row
    assert bytes(come(talk, secret_hash=b"kept elsewhere").secret_hash) == b"kept elsewhere"


def test_without_more_somebody_comes_now_by_a_link(talk: Talk):
    row = come(talk)
    row.refresh_from_db()
    assert (row.secret_hash, row.arrived_by, row.venue) == (None, "link", None)
    assert (row.is_under_18, row.adult_agreed, row.external_id, row.external_group) == (False, False, "", "")
    assert is_now(row.came_at)


def test_everybody_has_a_number_of_their_own_in_each_conversation(talk: Talk, cast: Cast):
    come(talk, number=4)
    elsewhere = opened(cast)
    actions.add_participant(by=None, conversation=elsewhere, number=40)
    assert [come(talk).number for _ in range(2)] == [5, 6]
    assert come(talk, secret="one").number == 7
    assert actions.add_participant(by=None, conversation=opened(cast)).number == 1


def test_the_conversation_is_held_only_where_a_number_is_drawn_or_somebody_may_be_here(
    talk: Talk, django_assert_num_queries
):
    around = 3  # the savepoint, its end, and whether it is still open
    with django_assert_num_queries(around + 1):
        come(talk, number=1)
    with django_assert_num_queries(around + 3):
        come(talk, number=2, secret="two")
    with django_assert_num_queries(around + 3):
        come(talk)


def test_many_come_at_once_to_one_conversation(talk: Talk, cast: Cast):
    elsewhere = opened(cast)
    people = [
        Participant(conversation=where, number=number, came_at=EARLIER)
        for number, where in enumerate((talk.conversation, talk.conversation, elsewhere))
    ]
    with pytest.raises(Refused, match="another conversation"):
        actions.add_participants(by=cast.mo, conversation=talk.conversation, people=people)
    assert not Participant.objects.exists()
    made = actions.add_participants(by=cast.mo, conversation=talk.conversation, people=iter(people[:2]))
    assert list(talk.conversation.participants.all()) == made == people[:2]


def test_who_is_under_18_stays_so_and_an_adult_agrees_once(talk: Talk):
    row = talk.person()
    Participant.objects.filter(pk=row.pk).update(external_group="north")
    actions.mark_under_18(by=None, participant=row)
    row.refresh_from_db()
    assert (row.is_under_18, row.adult_agreed, row.external_group) == (True, False, "north")
    actions.mark_under_18(by=None, participant=row, adult_agreed=True)
    actions.mark_under_18(by=None, participant=row)
    row.refresh_from_db()
    assert (row.is_under_18, row.adult_agreed) == (True, True)
