from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.methods.rand import adjusted_rand_index

groupings = st.integers(2, 12).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(-1, 4), min_size=n, max_size=n), st.lists(st.integers(0, 3), min_size=n, max_size=n)
    )
)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([0, 0, 1, 1], [0, 0, 1, 2], 0.5714285714),
        ([0, 0, 1, 1], [1, 1, 0, 0], 1.0),
        ([0, 0, 0, 0], [0, 1, 2, 3], 0.0),
        ([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2], 0.2424242424),
        ([0, 0, 0], [5, 5, 5], 1.0),
        ([0, 1, 2], [2, 0, 1], 1.0),
        ([3], [4], 1.0),
        ([], [], 1.0),
    ],
)
def test_worked_cases(first, second, expected):
    assert adjusted_rand_index(first, second) == pytest.approx(expected, abs=1e-10)


def test_groupings_of_different_people_are_refused():
    with pytest.raises(ValueError, match=r"^Both groupings must cover the same people, got 3 and 2\.$"):
        adjusted_rand_index([0, 0, 1], [0, 1])


@given(groupings)
def test_it_counts_pairs_of_people(pair):
    first, second = pair
    pairs = list(combinations(range(len(first)), 2))
    in_first = sum(first[i] == first[j] for i, j in pairs)
    in_second = sum(second[i] == second[j] for i, j in pairs)
    in_both = sum(first[i] == first[j] and second[i] == second[j] for i, j in pairs)
    chance = in_first * in_second / len(pairs)
    room = (in_first + in_second) / 2 - chance
    expected = 1.0 if room == 0 else (in_both - chance) / room
    assert adjusted_rand_index(first, second) == pytest.approx(expected, abs=1e-12)


@given(groupings)
def test_neither_the_order_of_the_two_nor_the_names_matter(pair):
    first, second = pair
    found = adjusted_rand_index(first, second)
    assert adjusted_rand_index(second, first) == pytest.approx(found, abs=1e-12)
    assert adjusted_rand_index(7 - 2 * np.array(first), second) == pytest.approx(found, abs=1e-12)
