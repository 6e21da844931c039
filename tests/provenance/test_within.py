"""Rows are told the programme and the team that are known, and need no query for them."""

from django.db import transaction

from tests.cast import Cast
from weft.listen.conversations.actions import make_conversation
from weft.listen.conversations.models import Conversation
from weft.people.programmes.access import standing_of
from weft.provenance.actions import record
from weft.provenance.models import Node
from weft.provenance.queries import by_code, nodes_of, search, within
from weft.sense.findings.actions import make_finding
from weft.sense.findings.models import Finding


def made(cast: Cast, team, title: str) -> Node:
    with transaction.atomic():
        return record(by=cast.cora, kind="finding", programme=cast.pell, team=team, title=title, text=title)


def test_items_know_the_programme_and_the_team_they_were_read_for(cast: Cast, django_assert_num_queries) -> None:
    for team in (cast.summer, cast.company, None):
        made(cast, team, "Fares")
    with django_assert_num_queries(1):
        found = within(cast.summer, Node.objects.order_by("id"))
        assert [node.programme for node in found] == [cast.pell] * 3
        assert [node.get_absolute_url() for node in found] == [f"/pell/{node.code}/" for node in found]
        assert found[0].team is cast.summer
    assert found[1].team == cast.company
    assert found[2].team is None


def test_a_row_that_carries_an_item_passes_it_on(cast: Cast, django_assert_num_queries) -> None:
    make_finding(by=cast.mo, of=cast.summer, title="The fare matters")
    with django_assert_num_queries(1):
        (finding,) = within(cast.summer, Finding.objects.select_related("node"))
        assert (finding.node.programme, finding.node.team) == (cast.pell, cast.summer)


def test_what_is_no_item_is_told_too(cast: Cast, django_assert_num_queries) -> None:
    make_conversation(by=cast.lena, of=cast.summer, prompt="What gets in the way?")
    with django_assert_num_queries(1):
        (talk,) = within(cast.summer, Conversation.objects.all())
        assert (talk.programme, talk.team) == (cast.pell, cast.summer)


def test_what_is_read_through_a_programme_knows_it(cast: Cast, django_assert_num_queries) -> None:
    node, here = made(cast, cast.summer, "Fares"), standing_of(cast.mo, cast.pell)
    with django_assert_num_queries(3):
        found = [
            by_code(cast.pell, [node.code])[node.code],
            *nodes_of(cast.pell, "finding").order_by("id"),
            *search(cast.pell, "fares", here),
        ]
        assert [one.programme for one in found] == [cast.pell] * 3
