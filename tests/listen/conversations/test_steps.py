"""What everybody sees of the answers moves in steps, so that no single answer can be read off by looking again."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.listen.conftest import Talk
from tests.moments import moment
from tests.voting import cast_vote
from weft.core.errors import Refused
from weft.listen.conversations.models import Participant, ShownTally, Statement
from weft.listen.receipts.actions import withdraw_votes
from weft.sense.findings.actions import make_finding
from weft.sense.maps.actions import draw_map


def answer(talk: Talk, number: int, choice: int = 1) -> list[Participant]:
    people = [talk.person() for _ in range(number)]
    for one in people:
        cast_vote(by=one, on=talk.cards[0], choice=choice)
    return people


def said(talk: Talk) -> str:
    moment(talk.conversation)
    page = Client().get(talk.cards[0].node.get_absolute_url()).content.decode()
    return page[page.index("<figcaption>") + 12 : page.index("</figcaption>")]


def test_a_figure_stands_until_ten_more_have_answered(talk: Talk):
    assert said(talk).startswith("Too few people")
    answer(talk, 9)
    assert said(talk).startswith("Too few people")
    answer(talk, 5)
    assert said(talk).startswith("14 people")
    before = said(talk)
    for choice in (1, 1, -1, 0, 1, -1, -1, 1, 1):
        answer(talk, 1, choice)
        assert said(talk) == before
    answer(talk, 1)
    assert said(talk).startswith("24 people")


def test_whoever_changes_their_answer_or_leaves_is_not_seen_to(talk: Talk):
    people = answer(talk, 20)
    answer(talk, 12, -1)
    before = said(talk)
    cast_vote(by=people[0], on=talk.cards[0], choice=-1)
    withdraw_votes(by=None, participant=people[1])
    assert said(talk) == before
    for one in people[2:12]:
        withdraw_votes(by=None, participant=one)
    assert said(talk) != before


def test_the_team_sees_what_is_so_now(talk: Talk, cast: Cast):
    answer(talk, 14)
    said(talk)
    answer(talk, 6)
    client = Client()
    client.force_login(cast.mo)
    assert "20 people answered" in client.get(talk.cards[0].node.get_absolute_url()).content.decode()
    assert ShownTally.objects.get(statement=talk.cards[0]).agree == 14


def test_findings_and_themes_show_the_same_figure(talk: Talk, cast: Cast, client: Client):
    finding = make_finding(
        by=cast.mo, of=cast.summer, title="It is far", evidence=[(talk.cards[0].node, "supports")]
    ).node
    answer(talk, 14)
    moment(talk.conversation)
    assert "14" in client.get(finding.get_absolute_url()).content.decode()
    answer(talk, 3)
    moment(talk.conversation)
    page = client.get(finding.get_absolute_url()).content.decode()
    assert ">14<" in page
    assert ">17<" not in page
    assert Statement.objects.get(pk=talk.cards[0].pk).shown_tally.agree == 14


def test_no_second_map_is_drawn_for_a_few_more_people(talk: Talk, cast: Cast):
    people = answer(talk, 15)
    first = draw_map(by=cast.mo, conversation=talk.conversation)
    cast_vote(by=people[0], on=talk.cards[1], choice=1)
    with pytest.raises(Refused, match="Fewer than 10 people have answered"):
        draw_map(by=cast.mo, conversation=talk.conversation)
    answer(talk, 9)
    assert draw_map(by=cast.mo, conversation=talk.conversation) != first
