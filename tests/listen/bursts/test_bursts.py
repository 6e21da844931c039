"""Many from one place: found, decided on by a named person, and taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.listen.conftest import Talk
from tests.listen.receipts.test_what_came_of_it import receipt, voter
from tests.listen.stories.test_stories import as_
from tests.moments import moment
from tests.trail import trail
from tests.voting import cast_vote
from weft.core import dates
from weft.core.errors import Refused
from weft.listen.bursts import actions, analysis, queries
from weft.listen.bursts.models import Burst
from weft.listen.conversations.actions import add_statements
from weft.listen.conversations.models import Participant, ShownTally, Weight
from weft.listen.stories import queries as stories
from weft.listen.stories.actions import tell
from weft.people.accounts.models import User
from weft.people.audit.models import Entry
from weft.sense.maps.queries import ballots

pytestmark = pytest.mark.django_db
START = timezone.now() - timedelta(days=2)


def crowd(talk: Talk, number: int, *, group: int = 7, every: int = 20, choice: int | None = 1) -> list[Participant]:
    """People of one arrival group, so many seconds apart, who answer all cards the same."""
    people = [talk.person() for _ in range(number)]
    for place, one in enumerate(people):
        one.arrival_group, one.came_at = group, START + timedelta(seconds=place * every)
        one.save(update_fields=["arrival_group", "came_at"])
        if choice is not None:
            cast_vote(by=one, on=talk.cards[0], choice=choice)
    return people


def address(talk: Talk) -> str:
    return f"{talk.team_page}arrivals/"


def decide(talk: Talk, by: User, decision: str = "aside", because: str = "One phone, twelve times."):
    (found,) = analysis.bursts(talk.conversation)
    return as_(by).post(address(talk), {"burst": found.key, "decision": decision, "because": because}, follow=True)


def test_eight_within_ten_minutes_are_found_and_seven_are_not(talk: Talk):
    crowd(talk, 7, group=1)
    assert analysis.bursts(talk.conversation) == []
    crowd(talk, 8, group=2, every=85)
    crowd(talk, 8, group=3, every=86)
    (found,) = analysis.bursts(talk.conversation)
    assert (len(found.people), found.came_at_once, found.answers, found.stories) == (8, True, 8, 0)
    assert found.last_at - found.first_at == timedelta(seconds=595)


def test_two_crowds_of_a_group_are_decided_on_apart(talk: Talk):
    crowd(talk, 9)
    later = crowd(talk, 8)
    for one in later:
        one.came_at += timedelta(hours=3)
        one.save(update_fields=["came_at"])
    assert [len(one.people) for one in analysis.bursts(talk.conversation)] == [9, 8]


def test_eight_who_answer_alike_are_found_however_slowly_they_come(talk: Talk, cast: Cast):
    people = crowd(talk, 9, every=3600, choice=None)
    cards = [*talk.cards, *add_statements(by=cast.mo, conversation=talk.conversation, texts=["Four.", "Five."])]
    for place, one in enumerate(people):
        for card in cards:
            cast_vote(by=one, on=card, choice=-1 if place == 0 else 1)
    (found,) = analysis.bursts(talk.conversation)
    assert (len(found.people), found.came_at_once, found.alike) == (8, False, 8)


def test_people_without_a_group_are_no_burst(talk: Talk):
    for one in crowd(talk, 12):
        one.arrival_group = None
        one.save(update_fields=["arrival_group"])
    assert analysis.bursts(talk.conversation) == []


def test_the_team_is_asked_to_look(talk: Talk, cast: Cast, django_assert_num_queries):
    assert queries.jobs(cast.summer) == []
    crowd(talk, 8)
    with django_assert_num_queries(1):
        (job,) = queries.jobs(cast.summer)
    assert (job.url, "Many came from one place" in job.do + job.what) == (address(talk), True)
    decide(talk, cast.mo)
    assert queries.jobs(cast.summer) == []


def test_who_is_set_aside_is_counted_nowhere_until_somebody_takes_that_back(talk: Talk, cast: Cast):
    for choice in [1] * 12 + [-1] * 11:
        cast_vote(by=talk.person(), on=talk.cards[0], choice=choice)
    crowd(talk, 12)
    moment(talk.conversation)
    kept = ShownTally.objects.get(statement=talk.cards[0])
    assert (kept.agree, kept.disagree) == (24, 11), "two of them weigh, and with the others they came in"
    before = Entry.objects.count()
    page = decide(talk, cast.mo).text
    assert "12 people" in page
    assert "Set aside</strong> by Mo" in " ".join(page.split())
    moment(talk.conversation)
    kept.refresh_from_db()
    assert (kept.agree, kept.disagree) == (12, 11)
    assert ballots(talk.conversation).came == 23
    card = Client().get(talk.cards[0].node.get_absolute_url()).text
    assert "Set aside, since many came from one place at once: 12 people answered." in " ".join(card.split())
    burst = Burst.objects.get()
    as_(cast.mo).post(f"{address(talk)}{burst.pk}/undo/")
    as_(cast.mo).post(f"{address(talk)}{burst.pk}/undo/")
    moment(talk.conversation)
    kept.refresh_from_db()
    assert (kept.agree, kept.disagree) == (12, 11), "as two people they wait for others"
    told = [entry[1] for entry in trail(before)]
    assert [one for one in told if "arrivals" in one] == [
        "decided on arrivals: aside",
        "undid decision on arrivals: aside",
    ]
    assert set(Participant.objects.values_list("weight", flat=True)) == {Weight.ORDINARY}


def test_who_was_seen_counts_in_full(talk: Talk, cast: Cast):
    crowd(talk, 30)
    moment(talk.conversation)
    assert ShownTally.objects.get(statement=talk.cards[0]).agree == 0
    decide(talk, cast.mo, "seen", "They sat in front of me.")
    moment(talk.conversation)
    assert ShownTally.objects.get(statement=talk.cards[0]).agree == 30


def test_a_few_that_are_set_aside_are_not_counted_out(talk: Talk, cast: Cast):
    crowd(talk, 8)
    decide(talk, cast.mo)
    card = Client().get(talk.cards[0].node.get_absolute_url()).text
    assert "A few answers are set aside" in card


def test_nobody_is_asked_to_read_a_flood_of_stories_and_each_is_still_there(talk: Talk, cast: Cast):
    for number, one in enumerate(crowd(talk, 20, choice=None)):
        tell(by=one, participant=one, text=f"Buy this {number}.", scopes=["quote"])
    one = talk.person()
    tell(by=one, participant=one, text="The bus is dear.", scopes=["quote"])
    assert stories.workspace(cast.summer).waiting == 21
    assert "told 20 stories" in " ".join(as_(cast.mo).get(address(talk)).text.split())
    decide(talk, cast.mo)
    assert stories.workspace(cast.summer).waiting == 1
    assert stories.jobs(cast.summer)[0].what == "One story is waiting to be read."
    assert stories.told_in(cast.summer, show="many").count() == 20
    assert "Set aside with many" in as_(cast.mo).get("/pell/summer/stories/").text


def test_a_receipt_says_that_its_answers_are_set_aside(client: Client, talk: Talk, cast: Cast):
    phone = voter(client, talk)
    assert "not counted at present" not in receipt(phone)
    Participant.objects.update(weight=Weight.SET_ASIDE)
    assert "not counted at present: many people came from one place at once" in " ".join(receipt(phone).split())


def test_without_a_reason_nothing_is_decided_and_what_was_typed_stays(talk: Talk, cast: Cast):
    crowd(talk, 8)
    (found,) = analysis.bursts(talk.conversation)
    answer = as_(cast.mo).post(address(talk), {"burst": found.key, "decision": "aside", "because": " "})
    assert answer.status_code == 422
    assert 'href="#id_1_because"' in answer.text
    for decision in ({}, {"decision": "erased"}):
        answer = as_(cast.mo).post(address(talk), {"burst": found.key, "because": "I saw it.", **decision})
        assert answer.status_code == 409
    with pytest.raises(Refused, match="Say why"):
        actions.decide(
            by=cast.mo,
            conversation=talk.conversation,
            people=found.people,
            decision="seen",
            because=" ",
            first_at=START,
            last_at=START,
        )
    assert not Burst.objects.exists()


def test_only_the_form_that_was_sent_says_what_is_wrong(talk: Talk, cast: Cast):
    crowd(talk, 8, group=1)
    crowd(talk, 9, group=2)
    _, second = analysis.bursts(talk.conversation)
    page = as_(cast.mo).post(address(talk), {"burst": second.key, "decision": "aside", "because": ""}).text
    assert page.count('class="govuk-error-message"') == 1
    assert page.count("id_2_because_error") >= 1
    assert "id_1_because_error" not in page


def test_where_more_came_meanwhile_the_team_looks_again(talk: Talk, cast: Cast):
    crowd(talk, 8)
    (found,) = analysis.bursts(talk.conversation)
    crowd(talk, 3)
    answer = as_(cast.mo).post(address(talk), {"burst": found.key, "decision": "aside", "because": "I saw it."})
    assert (answer.status_code, "More people came meanwhile" in answer.text) == (409, True)


def test_two_members_do_not_decide_twice(talk: Talk, cast: Cast):
    people = [one.pk for one in crowd(talk, 8)]
    facts = {"conversation": talk.conversation, "people": people, "first_at": START, "last_at": START}
    actions.decide(by=cast.mo, decision="aside", because="One phone.", **facts)
    with pytest.raises(Refused, match="already"):
        actions.decide(by=cast.lena, decision="seen", because="I saw them.", **facts)


def test_an_empty_conversation_says_so_and_shows_its_numbers_by_a_button(talk: Talk, cast: Cast):
    browser = as_(cast.mo)
    assert "Nobody waits for a decision." in browser.get(address(talk)).text
    assert "Show everybody the numbers now" in browser.get(talk.team_page).text
    for _ in range(12):
        cast_vote(by=talk.person(), on=talk.cards[0], choice=1)
    assert "Too few" in Client().get(talk.cards[0].node.get_absolute_url()).text
    assert "as they are now" in browser.post(f"{talk.team_page}figures/", follow=True).text
    assert "12 people answered" in Client().get(talk.cards[0].node.get_absolute_url()).text
    talk.conversation.is_sensitive = True
    talk.conversation.save()
    assert "Show everybody the numbers now" not in browser.get(talk.team_page).text
    assert browser.post(f"{talk.team_page}figures/").status_code == 409


def test_when_they_came_is_said_once_where_it_is_one_day():
    first = datetime(2027, 6, 30, 9, 14, tzinfo=UTC)
    assert dates.span(first, first + timedelta(minutes=6)) == "30 June 2027, 10:14 to 10:20"
    told = dates.span(first, first + timedelta(days=1))
    assert told == "30 June 2027 at 10:14 to 1 July 2027 at 10:14"


def test_the_page_says_for_how_many_they_count_meanwhile(talk: Talk, cast: Cast):
    assert "count as two people" in " ".join(as_(cast.mo).get(address(talk)).text.split())
    talk.conversation.is_sensitive = True
    talk.conversation.save()
    assert "count as one person" in " ".join(as_(cast.mo).get(address(talk)).text.split())
