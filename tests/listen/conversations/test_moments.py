"""When the figures that everybody sees may be replaced, and in which group somebody comes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast
from tests.listen.conftest import Talk
from tests.moments import moment
from tests.voting import cast_vote
from weft.core import throttle
from weft.core.errors import Refused
from weft.listen.conversations import actions
from weft.listen.conversations.actions import figures
from weft.listen.conversations.actions.arrivals import arrival_group, forget_groups
from weft.listen.conversations.models import FORGOTTEN, ArrivalKey, Participant, PastVote, ShownTally, Statement, Vote
from weft.listen.conversations.queries import Tally, counted, voices_of_statements
from weft.listen.conversations.queries.figures import latest_moment
from weft.listen.receipts.actions import withdraw_votes
from weft.sense.maps.actions import draw_map

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2027, 5, 19, 14, 37, 12, tzinfo=UTC)


def answers(talk: Talk, number: int, choice: int = 1, at: datetime | None = None, card: int = 0) -> list[Participant]:
    people = [talk.person() for _ in range(number)]
    for one in people:
        cast_vote(by=one, on=talk.cards[card], choice=choice)
    if at:
        Vote.objects.filter(participant__in=people).update(cast_at=at)
    return people


def take(talk: Talk) -> tuple[int, int, int]:
    """What everybody is shown of the first card once a page has looked."""
    figures.step(statements=counted(Statement.objects.filter(pk=talk.cards[0].pk).select_related("conversation")))
    kept = ShownTally.objects.get(statement=talk.cards[0])
    return kept.agree, kept.disagree, kept.passed


# When


def test_an_open_conversation_has_a_moment_each_hour(talk: Talk):
    assert latest_moment(talk.conversation, WEDNESDAY) == WEDNESDAY.replace(minute=0, second=0)


@pytest.mark.parametrize("guarded", ["is_sensitive", "for_children"])
def test_where_an_answer_could_harm_it_is_once_a_week(talk: Talk, guarded: str):
    setattr(talk.conversation, guarded, True)
    friday = timezone.localtime(latest_moment(talk.conversation, WEDNESDAY))
    assert (f"{friday:%A %H:%M}", WEDNESDAY - friday < timedelta(days=7)) == ("Friday 00:00", True)
    assert latest_moment(talk.conversation, friday) == friday
    assert latest_moment(talk.conversation, friday - timedelta(seconds=1)) == friday - timedelta(days=7)


def test_closing_is_a_moment_and_so_is_what_a_member_calls(talk: Talk):
    talk.conversation.is_sensitive = True
    talk.conversation.closed_at = WEDNESDAY - timedelta(minutes=5)
    assert latest_moment(talk.conversation, WEDNESDAY) == talk.conversation.closed_at
    talk.conversation.is_sensitive = False
    talk.conversation.figures_called_at = WEDNESDAY - timedelta(minutes=2)
    assert latest_moment(talk.conversation, WEDNESDAY) == talk.conversation.figures_called_at


def test_no_member_calls_one_where_an_answer_could_harm(talk: Talk, cast: Cast):
    talk.conversation.is_sensitive = True
    with pytest.raises(Refused, match="once a week"):
        figures.show_now(by=cast.mo, conversation=talk.conversation)


# What is taken at a moment


def test_what_was_answered_after_the_moment_waits_for_the_next(talk: Talk):
    answers(talk, 12, at=timezone.now() - timedelta(hours=3))
    answers(talk, 12, -1)
    assert take(talk) == (12, 0, 0)
    moment(talk.conversation)
    assert take(talk) == (12, 12, 0)


def test_between_two_moments_nothing_is_counted_anew(talk: Talk):
    answers(talk, 12, at=timezone.now() - timedelta(hours=3))
    take(talk)
    answers(talk, 30, at=timezone.now() - timedelta(hours=2))
    assert take(talk) == (12, 0, 0)


def test_who_answers_otherwise_or_leaves_waits_for_ten(talk: Talk):
    people = answers(talk, 30)
    moment(talk.conversation)
    for one in people[:5]:
        cast_vote(by=one, on=talk.cards[0], choice=-1)
    for one in people[5:9]:
        withdraw_votes(by=None, participant=one)
    moment(talk.conversation)
    assert take(talk) == (30, 0, 0)
    assert PastVote.objects.filter(statement=talk.cards[0]).count() == 4
    withdraw_votes(by=None, participant=people[9])
    moment(talk.conversation)
    assert take(talk) == (20, 0, 0), "ten left together; the five new answers wait"
    assert not PastVote.objects.exists()
    answers(talk, 5, -1)
    moment(talk.conversation)
    assert take(talk) == (20, 10, 0)


def test_one_who_leaves_does_not_stop_those_who_come(talk: Talk):
    people = answers(talk, 12)
    moment(talk.conversation)
    withdraw_votes(by=None, participant=people[0])
    answers(talk, 10)
    moment(talk.conversation)
    assert take(talk) == (22, 0, 0)


def test_figures_are_what_stands_in_them(talk: Talk):
    """However people came, changed and left, the figures are the sum of what each row says of itself."""
    people = answers(talk, 40)
    for number, one in enumerate(people):
        cast_vote(by=one, on=talk.cards[0], choice=number % 3 - 1)
        if number % 7 == 0:
            moment(talk.conversation)
        if number % 5 == 0:
            withdraw_votes(by=None, participant=one)
    moment(talk.conversation)
    shown = take(talk)
    standing = list(Vote.objects.filter(shown_choice__isnull=False).values_list("shown_choice", flat=True))
    past = list(PastVote.objects.values_list("choice", flat=True))
    assert shown == tuple((standing + past).count(choice) for choice in (1, -1, 0))


def test_first_figures_of_a_sensitive_conversation_need_fifty_or_its_closing(talk: Talk):
    talk.conversation.is_sensitive = True
    talk.conversation.save()
    old = timezone.now() - timedelta(days=8)
    answers(talk, 49, at=old)
    assert take(talk) == (0, 0, 0)
    actions.close_conversation(by=None, conversation=talk.conversation)
    assert take(talk) == (49, 0, 0)


def test_after_a_quiet_week_a_sensitive_conversation_waits_for_its_closing(talk: Talk):
    talk.conversation.is_sensitive = True
    talk.conversation.save()
    week = timedelta(days=7)
    for people, ago in ((answers(talk, 60), 5 * week), (answers(talk, 3), 3 * week), (answers(talk, 20), week)):
        keys = [one.pk for one in people]
        Participant.objects.filter(pk__in=keys).update(came_at=timezone.now() - ago)
        Vote.objects.filter(participant__in=keys).update(cast_at=timezone.now() - ago)
    now = timezone.now()
    ShownTally.objects.create(
        statement=talk.cards[0], agree=0, disagree=0, passed=0, counted_at=now, first_at=now - 5 * week
    )
    assert take(talk) == (0, 0, 0)
    actions.close_conversation(by=None, conversation=talk.conversation)
    assert take(talk) == (83, 0, 0)


def test_figures_from_elsewhere_are_put_back_and_stand(talk: Talk):
    answers(talk, 14)
    answers(talk, 3, -1)
    figures.put_back(tallies={talk.cards[0].pk: Tally(12, 5, 0)}, at=timezone.now())
    assert take(talk) == (12, 5, 0)
    moment(talk.conversation)
    assert take(talk) == (12, 5, 0), "two came and two left since: too few"
    answers(talk, 8)
    moment(talk.conversation)
    assert take(talk) == (22, 5, 0)


# In which group somebody comes


def network(address: str) -> str:
    return throttle.network(RequestFactory().get("/", REMOTE_ADDR=address))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.200", True),
        ("203.0.113.7", "203.0.114.7", False),
        ("2001:db8:1:2ff::1", "2001:db8:1:200:ffff::2", True),
        ("2001:db8:1:2ff::1", "2001:db8:1:300::1", False),
    ],
)
def test_one_network_is_one_group(talk: Talk, one: str, other: str, same: bool):
    groups = {arrival_group(talk.conversation, network(each)) for each in (one, other)}
    assert (len(groups) == 1) is same


def test_another_day_and_another_conversation_have_other_groups(talk: Talk, cast: Cast):
    other = actions.make_conversation(by=cast.mo, of=cast.summer, prompt="What else?")
    today = {arrival_group(talk.conversation, "net"), arrival_group(other, "net")}
    assert len(today) == 2
    ArrivalKey.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert arrival_group(talk.conversation, "net") not in today
    assert ArrivalKey.objects.count() == 1, "the key of yesterday is gone"


def test_whoever_votes_from_a_browser_has_a_group_and_paper_has_none(client: Client, talk: Talk):
    talk.vote(client)
    assert Participant.objects.get().arrival_group
    assert talk.person().arrival_group is None


def test_groups_are_forgotten_a_month_after_closing(client: Client, talk: Talk):
    talk.vote(client)
    talk.person()
    forget_groups()
    assert Participant.objects.order_by("number")[0].arrival_group != FORGOTTEN
    talk.conversation.closed_at = timezone.now() - timedelta(days=31)
    talk.conversation.save()
    forget_groups()
    groups = Participant.objects.order_by("number").values_list("arrival_group", flat=True)
    assert list(groups) == [FORGOTTEN, None]


def test_every_card_of_an_open_conversation_is_looked_at_each_hour(talk: Talk):
    answers(talk, 12, at=timezone.now() - timedelta(hours=3), card=2)
    figures.step_all()
    assert ShownTally.objects.get(statement=talk.cards[2]).agree == 12
    assert ShownTally.objects.count() == 3
    actions.close_conversation(by=None, conversation=talk.conversation, closed_at=timezone.now() - timedelta(days=2))
    ShownTally.objects.all().delete()
    figures.step_all()
    assert not ShownTally.objects.exists()


def test_how_many_answered_is_told_as_everybody_is_shown_it(talk: Talk):
    node = talk.cards[0].node
    answers(talk, 14, at=timezone.now() - timedelta(hours=3))
    answers(talk, 3)
    assert [row[3] for row in voices_of_statements([node.pk])] == [14]
    take(talk)
    moment(talk.conversation)
    assert [row[3] for row in voices_of_statements([node.pk])] == [14], "three are no step"
    answers(talk, 7)
    moment(talk.conversation)
    assert [row[3] for row in voices_of_statements([node.pk])] == [24]


def test_what_was_told_stays_told_when_groups_are_forgotten(talk: Talk):
    for number, one in enumerate(answers(talk, 12)):
        Participant.objects.filter(pk=one.pk).update(arrival_group=number + 1)
    moment(talk.conversation)
    at = talk.cards[0].node.get_absolute_url()
    assert "12 people answered" in Client().get(at).text
    left = Participant.objects.order_by("number")[0]
    withdraw_votes(by=None, participant=left)
    actions.close_conversation(by=None, conversation=talk.conversation, closed_at=timezone.now() - timedelta(days=31))
    ShownTally.objects.update(taken_for=timezone.now() - timedelta(days=2))
    forget_groups()
    assert set(PastVote.objects.values_list("arrival_group", flat=True)) == {FORGOTTEN}
    assert "12 people answered" in Client().get(at).text


def test_a_map_of_a_conversation_that_closed_long_ago_can_be_drawn(talk: Talk, cast: Cast):
    answers(talk, 12)
    first = draw_map(by=cast.mo, conversation=talk.conversation)
    for one in answers(talk, 12, -1):
        Participant.objects.filter(pk=one.pk).update(arrival_group=7)
    with pytest.raises(Refused, match="Fewer than 10 people have answered"):
        draw_map(by=cast.mo, conversation=talk.conversation)
    talk.conversation.closed_at = timezone.now() - timedelta(days=31)
    talk.conversation.save()
    forget_groups()
    assert draw_map(by=cast.mo, conversation=talk.conversation) != first


def test_one_card_that_moves_holds_up_no_other(talk: Talk):
    """No lock is held while everybody's answers are counted: a transaction begins for each card that moves."""
    answers(talk, 12, at=timezone.now() - timedelta(hours=3))
    rows = list(counted(Statement.objects.order_by("number").select_related("conversation")))
    with CaptureQueriesContext(connection) as seen:
        figures.step(statements=rows)
    said = [one["sql"] for one in seen]
    first = next(at for at, sql in enumerate(said) if sql.startswith(("SAVEPOINT", "BEGIN")))
    assert any("conversations_vote" in sql for sql in said[:first])
    assert [row.shown_tally.agree for row in rows] == [12, 0, 0]
