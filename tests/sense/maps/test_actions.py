"""Drawing opinion maps: frozen, repeatable, without names and with the small numbers hidden."""

import hashlib
import json

import numpy as np
import pytest

from tests.cast import Cast
from tests.sense.voices import conversation, people, statements, two_camps, votes
from weft.core.errors import Refused
from weft.listen.conversations.models import Participant
from weft.listen.conversations.queries import Tally
from weft.people.audit.models import Entry
from weft.provenance.models import Link, Node
from weft.provenance.queries import voices_behind
from weft.sense.maps import actions, analysis, queries
from weft.sense.maps.models import OpinionMap, Placing


def draw(cast: Cast, talk, **more: object) -> OpinionMap:
    return actions.draw_map(by=cast.mo, conversation=talk, **more)


def test_two_camps_are_found_and_described(cast: Cast):
    talk = conversation(cast.summer)
    cards = two_camps(talk)
    drawn = draw(cast, talk)
    assert drawn.verdict == "clear", drawn.reason
    assert (drawn.people, drawn.statements, drawn.came) == (65, 16, 65)
    assert [group["size"] for group in drawn.result["groups"]] == [40, 25]
    half = {str(card.pk) for card in cards[:8]}
    assert set(drawn.result["divide"]) <= half
    assert not half & set(drawn.result["unite"])
    assert all(group["stands_for"] for group in drawn.result["groups"])
    assert Placing.objects.filter(map=drawn, group=0).count() == 40


def test_the_map_comes_from_the_statements_it_names_and_holds_no_words_and_no_names(cast: Cast):
    talk = conversation(cast.summer)
    cards = two_camps(talk)
    drawn = draw(cast, talk)
    named = set(analysis.named(drawn.result))
    linked = Link.objects.filter(target=drawn.node).values_list("source__statement__pk", flat=True)
    assert {str(key) for key in linked} == named
    kept = json.dumps(drawn.result)
    assert not any(card.text in kept for card in cards)
    assert not any(str(key) in kept for key in Participant.objects.values_list("pk", flat=True))
    assert Entry.objects.filter(did="drew opinion map", on=drawn.node.code).exists()


def test_the_same_answers_draw_the_same_map_once(cast: Cast):
    talk = conversation(cast.summer)
    two_camps(talk)
    first = draw(cast, talk)
    assert draw(cast, talk) == first
    other = draw(cast, talk, seed=1)
    assert other != first
    assert other.input_hash == first.input_hash
    assert Node.objects.filter(kind="map").count() == 2


def test_a_map_is_drawn_again_with_the_same_result_until_the_answers_change(cast: Cast):
    talk = conversation(cast.summer)
    cards = two_camps(talk)
    drawn = draw(cast, talk)
    check = actions.check_map(by=cast.mo, row=drawn)
    assert (check.is_same_input, check.is_same_result) == (True, True)
    votes(people(talk, 1), cards[:1], np.array([[1]]))
    check = actions.check_map(by=cast.mo, row=drawn)
    assert not check.is_same_input
    assert f"{drawn.votes + 1:,} now" in check.sentence
    OpinionMap.objects.filter(pk=drawn.pk).update(input_hash=queries.ballots(talk).input_hash)
    drawn.refresh_from_db()
    assert "otherwise" in actions.check_map(by=cast.mo, row=drawn).sentence


@pytest.mark.parametrize("sizes", [(60, 14), (150, 90), (40, 25)])
def test_a_group_shows_all_its_numbers_on_a_statement_or_none(cast: Cast, sizes: tuple[int, int]):
    talk = conversation(cast.summer)
    two_camps(talk, sizes=sizes)
    result = draw(cast, talk).result
    for row in result["statements"]:
        assert all(n is None or n >= 10 for n in row["everybody"])
        assert sum(n is None for n in row["everybody"]) != 1
        column = {"all": 0, "agree": 0, "disagree": 1}.get(row["kind"])
        if column is None:
            assert row["groups"] == []
            continue
        for counts in row["groups"]:
            assert counts[column] >= 10
            assert counts[3] - counts[column] >= 10
    assert all(count >= 10 for count in result["picture"]["counts"])


def test_a_group_of_fewer_than_ten_is_not_described(cast: Cast):
    talk = conversation(cast.summer)
    two_camps(talk, sizes=(50, 8), cards=20)
    drawn = draw(cast, talk)
    small = [group for group in drawn.result["groups"] if group["size"] is None]
    assert small, "the small camp was meant to be found"
    assert all(group["stands_for"] == [] and group["centre"] is None for group in small)
    assert drawn.result["divide"] == []


def test_no_groups_is_said_with_its_reason(cast: Cast):
    talk = conversation(cast.summer)
    cards = statements(talk, [f"Card {n}" for n in range(12)])
    votes(people(talk, 40), cards, np.random.default_rng(1).choice([-1, 0, 1], (40, 12)))
    drawn = draw(cast, talk)
    assert (drawn.verdict, drawn.reason) == ("none", "no more structure than shuffled votes")
    assert drawn.result["groups"] == []


def test_too_few_people_draw_a_map_that_shows_next_to_nothing(cast: Cast):
    talk = conversation(cast.summer)
    cards = statements(talk, ["One card.", "Another card."])
    votes(people(talk, 3), cards, np.ones((3, 2)))
    drawn = draw(cast, talk)
    assert (drawn.verdict, drawn.reason) == ("none", "too few people")
    assert all(n is None for row in drawn.result["statements"] for n in row["everybody"])
    assert drawn.result["unite"] == drawn.result["divide"] == []
    assert drawn.result["picture"]["counts"] == []


