"""Six people and four statements, worked by hand."""

import numpy as np
import pytest

from weft.methods.opinion_map import OpinionMap, opinion_map, place

NAN = np.nan
TABLE = np.array(
    [
        [1, 1, -1, 0],
        [1, 1, -1, -1],
        [1, NAN, -1, -1],
        [-1, -1, 1, 1],
        [-1, -1, 1, NAN],
        [-1, 0, 1, 1],
    ]
)


def mapped(table=TABLE, hidden=(), **options) -> OpinionMap:
    person, statement = np.nonzero(~np.isnan(table))
    moderated_out = np.isin(np.arange(table.shape[1]), hidden)
    vote = table[person, statement].astype(np.int8)
    return opinion_map(
        person, statement, vote, moderated_out=moderated_out, meta=np.zeros(table.shape[1], dtype=bool), **options
    )


@pytest.fixture
def six() -> OpinionMap:
    return mapped(groups=[0, 0, 0, 1, 1, 1])


def test_the_map(six):
    assert six.mean.tolist() == [0, 0, 0, 0]
    assert six.eigenvalues == pytest.approx([17.5440037453, 2], abs=1e-10)
    assert six.components[:, 0] == pytest.approx([0.5811891778, 0.4027643723, -0.5811891778, -0.4027643723], abs=1e-10)
    assert six.components[:, 1] == pytest.approx([0, 0.7071067812, 0, 0.7071067812], abs=1e-10)
    assert six.signs_from.tolist() == [0, 1]
    assert six.positions[0] == pytest.approx([1.5651427279, 0.7071067812], abs=1e-10)
    assert six.positions[2] == pytest.approx([1.8072711506, -0.8164965809], abs=1e-10)
    assert six.in_conversation.tolist() == [0, 1, 2, 3, 4, 5]
    assert not six.ambiguous


def test_a_hidden_statement_leaves_the_map():
    m = mapped(hidden=[3])
    assert m.eigenvalues == pytest.approx([14.9282032303, 1.0717967697], abs=1e-10)
    assert m.positions[0] == pytest.approx([1.7156269038, 0.2379586666], abs=1e-10)
    assert m.extremity[3] == 0
    assert m.totals.agree[0].tolist() == [3, 2, 3, 2]


def test_the_figures_of_the_groups(six):
    f = six.figures
    assert f.p_agree[0] == pytest.approx([0.8, 0.75, 0.2, 0.2])
    assert f.p_agree_test[0] == pytest.approx([2, 1.7320508076, -1, -1])
    assert f.repness_agree[0] == pytest.approx([4, 3.75, 0.25, 0.2666666667])
    assert f.repness_agree_test[0, :2] == pytest.approx([2.19089023, 1.9843134833])
    assert six.group_aware_consensus == pytest.approx([0.16, 0.15, 0.16, 0.15])
    assert six.priority == pytest.approx([17.9805257001, 16.1743946059, 17.9805257001, 16.1743946059], abs=1e-9)


def test_what_the_groups_stand_for(six):
    listed = [[(r.statement + 1, r.direction) for r in each] for each in six.representative]
    assert listed == [
        [(1, "agree"), (2, "agree"), (3, "disagree")],
        [(3, "agree"), (4, "agree"), (1, "disagree")],
    ]
    assert [r.best_agree for r in six.representative[0]] == [True, False, False]
    assert six.consensus.agree == six.consensus.disagree == ()


def test_a_newcomer(six):
    found = place(six.frame, [0, 2], [1, -1])
    assert found.position == pytest.approx([1.6438512351, 0], abs=1e-10)
    assert found.group is None
    assert not found.in_conversation


def test_one_given_group_stands_for_nothing():
    m = mapped(groups=[0, 0, 0, 0, 0, -1])
    assert m.representative == ((),)
    assert np.isnan(m.figures.repness_agree).all()
    assert m.figures.p_agree[0] == pytest.approx([4 / 7, 3 / 6, 3 / 7, 2 / 6])


def test_a_statement_that_nobody_met_is_no_column():
    wider = np.insert(TABLE, 2, NAN, axis=1)
    found, plain = mapped(wider), mapped()
    assert found.statements.tolist() == [0, 1, 3, 4]
    assert np.array_equal(found.positions, plain.positions)
    assert found.signs_from.tolist() == [0, 1]


def test_two_equally_strong_directions_are_said_to_be_ambiguous():
    square = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]])
    assert mapped(square).ambiguous
    assert not mapped(TABLE).ambiguous


def test_a_direction_without_variance_is_empty():
    m = mapped(np.array([[1.0, 1], [-1, -1], [1, 1]]))
    assert m.eigenvalues[1] == 0
    assert not m.components[:, 1].any()
    assert m.signs_from.tolist() == [0, -1]


def test_best_agree_is_listed_alone_where_nothing_is_sufficient():
    table = np.array([[1.0, 1], [1, 1], [1, 1], [1, -1]])
    m = mapped(table, groups=[0, 0, 1, 1])
    assert [(r.statement, r.direction, r.best_agree) for r in m.representative[0]] == [(0, "agree", True)]


def test_without_a_best_agree_the_largest_test_is_listed():
    table = np.array([[-1.0, 0], [0, 0], [0, 0], [0, 0]])
    m = mapped(table, groups=[0, 0, 1, 1])
    assert [(r.statement, r.direction, r.best_agree) for r in m.representative[0]] == [(0, "disagree", False)]
