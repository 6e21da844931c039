import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from weft.methods import disclosure
from weft.methods.disclosure import (
    as_counts,
    check_threshold,
    clash_sentence,
    clashing_view,
    may_both_be_shown,
    percent,
    quote_label,
    round_to_five,
    two_way,
)

thresholds = st.sampled_from([5, 10])
two_way_tables = st.tuples(st.integers(2, 5), st.integers(2, 5)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 40), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


def test_the_examples_in_the_docstrings_run():
    assert doctest.testmod(disclosure).failed == 0


# Two-way tables


def ranges(values, hidden):
    """The least and largest value of each hidden entry that fits all shown entries, by linear programming."""
    rows, columns = values.shape
    size = values.size
    equations = []
    for i in range(rows):
        line = np.zeros(values.shape)
        line[i, :-1], line[i, -1] = 1, -1
        equations.append(line.ravel())
    for j in range(columns):
        line = np.zeros(values.shape)
        line[:-1, j], line[-1, j] = 1, -1
        equations.append(line.ravel())
    bounds = [(0, None) if gone else (value, value) for value, gone in zip(values.ravel(), hidden.ravel(), strict=True)]
    answers = {}
    for at in np.flatnonzero(hidden):
        ends = []
        for sign in (1, -1):
            goal = np.zeros(size)
            goal[at] = sign
            result = linprog(goal, A_eq=np.array(equations), b_eq=np.zeros(rows + columns), bounds=bounds)
            ends.append(-np.inf if result.status == 3 else result.fun)
        answers[divmod(int(at), columns)] = (ends[0], -ends[1])
    return answers


def extended(inner):
    values = np.array(inner)
    values = np.column_stack((values, values.sum(axis=1)))
    return np.vstack((values, values.sum(axis=0)))


def test_the_first_table_of_the_specification():
    inner = [[20, 4, 31], [15, 22, 18], [40, 12, 27]]
    table = two_way(inner, 10)
    assert table.cells == [
        [None, None, 31, 55],
        [None, None, 18, 55],
        [40, 12, 27, 79],
        [75, 38, 76, 189],
    ]
    found = ranges(extended(inner), table.hidden)
    expected = {(0, 0): (0, 24), (0, 1): (0, 24), (1, 0): (11, 35), (1, 1): (2, 26)}
    assert {at: pytest.approx(ends) for at, ends in found.items()} == expected


def test_the_second_table_of_the_specification():
    inner = [[20, 4], [3, 22]]
    table = two_way(inner, 10)
    assert table.cells == [[None, None, 24], [None, None, 25], [23, 26, 49]]
    found = ranges(extended(inner), table.hidden)
    expected = {(0, 0): (0, 23), (0, 1): (1, 24), (1, 0): (0, 23), (1, 1): (2, 25)}
    assert {at: pytest.approx(ends) for at, ends in found.items()} == expected


@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_entry_can_be_worked_out(seed):
    rng = np.random.default_rng(seed)
    for _ in range(8):
        inner = rng.poisson(rng.gamma(1.0, 15.0, size=rng.integers(2, 6, size=2)))
        threshold = int(rng.choice([5, 10]))
        table = two_way(inner, threshold)
        for low, high in ranges(extended(inner), table.hidden).values():
            assert high - low >= threshold - 1e-6


@given(two_way_tables, thresholds)
def test_every_small_number_is_hidden_and_every_shown_number_is_true(inner, threshold):
    table = two_way(inner, threshold)
    values = extended(inner)
    assert table.hidden[values < threshold].all()
    assert (table.counts[table.hidden] == -1).all()
    assert (table.counts[~table.hidden] == values[~table.hidden]).all()


@given(two_way_tables, thresholds)
def test_no_line_has_a_single_hidden_entry(inner, threshold):
    hidden = two_way(inner, threshold).hidden
    assert (hidden.sum(axis=0) != 1).all()
    assert (hidden.sum(axis=1) != 1).all()


@given(two_way_tables)
def test_a_table_without_small_numbers_is_shown_whole(inner):
    assert not two_way(np.array(inner) + 10, 10).hidden.any()


# Percentages and rounding


def test_percent_rounds_a_half_up():
    assert [percent(count, 200) for count in (1, 3, 25, 0, 200)] == [1, 2, 13, 0, 100]


def test_percent_needs_a_shown_count_and_a_large_enough_shown_total():
    assert percent(None, 100) is None
    assert percent(10, None) is None
    assert percent(5, 9) is None
    assert percent(5, 9, threshold=5) == 56