def test_hidden_and_withdrawn_people_and_statements_take_no_part(cast: Cast):
    talk = conversation(cast.summer)
    cards = two_camps(talk)
    before = queries.ballots(talk)
    Participant.objects.filter(number=1).update(withdrawn_at=talk.opened_at)
    assert len(queries.ballots(talk).votes) == len(before.votes) - 16
    cards[0].moderation = -1
    cards[0].save()
    result = draw(cast, talk).result
    assert str(cards[0].pk) not in {row["id"] for row in result["statements"]}


def test_nothing_to_draw_is_refused(cast: Cast):
    with pytest.raises(Refused, match="Nobody has answered"):
        draw(cast, conversation(cast.summer))
    with pytest.raises(Refused, match="no parameter called colour"):
        draw(cast, conversation(cast.summer), colour=3)


def test_the_people_of_a_map_are_counted_as_answers(cast: Cast):
    talk = conversation(cast.summer)
    two_camps(talk)
    drawn = draw(cast, talk)
    voices = voices_behind([drawn.node])[drawn.node_id]
    assert voices.answers == {talk.pk: 65}
    assert voices.words == frozenset()


def test_a_withdrawn_map_keeps_no_numbers(cast: Cast):
    talk = conversation(cast.summer)
    two_camps(talk)
    drawn = draw(cast, talk)
    actions.withdraw_map(by=cast.mo, row=drawn)
    drawn.refresh_from_db()
    assert (drawn.result, drawn.node.title, Placing.objects.count()) == ({}, "", 0)
    assert draw(cast, talk) != drawn


def test_the_input_is_known_by_its_lines_in_order(cast: Cast):
    talk = conversation(cast.summer)
    cards = statements(talk, ["One card.", "Another card."])
    votes(people(talk, 2), cards, np.array([[1, 9], [-1, 0]]))
    assert queries.ballots(talk).input_hash == hashlib.sha256(b"1,1,1\n2,1,-1\n2,2,0\n").hexdigest()


def test_what_a_card_and_the_groups_tell_together_leaves_no_small_number(cast: Cast):
    talk = conversation(cast.summer)
    two_camps(talk, sizes=(56, 26))
    (one,) = statements(talk, ["One card more."])
    said = np.repeat([1, -1, 0, 1, -1, 0], [40, 15, 1, 5, 15, 6])[:, None]
    votes(list(talk.participants.order_by("number")), [one], said)
    drawn = draw(cast, talk)
    assert [group["size"] for group in drawn.result["groups"]] == [56, 26]
    row = next(row for row in drawn.result["statements"] if row["id"] == str(one.pk))
    # 45 agreed and 37 did not; that 15 of each group disagreed would leave 7 who passed.
    assert (row["everybody"], row["case"]) == ([45, None, None, 82], "agree")
    assert (row["kind"], row["groups"]) == ("", [])


def test_beside_a_total_alone_stands_no_word(cast: Cast):
    talk = conversation(cast.summer)
    cards = statements(talk, [f"Card {n}" for n in range(12)])
    choices = np.random.default_rng(1).choice([-1, 0, 1], (40, 12))
    choices[:, 0] = 1
    votes(people(talk, 40), cards, choices)
    result = draw(cast, talk).result
    assert result["groups"] == []
    rows = {row["id"]: row for row in result["statements"]}
    assert rows[str(cards[0].pk)]["everybody"] == [None, None, None, 40]
    assert rows[str(cards[0].pk)]["words"] == [""]
    assert any(row["words"] != [""] for row in rows.values())


@pytest.mark.parametrize(
    ("before", "kind", "now", "case"),
    [
        ([30, 20, 10, 60], "disagree", [30, 20, 10, 60], "all"),
        ([45, None, None, 82], "disagree", [45, None, None, 82], "agree"),
        ([None, 60, None, 95], "disagree", [None, None, None, 95], "total"),
        ([None, None, 60, 95], "", [None, None, None, 95], "total"),
        ([None, None, None, 40], "", [None, None, None, 40], "total"),
        ([None, None, None, None], "", [None, None, None, None], "few"),
    ],
)
@pytest.mark.sqlite
def test_a_map_from_before_tells_no_more_than_a_card_does_now(before, kind: str, now, case: str):
    groups = [[None, 15, None, 40]] if kind else []
    row = {"id": "1", "everybody": before, "kind": kind, "groups": groups, "words": ["agree"]}
    (told,) = analysis.as_told_now({"statements": [row]})["statements"]
    assert (told["everybody"], told["case"]) == (now, case)
    assert told["words"] == ([""] if case in {"few", "total"} else ["agree"])
    assert (told["kind"], told["groups"]) == ((kind, groups) if case == "all" else ("", []))
    again = {"statements": [told], "unite": [], "divide": []}
    assert analysis.as_told_now(again) == again


@pytest.mark.sqlite
def test_a_map_from_before_tells_what_the_page_of_a_card_tells_of_the_same_answers():
    row = {"id": "1", "everybody": [None, 62, None, 124], "kind": "", "groups": [], "words": []}
    for tally, now in ((Tally(56, 62, 6), [56, None, None, 124]), (Tally(56, 63, 5), [None, None, None, 124])):
        (told,) = analysis.as_told_now({"statements": [row]}, {"1": tally})["statements"]
        assert told["everybody"] == now
