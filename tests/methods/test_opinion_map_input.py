"""What `opinion_map` takes, and how it refuses the rest."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weft.methods.opinion_map import opinion_map
from weft.methods.opinion_map import votes as votes_module
from weft.methods.opinion_map.votes import final_votes

GOOD = {
    "participant": [0, 1],
    "statement": [0, 1],
    "vote": [1, -1],
    "moderated_out": [False, False],
    "meta": [False, False],
}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"vote": [1, 2]}, "vote must be -1, 0 or 1, got 2 at row 1."),
        ({"vote": np.array([-128, 1], dtype=np.int8)}, "vote must be -1, 0 or 1, got -128 at row 0."),
        ({"vote": [1, np.nan]}, "vote must be -1, 0 or 1, got nan at row 1."),
        ({"vote": [[1, 1]]}, "vote must be a list, one entry a vote, got shape (1, 2)."),
        ({"statement": [0, 2]}, "statement 2 is out of range 0..1 at row 1."),
        ({"statement": [-1, 0]}, "statement -1 is out of range 0..1 at row 0."),
        ({"participant": [0, -3]}, "participant -3 is out of range 0..0 at row 1."),
        ({"participant": [0, 4], "people": 3}, "participant 4 is out of range 0..2 at row 1."),
        ({"participant": [0, 4], "groups": [0, 0, 0]}, "participant 4 is out of range 0..2 at row 1."),
        ({"participant": [0.5, 1]}, "participant must be whole numbers, got float64."),
        ({"participant": [[0], [1]]}, "participant must be a list, one entry a vote, got shape (2, 1)."),
        ({"participant": [0]}, "participant, statement and vote must be of equal length, got 1, 2 and 2."),
        ({"moderated_out": [False]}, "moderated_out must have one entry for each of the 2 statements, got 1."),
        ({"meta": [0.0, 1.0]}, "meta must be one true or false for each statement, got float64 (2,)."),
        ({"people": -1}, "people must be at least 0, got -1."),
        ({"groups": [0, 2]}, "groups must be -1 or 0..G-1 with no number unused, got 2."),
        ({"groups": [0, -2]}, "groups must be -1 or 0..G-1 with no number unused, got -2."),
        ({"groups": [0.5, 0]}, "groups must be one whole number for each person, got float64 (2,)."),
        ({"groups": [0, 0], "people": 3}, "groups must have one entry for each of the 3 people, got 2."),
        ({"min_votes": 0}, "min_votes must be at least 1, got 0."),
        ({"min_group": 1}, "min_group must be at least 2, got 1."),
        ({"permutations": 18}, "permutations must be at least 19, got 18."),
        ({"resamples": 0}, "resamples must be at least 1, got 0."),
        ({"seed": -1}, "seed must be at least 0, got -1."),
    ],
)
def test_bad_input_is_refused_with_one_sentence(change, sentence):
    with pytest.raises(ValueError, match=r"\.$") as refused:
        opinion_map(**{**GOOD, **change})
    assert str(refused.value) == sentence


def test_no_votes_at_all_is_an_empty_map():
    m = opinion_map([], [], [], moderated_out=[False, True], meta=[False, False], people=3)
    assert (m.participants, m.votes, m.statements.size, m.in_conversation.size) == (3, 0, 0, 0)
    assert (m.grouping.verdict, m.grouping.reason) == ("none", "too few people")
    assert m.positions.tolist() == [[0, 0]] * 3
    assert m.group_aware_consensus is None
    assert m.priority.size == 0
    assert not m.ambiguous


def test_nothing_live_is_no_map():
    m = opinion_map([0, 1, 2], [0, 0, 0], [1, -1, 1], moderated_out=[True], meta=[False])
    assert m.positions.tolist() == [[0, 0]] * 3
    assert m.grouping.reason == "too few people"
    assert m.totals.agree.tolist() == [[2]]


def test_the_inputs_are_not_changed():
    given_arrays = {name: np.array(value) for name, value in GOOD.items()}
    before = {name: value.copy() for name, value in given_arrays.items()}
    opinion_map(**given_arrays, groups=np.array([1, 0]))
    assert all(np.array_equal(given_arrays[name], before[name]) for name in GOOD)


events = st.integers(1, 5).flatmap(
    lambda people: st.integers(1, 4).flatmap(
        lambda statements: st.tuples(
            st.just(people),
            st.just(statements),
            st.lists(
                st.tuples(st.integers(0, people - 1), st.integers(0, statements - 1), st.integers(-1, 1)), max_size=40
            ),
        )
    )
)


@pytest.mark.parametrize("sort_limit", [10**6, -1], ids=["numpy", "counting sort"])
@given(case=events)
@settings(max_examples=60, deadline=None)
def test_the_last_vote_wins(case, sort_limit):
    people, statements, cast = case
    columns = list(zip(*cast, strict=True)) or [(), (), ()]
    nothing = np.zeros(statements, dtype=bool)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(votes_module, "SORT_LIMIT", sort_limit)
        found = final_votes(*columns, moderated_out=nothing, meta=nothing, people=people)
    expected = {(person, statement): vote for person, statement, vote in cast}
    rows = votes_module.rows_of(found.starts)
    cells = zip(rows.tolist(), found.statements[found.columns].tolist(), found.values.tolist(), strict=True)
    assert [((i, j), vote) for i, j, vote in cells] == sorted(expected.items())
    assert found.repeats == len(cast) - len(expected)


def test_fewer_than_fifteen_in_the_conversation_are_made_up_from_the_most_active():
    each = [9, 1, 8, 3, 3, *[2] * 13, 0]
    person = np.repeat(np.arange(len(each)), each)
    statement = np.concatenate([np.arange(n) for n in each])
    nothing = np.zeros(9, dtype=bool)
    m = opinion_map(person, statement, np.ones(person.size), moderated_out=nothing, meta=nothing, people=len(each))
    assert m.in_conversation.tolist() == [0, 2, 3, 4, *range(5, 16)]


def test_votes_history_gives_the_final_votes(shared_history):
    events, final, repeats = shared_history
    assert events.repeats == repeats
    assert np.array_equal(events.starts, final.starts)
    assert np.array_equal(events.columns, final.columns)
    assert np.array_equal(events.values, final.values)