def test_rounding_is_to_the_nearest_five_and_keeps_hidden_numbers_hidden():
    assert [round_to_five(count) for count in range(10, 16)] == [10, 10, 10, 15, 15, 15]
    assert round_to_five(None) is None


# Differences of views


def test_views_may_differ_by_nobody_or_by_enough_people_on_each_side():
    whole = set(range(50))
    assert may_both_be_shown(whole, set(whole), 10)
    assert may_both_be_shown(whole, set(range(40)), 10)
    assert not may_both_be_shown(whole, set(range(41)), 10)
    assert not may_both_be_shown(set(range(40)), whole - {1}, 10)
    # 10 left and 3 came: the 3 are a small group.
    assert not may_both_be_shown(whole, set(range(10, 53)), 10)
    assert may_both_be_shown(whole, set(range(10, 60)), 10)


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)), thresholds)
def test_the_order_of_two_views_does_not_matter(one, other, threshold):
    assert may_both_be_shown(one, other, threshold) == may_both_be_shown(other, one, threshold)


def test_a_new_view_is_checked_against_all_earlier_ones():
    views = [set(range(60)), set(range(30)), set(range(44))]
    assert clashing_view(set(range(40)), views, 10) == 2
    assert clashing_view(set(range(40)), views[:2], 10) is None
    assert clashing_view(set(range(40)), [], 10) is None


def test_the_refusal_is_a_sentence_for_the_reader():
    expected = "This filter differs from one already published by fewer than 10 people."
    assert clash_sentence() == expected


# Quotes


def test_a_label_loses_its_finest_parts_first():
    people = [("Elm St", "Moss Side", "25-34")] * 3 + [("Oak Rd", "Moss Side", "25-34")] * 6
    people += [("Oak Rd", "Hulme", "25-34")] * 4
    person = people[0]
    assert quote_label(person, people, 5) == (1, 2)
    assert quote_label(person, people, 10) == (2,)
    assert quote_label(person, people[:9], 10) is None
    assert quote_label(("Elm St", "Moss Side", "65+"), [*people, ("Elm St", "Moss Side", "65+")], 10) == ()


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=40), thresholds)
def test_a_shown_label_fits_enough_participants(people, threshold):
    person = tuple(map(str, people[0]))
    others = [tuple(map(str, other)) for other in people]
    kept = quote_label(person, others, threshold)
    if kept is None:
        assert len(others) < threshold
    else:
        assert sum(all(other[part] == person[part] for part in kept) for other in others) >= threshold
        assert kept == tuple(range(len(person)))[len(person) - len(kept) :]


# Errors


@pytest.mark.parametrize("value", [4, 0, -1, 5.5, True])
def test_the_threshold_is_never_lowered(value):
    with pytest.raises(ValueError, match=rf"threshold must be at least 5, got {value}\."):
        check_threshold(value)


def test_a_published_threshold_is_at_least_10():
    with pytest.raises(ValueError, match=r"threshold must be at least 10, got 9\."):
        check_threshold(9, published=True)


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ([3, -1], "counts must be whole numbers of 0 or more, got -1 at 1."),
        ([3.5], "counts must be whole numbers of 0 or more, got 3.5 at 0."),
        ([3.0, np.nan], "counts must be whole numbers of 0 or more, got nan at 1."),
        (["a"], "counts must be whole numbers of 0 or more, got <U1 values."),
        ([[1, 2]], "counts must be an array of 1 dimension(s), got 2."),
    ],
)
def test_bad_counts_are_named(counts, message):
    with pytest.raises(ValueError, match="counts") as error:
        as_counts(counts)
    assert str(error.value) == message


def test_bad_counts_of_a_two_way_table_are_named_by_row_and_column():
    with pytest.raises(ValueError, match=r"got -2 at \(1, 0\)\."):
        two_way([[1, 2], [-2, 1]])


@pytest.mark.parametrize(("table", "shape"), [([[1, 2]], "1 x 2"), ([[1], [2]], "2 x 1")])
def test_a_table_needs_two_rows_and_columns(table, shape):
    with pytest.raises(ValueError, match=rf"A table needs at least 2 rows and 2 columns, got {shape}\."):
        two_way(table)


def test_labels_must_have_the_same_parts():
    with pytest.raises(ValueError, match=r"participants must have 2 label parts each, got 1\."):
        quote_label(("a", "b"), [("a",)])


@settings(max_examples=30)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=9))
def test_the_input_is_not_changed(counts):
    given_counts = np.array(counts, dtype=np.int64)
    as_counts(given_counts)[:] = 7
    assert given_counts.tolist() == counts
