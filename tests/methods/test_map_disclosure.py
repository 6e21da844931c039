import doctest
import itertools
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weft.methods import map_disclosure
from weft.methods.map_disclosure import group_sizes, hexagons, opinion_tables


def test_the_examples_in_the_docstrings_run():
    assert doctest.testmod(map_disclosure).failed == 0


def test_the_people_in_no_group_are_a_row_of_their_own():
    # Whole minus groups would give the 3 who agree in no group away.
    tables = opinion_tables([[[40, 12, 11], [30, 20, 15], [3, 14, 13]]], 10)
    hidden = tables.hidden[0]
    assert hidden[2, 0]
    assert (hidden[:, 0].sum(), hidden[2].sum()) == (2, 2)
    assert not hidden[-1].any()
    assert tables.consensus.tolist() == [True]


def test_a_figure_is_shown_only_where_its_counts_are():
    tables = opinion_tables([[[40, 12, 11], [30, 20, 15], [3, 14, 13]], [[40, 12, 11], [30, 20, 15], [13, 14, 13]]], 10)
    assert tables.group_figures.tolist() == [[True, False, False], [True, True, True]]
    assert tables.group_comparisons.tolist() == [False, True]


def test_a_figure_needs_no_count_of_passes():
    # Row 1 has a hidden pass count, yet its agrees, disagrees and votes are shown only if they are all shown.
    tables = opinion_tables([[[40, 32, 2], [30, 20, 3], [13, 14, 13]]], 10)
    shown = ~tables.hidden[0][:-1][:, [0, 1, 3]].any(axis=1)
    assert tables.group_figures[0].tolist() == shown.tolist()


def test_without_groups_a_statement_goes_by_the_rule_of_three():
    tables = opinion_tables([[[40, 3, 11]], [[4, 3, 1]]], 10)
    assert tables.counts[0].tolist() == [[40, -1, -1, 54]] * 2
    assert tables.counts[1].tolist() == [[-1, -1, -1, -1]] * 2
    assert tables.group_comparisons.tolist() == [False, False]
    assert tables.consensus.tolist() == [False, False]


def test_the_people_in_no_group_are_told_beside_the_groups_or_with_the_last():
    assert group_sizes([24, 18], 11) == ((24, 18), 11)
    assert group_sizes([24, 18], 10) == group_sizes([24, 18], 1) == ((24, None), None)
    assert group_sizes([24, 18], 0) == ((24, 18), 0)
    assert group_sizes([50, 8], 0) == ((None, None), 0)
    assert group_sizes([50, 8], 40) == ((50, None), None)


def test_every_hidden_size_has_as_many_values_as_the_threshold_for_who_knows_the_rule():
    tables = defaultdict(list)
    for first, second, outside in itertools.product(range(36), repeat=3):
        if 5 <= first + second + outside <= 35:
            sizes, none = group_sizes([first, second], outside, 5)
            tables[(first + second + outside, *sizes, none)].append((first, second, outside))
    for shown, alike in tables.items():
        for told, values in zip(shown[1:], zip(*alike, strict=True), strict=True):
            assert told is not None or len(set(values)) >= 5, shown


def test_no_statements_is_an_empty_answer():
    assert opinion_tables(np.zeros((0, 3, 3))).counts.shape == (0, 4, 4)


@pytest.mark.parametrize("shape", [(2, 3, 4), (2, 0, 3)])
def test_a_wrong_shape_of_counts_is_named(shape):
    message = f"counts must be statements x .groups . 1. x 3, got {' x '.join(map(str, shape))}"
    with pytest.raises(ValueError, match=message):
        opinion_tables(np.ones(shape, dtype=int))


def test_a_hexagon_with_few_people_is_left_out_with_a_neighbour_to_hide_in():
    people = [[0, 0]] * 30 + [[10, 0]] * 12 + [[0, 10]] * 3
    drawn = hexagons(people, 1.0, 10)
    assert drawn.counts.tolist() == [30]
    assert drawn.left_out == 15
    assert drawn.centres.tolist() == [[0.0, 0.0]]


def test_too_few_people_give_no_picture_and_no_number():
    drawn = hexagons([[0, 0]] * 7, 1.0, 10)
    assert (len(drawn.counts), drawn.left_out) == (0, None)
    assert hexagons(np.zeros((0, 2)), 1.0).left_out is None


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), max_size=80), st.floats(0.2, 3))
def test_nobody_is_drawn_alone_and_everybody_is_counted(people, radius):
    positions = np.array(people).reshape(-1, 2)
    drawn = hexagons(positions, radius, 5)
    assert (drawn.counts >= 5).all()
    if drawn.left_out is not None:
        assert drawn.left_out == 0 or drawn.left_out >= 5
        assert drawn.counts.sum() + drawn.left_out == len(people)
    else:
        assert len(people) < 5


@settings(max_examples=60)
@given(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), st.floats(0.2, 3))
def test_a_person_is_drawn_within_the_radius_of_where_they_stand(place, radius):
    drawn = hexagons([place] * 10, radius, 10)
    assert np.hypot(*(drawn.centres[0] - place)) <= radius * (1 + 1e-9)


@pytest.mark.parametrize(
    ("positions", "radius", "message"),
    [
        ([[1, 2, 3]], 1.0, "positions must be people x 2, got 1 x 3."),
        ([[0, 0], [np.nan, 2]], 1.0, "positions must be finite, got .nan, 2.0. at 1."),
        ([[1, 2]], 0.0, "radius must be above 0, got 0.0."),
        ([[1, 2]], np.inf, "radius must be above 0, got inf."),
    ],
)
def test_bad_input_is_named(positions, radius, message):
    with pytest.raises(ValueError, match=message):
        hexagons(positions, radius)
