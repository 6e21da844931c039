"""Who is carried into an edition."""

import pytest

from tests.cast import Cast
from tests.share.world import World, draft, world
from tests.voting import cast_vote
from weft.core.errors import Refused
from weft.listen.conversations.actions import add_statement
from weft.listen.receipts.actions import withdraw_votes
from weft.listen.stories.actions import set_aside, tell
from weft.provenance.actions import record
from weft.sense.findings.actions import make_finding
from weft.sense.maps.models import OpinionMap, Placing
from weft.share.reports import actions, analysis
from weft.share.reports.models import Carried


def by_hand(cast: Cast) -> World:
    """Thirty people: the first ten told a story each, the next ten answered one statement, the rest said nothing."""
    made = world(cast, people=30, stories=10, votes=0)
    for participant in made.people[10:20]:
        cast_vote(by=participant, on=made.statements[0], choice=-1)
    return made


def drawn(made: World, groups: dict[int, int | None]) -> OpinionMap:
    """A map that places some people, by their place in the list, in groups."""
    from django.db import transaction
    from django.utils import timezone

    with transaction.atomic():
        node = record(by=None, kind="map", programme=made.cast.pell, team=made.cast.summer, title="A map")
    found = OpinionMap.objects.create(
        node=node,
        conversation=made.talk,
        parameters={},
        input_hash="x",
        came=len(made.people),
        people=len(groups),
        statements=1,
        votes=1,
        verdict="groups",
        result={},
        drawn_at=timezone.now(),
    )
    for at, group in groups.items():
        Placing.objects.create(map=found, participant=made.people[at], group=group, x=0, y=0)
    return found


def test_the_numbers_of_a_case_worked_by_hand(cast: Cast):
    # 11 items: ten stories carry one each, the statement carries its author (who told a story too) and ten voters.
    # Used is the statement alone, so 11 people are carried. By a random pick of 1 of 11 items the author (in 2 items)
    # is carried with 2/11, nine tellers and ten voters with 1/11 each: 21/11 people.
    made = by_hand(cast)
    reach = analysis.carried(cast.pell, [made.statements[0].node_id])
    (row,) = reach.rows
    assert (row.group, row.people, row.carried) == ("", 30, 11)
    assert row.expected == pytest.approx(21 / 11)
    assert row.low <= row.expected <= row.high
    assert [story.node for story in reach.left_out[0].stories] == [story.node_id for story in made.stories]
    assert (reach.left_out[0].told_why, reach.left_out[0].not_yet) == (0, 10)


def test_whoever_took_back_their_answers_is_not_counted(cast: Cast):
    made = by_hand(cast)
    withdraw_votes(by=None, participant=made.people[19])
    (row,) = analysis.carried(cast.pell, [made.statements[0].node_id]).rows
    assert (row.people, row.carried) == (29, 10)


def test_a_story_that_may_only_be_read_could_not_have_been_used(cast: Cast):
    made = by_hand(cast)
    tell(by=made.people[25], participant=made.people[25], text="For the team alone to read, please.", scopes=[])
    reach = analysis.carried(cast.pell, [made.statements[0].node_id])
    assert reach.rows[0].expected == pytest.approx(21 / 11)
    assert len(reach.left_out[0].stories) == 10


def test_a_statement_that_waits_could_not_have_been_used(cast: Cast):
    made = by_hand(cast)
    add_statement(by=made.people[26], conversation=made.talk, text="Not read yet.", moderation=0)
    assert analysis.carried(cast.pell, [made.statements[0].node_id]).rows[0].expected == pytest.approx(21 / 11)


def test_a_map_carries_everybody_it_counts(cast: Cast):
    made = by_hand(cast)
    found = drawn(made, dict.fromkeys(range(15), None))
    (row,) = analysis.carried(cast.pell, [found.pk]).rows
    assert (row.people, row.carried) == (30, 15)


def test_reasons_and_their_absence_are_told_apart(cast: Cast):
    made = by_hand(cast)
    set_aside(by=cast.mo, row=made.stories[3], because="Few people come by car.")
    left = analysis.carried(cast.pell, [made.statements[0].node_id]).left_out[0]
    assert (left.told_why, left.not_yet) == (1, 9)
    assert [story.because for story in left.stories if story.because] == ["Few people come by car."]


def test_small_numbers_are_not_kept(cast: Cast):
    made = world(cast, people=12, votes=5)
    (row,) = analysis.carried(cast.pell, [made.statements[0].node_id]).rows
    assert (row.carried, row.expected, row.low) == (None, None, None)


def unfair(cast: Cast) -> World:
    """Two groups of twenty: everything used carries the first, hardly anybody of the second."""
    made = world(cast, people=40, stories=40, votes=0)
    drawn(made, {at: at // 20 for at in range(40)})
    return made


def test_a_group_that_is_carried_clearly_less_is_a_warning_to_be_answered_in_words(cast: Cast):
    made = unfair(cast)
    used = [*made.stories[:14], *made.stories[20:21]]
    evidence = [(story.node, "supports") for story in used]
    finding = make_finding(by=cast.mo, of=cast.summer, title="So it is", evidence=evidence)
    report = draft(made, f"So it is [[{finding.node.code}]].")
    check = analysis.check(report)
    assert [row.group for row in check.reach.warnings] == ["Group B"]
    assert check.is_ready
    with pytest.raises(Refused, match="Say why fewer of Group B"):
        actions.publish(by=cast.cora, report=report)
    with pytest.raises(Refused, match="Group B"):
        actions.publish(by=cast.cora, report=report, answers={"tide123/Group B": "  "})
    edition = actions.publish(by=cast.cora, report=report, answers={"tide123/Group B": "They came late."})
    kept = edition.carried.get(group="Group B")
    assert (kept.is_warning, kept.answer) == (True, "They came late.")
    assert not edition.carried.get(group="Group A").is_warning
    assert edition.carried.get(group="").people == 40


def test_what_is_stored_is_what_was_counted(cast: Cast):
    made = by_hand(cast)
    report = draft(made, f"Buses should run longer [[{made.statements[0].node.code}]].")
    actions.publish(by=cast.cora, report=report)
    row = Carried.objects.get()
    assert (row.people, row.carried, row.expected) == (30, 11, pytest.approx(21 / 11))


def test_counting_takes_as_many_queries_however_much_was_said(cast: Cast, django_assert_max_num_queries):
    made = by_hand(cast)
    with django_assert_max_num_queries(9):
        analysis.carried(cast.pell, [made.statements[0].node_id])
