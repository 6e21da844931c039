"""Taking back reaches all that somebody left, nothing of anybody else's, and is kept in the trail without words."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import timezone

from tests.cast import Cast
from tests.listen.conftest import Talk
from tests.trail import trail
from tests.voting import cast_vote
from weft.act.manifestos.actions import make_ask
from weft.core.dates import today
from weft.core.errors import Refused
from weft.listen.conversations.actions import add_participant, add_statement, consent
from weft.listen.conversations.models import Participant, Scope, VoteEvent
from weft.listen.receipts import actions, queries
from weft.listen.receipts.models import Receipt
from weft.listen.stories.actions import tell
from weft.listen.themes.actions import make_theme
from weft.people.audit.models import Entry
from weft.provenance.actions import record
from weft.sense.maps.models import OpinionMap, Placing
from weft.share.responses.actions import respond
from weft.share.responses.models import Mark

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def two(talk: Talk, cast: Cast) -> tuple[Participant, Participant]:
    """Two people who each left one of everything, and asked for four words."""
    map = drawn(talk, cast)
    asked = make_ask(by=cast.mo, of=cast.summer, title="Run the bus", text="", to_role="transport", asked_on=today())
    response = respond(by=None, to=asked.node, answer="no", reasons="Money.", by_role="transport", on=today())
    both = (talk.person("one"), talk.person("two"))
    for one in both:
        tell(by=one, participant=one, text=f"Story of {one.number}", scopes=["analyse", "quote"])
        add_statement(by=one, conversation=talk.conversation, text=f"Card of {one.number}")
        cast_vote(by=one, on=talk.cards[0], choice=1)
        consent(participant=one, scopes=[Scope.ANALYSE, Scope.TELL])
        Placing.objects.create(map=map, participant=one, group=0, x=0, y=0)
        Mark.objects.create(response=response, participant=one, answer="no", made_at=timezone.now())
    return both


def drawn(talk: Talk, cast: Cast) -> OpinionMap:
    """A map of the conversation."""
    facts = {"parameters": {}, "came": 2, "people": 2, "statements": 3, "votes": 2, "result": {}}
    with transaction.atomic():
        node = record(by=cast.mo, kind="map", programme=cast.pell, team=cast.summer, title="Map")
    return OpinionMap.objects.create(node=node, conversation=talk.conversation, drawn_at=timezone.now(), **facts)


LEAVES = {"stories": 1, "cards": 1, "answers": 1, "events": 1, "marks": 1, "places": 1, "allowed": 3}
NOTHING = dict.fromkeys(LEAVES, 0)


def left(one: Participant) -> dict[str, int]:
    """How many things of somebody stand. That they want four words stands for good."""
    assert one.consents.filter(scope=Scope.TELL, withdrawn_at=None).count() == 1
    return {
        "stories": one.stories.exclude(text="").count(),
        "cards": one.statements.exclude(text="").count(),
        "answers": one.votes.count(),
        "events": VoteEvent.objects.filter(participant=one).count(),
        "marks": one.marks.count(),
        "places": Placing.objects.filter(participant=one).count(),
        "allowed": one.consents.filter(withdrawn_at=None).exclude(scope=Scope.TELL).count(),
    }


def test_everything_of_one_goes_and_nothing_of_another(two: tuple[Participant, Participant], cast: Cast):
    one, other = two
    assert left(one) == left(other) == LEAVES
    before = Entry.objects.count()
    actions.withdraw_participant(by=cast.lena, participant=one)
    assert (left(one), left(other)) == (NOTHING, LEAVES)
    one.refresh_from_db()
    other.refresh_from_db()
    assert one.withdrawn_at is not None
    assert other.withdrawn_at is None
    codes = {"story": one.stories.get().node.code, "statement": one.statements.get().node.code}
    assert trail(before) == [
        ("Lena", "withdrew statement", codes["statement"], "pell", "summer", {}),
        ("Lena", "withdrew story", codes["story"], "pell", "summer", {}),
        ("Lena", "withdrew answers", f"conversations.Participant {one.pk}", "pell", "", {"count": 1}),
    ]


def test_answers_alone_go_on_the_day_that_is_given(two: tuple[Participant, Participant]):
    one, other = two
    assert actions.withdraw_votes(by=None, participant=one, at=EARLIER) == 1
    assert left(one) == LEAVES | {"answers": 0, "events": 0, "places": 0}
    assert left(other) == LEAVES
    one.refresh_from_db()
    assert one.withdrawn_at == EARLIER
    actions.withdraw_votes(by=None, participant=one)
    one.refresh_from_db()
    assert one.withdrawn_at == EARLIER


def test_leaving_saves_nothing_else_of_somebody(two: tuple[Participant, Participant]):
    one, _ = two
    Participant.objects.filter(pk=one.pk).update(is_under_18=True)
    actions.withdraw_votes(by=None, participant=one)
    one.refresh_from_db()
    assert (one.is_under_18, one.withdrawn_at is None) == (True, False)


def test_one_thing_goes_on_the_day_that_is_given(two: tuple[Participant, Participant], cast: Cast):
    one, other = two
    node = one.stories.get().node
    actions.withdraw_said(by=cast.lena, participant=one, node=node, at=EARLIER)
    node.refresh_from_db()
    assert node.withdrawn_at == EARLIER
    assert left(one) == LEAVES | {"stories": 0, "allowed": 1}
    assert left(other) == LEAVES
    assert trail()[-1][:3] == ("Lena", "withdrew story", node.code)


def test_what_nobody_said_in_a_conversation_is_not_theirs_to_take_back(
    two: tuple[Participant, Participant], cast: Cast
):
    theme = make_theme(by=cast.lena, of=cast.summer, title="Getting there costs more")
    with pytest.raises(Refused, match="not for whoever took part"):
        actions.withdraw_said(by=two[0], participant=two[0], node=theme.node)


def test_a_receipt_is_dated_and_so_is_the_wish_for_it(talk: Talk):
    one = talk.person("one")
    words = actions.issue(by=None, participant=one, secret="one", made_at=EARLIER)
    assert Receipt.objects.get().made_at == one.consents.get(scope=Scope.TELL).given_at == EARLIER
    assert actions.issue(by=None, participant=one, secret="one") == words


def test_words_are_for_the_device_that_spoke(talk: Talk):
    on_paper = add_participant(by=None, conversation=talk.conversation)
    for one in (on_paper, talk.person("one")):
        with pytest.raises(Refused, match="another device"):
            actions.issue(by=None, participant=one, secret="two")
    assert not Receipt.objects.exists()


def test_a_receipt_that_was_kept_opens_again(talk: Talk):
    one = talk.person("one")
    words = queries.words_from("anything", talk.conversation)
    hashed = Receipt.hash_of(talk.conversation.code, words)
    receipt = actions.restore(by=None, participant=one, words_hash=hashed, made_at=EARLIER)
    receipt.refresh_from_db()
    assert receipt.made_at == EARLIER
    assert queries.participant_for(talk.conversation.code, list(words)) == one
