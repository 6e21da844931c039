"""The page of an opinion map, and drawing one."""

import time
from datetime import timedelta

import numpy as np
import pytest

from tests.cast import Cast
from tests.sense.voices import conversation, people, statements, two_camps, votes
from weft.listen.conversations.models import Moderation, Participant
from weft.provenance.items import Origin
from weft.provenance.models import Node
from weft.sense.maps import actions, queries
from weft.sense.maps.models import OpinionMap
from weft.sense.maps.templatetags.maps import told_at


def draw(cast: Cast, sizes: tuple[int, int] = (150, 90), **more: object) -> OpinionMap:
    talk = conversation(cast.summer)
    two_camps(talk, sizes=sizes)
    return actions.draw_map(by=cast.mo, conversation=talk, **more, origin=Origin(code="N-2MAPS"))


def test_a_map_is_drawn_by_a_plain_post(client, cast: Cast):
    talk = conversation(cast.summer)
    client.force_login(cast.mo)
    path = "/pell/summer/maps/new/"
    nobody = client.post(path, {"conversation": str(talk.pk)})
    assert nobody.status_code == 422
    assert "Nobody has answered a statement" in nobody.content.decode()
    two_camps(talk)
    for _ in range(2):
        answer = client.post(path, {"conversation": str(talk.pk)})
        assert answer.headers["Location"] == OpinionMap.objects.get().node.get_absolute_url()
    theirs = conversation(cast.company)
    assert client.post(path, {"conversation": str(theirs.pk)}).status_code == 422


@pytest.mark.parametrize("who", [None, "mo"])
def test_the_page_tells_groups_what_unites_and_what_divides(client, cast: Cast, who, django_assert_max_num_queries):
    draw(cast)
    if who:
        client.force_login(getattr(cast, who))
    with django_assert_max_num_queries(12):
        page = client.get("/pell/N-2MAPS/").content.decode()
    for words in (
        "found two groups that hold up",
        "Group A: 150 people",
        "Group B: 90 people",
        "More than the others, they agree:",
        "What unites",
        "What divides",
        "Would the same people stand together had we asked other statements?",
        "<polygon",
        "Every statement with its answers",
    ):
        assert words in page
    assert "style=" not in page


def test_no_name_and_no_key_of_a_participant_is_on_the_page(client, cast: Cast):
    draw(cast)
    page = client.get("/pell/N-2MAPS/").content.decode()
    assert not any(str(key) in page for key in Participant.objects.values_list("pk", flat=True))


def test_no_groups_is_said_honestly(client, cast: Cast):
    talk = conversation(cast.summer)
    cards = statements(talk, [f"Card {n}" for n in range(12)])
    votes(people(talk, 60), cards, np.random.default_rng(1).choice([-1, 0, 1], (60, 12)))
    drawn = actions.draw_map(by=cast.mo, conversation=talk)
    page = client.get(drawn.node.get_absolute_url()).content.decode()
    assert "We looked for groups of people who vote alike and found none that hold up." in page
    assert "The answers hang together no more than shuffled ones would." in page
    assert "Group A" not in page


def test_a_small_group_is_named_and_not_described(client, cast: Cast):
    talk = conversation(cast.summer)
    two_camps(talk, sizes=(50, 8), cards=20)
    drawn = actions.draw_map(by=cast.mo, conversation=talk)
    page = " ".join(client.get(drawn.node.get_absolute_url()).content.decode().split())
    assert "so this group is not described" in page
    assert "8 people" not in page.replace("58 people", "")


def test_statements_taken_back_or_hidden_since_leave_a_mark(client, cast: Cast):
    drawn = draw(cast)
    first, second = drawn.conversation.statements.order_by("number")[:2]
    Node.objects.filter(pk=first.node_id).update(title="", withdrawn_at=drawn.drawn_at)
    first.text = ""
    first.save()
    second.moderation = Moderation.HIDDEN
    second.save()
    page = client.get("/pell/N-2MAPS/").content.decode()
    assert "A statement was here. It was taken back." in page
    assert "A statement was here. It is hidden now." in page
    assert f"“{second.text}”" not in page


def test_the_team_checks_that_the_map_can_be_drawn_again(client, cast: Cast):
    draw(cast)
    client.force_login(cast.mo)
    page = client.post("/pell/N-2MAPS/check/", follow=True).content.decode()
    assert "the map comes out the same" in page


def test_the_table_is_paged_and_ordered(client, cast: Cast):
    talk = conversation(cast.summer)
    cards = statements(talk, [f"Card {n:02}" for n in range(30)])
    votes(people(talk, 60), cards, np.repeat([[1] * 29 + [-1]], 60, axis=0))
    drawn = actions.draw_map(by=cast.mo, conversation=talk)
    page = client.get(drawn.node.get_absolute_url()).content.decode()
    assert page.count('data-label="Agree"') == 25
    assert "Page 1 of 2" in page
    last = client.get(f"{drawn.node.get_absolute_url()}?order=agree&page=2").content.decode()
    assert last.count('data-label="Agree"') == 5
    assert last.rindex("Card 28") < last.rindex("Card 29")


def test_a_map_of_many_statements_is_shown_quickly(client, cast: Cast, django_assert_max_num_queries):
    talk = conversation(cast.summer)
    cards = statements(talk, [f"Card {n} of very many." for n in range(400)])
    rng = np.random.default_rng(3)
    camp = np.repeat([1, -1], [60, 40])[:, None]
    table = np.where(rng.random((100, 400)) < 0.15, 0, camp * np.where(rng.random((100, 400)) < 0.2, -1, 1))
    votes(people(talk, 100), cards, np.where(rng.random((100, 400)) < 0.5, 9, table))
    drawn = actions.draw_map(by=cast.mo, conversation=talk)
    client.get(drawn.node.get_absolute_url())
    began = time.perf_counter()
    with django_assert_max_num_queries(12):
        client.get(drawn.node.get_absolute_url())
    print("map page", time.perf_counter() - began)


def test_the_tab_and_its_jobs(cast: Cast, django_assert_max_num_queries):
    talk = conversation(cast.summer)
    cards = two_camps(talk)
    with django_assert_max_num_queries(2):
        (job,) = queries.jobs(cast.summer)
    assert (job.do, job.url) == ("Draw the opinion map", "/pell/summer/maps/new/")
    drawn = actions.draw_map(by=cast.mo, conversation=talk)
    assert queries.jobs(cast.summer) == []
    votes(people(talk, 12), cards[:1], np.ones((12, 1)), ago=timedelta())
    assert queries.jobs(cast.summer)[0].do == "Draw it again"
    again = actions.draw_map(by=cast.mo, conversation=talk)
    with django_assert_max_num_queries(2):
        work = queries.workspace(cast.summer)
    assert [one.pk for one in work.maps] == [again.pk]
    assert drawn.pk != again.pk


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("everybody", "told"),
    [
        ([62, 54, 11, 127], ["62 (49%)", "54 (43%)", "11 (9%)"]),
        ([87, None, None, 121], ["87 (72%)", "34 with pass", "34 with disagree"]),
        ([None, 60, None, 95], ["35 with pass", "60 (63%)", "35 with agree"]),
        ([None, None, None, 78], ["78 with the others"] * 3),
        ([None, None, None, None], ["not shown"] * 3),
    ],
)
def test_answers_that_are_told_together_name_each_other(everybody: list[int | None], told: list[str]):
    assert [told_at(everybody, at) for at in range(3)] == told
