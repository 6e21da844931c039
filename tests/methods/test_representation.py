import doctest
from collections import defaultdict
from dataclasses import replace
from itertools import combinations, product
from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, random_array

from weft.methods import representation
from weft.methods.representation import heard_beside_population, the_drop, who_is_carried, wilson

counts = st.lists(st.integers(0, 60), min_size=1, max_size=7)


@pytest.mark.parametrize("module", ["intervals", "heard", "drop", "carried"])
def test_the_examples_in_the_docstrings_run(module):
    found = doctest.testmod(getattr(representation, module))
    assert found.attempted > 0
    assert found.failed == 0


# Wilson intervals


@pytest.mark.parametrize(
    ("count", "people", "low", "high"),
    [
        (81, 263, 0.2552885199, 0.3662095770),
        (15, 148, 0.0623863995, 0.1604872417),
        (0, 20, 0.0, 0.1611251581),
        (1, 29, 0.0061132143, 0.1717552188),
    ],
)
def test_intervals_are_those_of_newcombe(count, people, low, high):
    assert wilson(count, people) == pytest.approx((low, high), abs=5e-11)


@given(st.integers(1, 500).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people))))
def test_an_interval_holds_the_share_and_mirrors(pair):
    count, people = pair
    low, high = wilson(count, people)
    assert 0 <= low <= count / people + 1e-12
    assert count / people - 1e-12 <= high <= 1
    assert wilson(people - count, people) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@pytest.mark.parametrize(("count", "people"), [(0, 0), (-1, 5), (6, 5)])
def test_a_count_must_fit_its_people(count, people):
    message = f"count must be between 0 and the number of people, got {count} of {people}."
    with pytest.raises(ValueError, match=message):
        wilson(count, people)


# Heard beside population


@pytest.mark.parametrize(
    ("heard", "population", "index", "low", "high", "gap", "short"),
    [
        ([15, 133], [20, 80], 50.68, 31.19, 80.24, -9.86, 15),
        ([81, 182], [25, 75], 123.19, 102.12, 146.48, 5.80, 0),
        ([60, 88], [35, 65], 115.83, 94.19, 138.84, 5.54, 0),
    ],
)
def test_the_figures_of_the_specification(heard, population, index, low, high, gap, short):
    row = heard_beside_population(heard, population).categories[0]
    assert (row.index, row.index_low, row.index_high) == pytest.approx((index, low, high), abs=0.005)
    assert row.gap == pytest.approx(gap, abs=0.005)
    assert row.short == short
    assert row.verdict == "too few to tell"
    assert row.reason == ""


def test_the_share_of_the_specification():
    row = heard_beside_population([15, 133], [20, 80]).categories[0]
    assert row.share == pytest.approx(0.1013513514, abs=5e-11)
    assert row.population_share == 0.2


def test_an_expected_count_below_5_is_not_compared():
    row = heard_beside_population([12, 136], [2, 98]).categories[0]
    assert row.reason == "fewer than 5 people were to be expected"
    assert (row.index, row.gap, row.short, row.verdict) == (None, None, None, "")
    assert row.heard == 12


@pytest.mark.parametrize(
    ("heard", "population", "verdict"),
    [
        ([100, 900], [30, 70], "under-heard"),
        ([500, 500], [30, 70], "over-heard"),
        ([3000, 7000], [30, 70], "about right"),
        ([30, 70], [30, 70], "too few to tell"),
    ],
)
def test_words_need_the_whole_interval(heard, population, verdict):
    assert heard_beside_population(heard, population).categories[0].verdict == verdict


def test_nobody_living_there_is_not_compared():
    row = heard_beside_population([20, 100], [0, 10]).categories[0]
    assert row.reason == "nobody in this category lives there"
    assert row.index is None


def test_too_few_known_people_show_nothing():
    result = heard_beside_population([4, 3], [50, 50])
    assert result.known is None
    assert {row.reason for row in result.categories} == {"fewer than 10 people are known"}
    assert {row.heard for row in result.categories} == {None}
    assert result.few_or_none == (0, 1)


def test_a_hidden_count_takes_its_share_index_and_gap_with_it():
    result = heard_beside_population([12, 3, 25, 40], [25, 25, 25, 25])
    for row in result.categories[:2]:
        assert (row.heard, row.share, row.share_low, row.index, row.gap, row.short) == (None,) * 6
        assert row.reason == "hidden: fewer than 10, or needed to protect such a number"
    assert [row.heard for row in result.categories[2:]] == [25, 40]
    (merged,) = result.together
    assert (merged.categories, merged.row.heard, merged.row.population) == ((0, 1), 15, 50)
    assert (merged.row.index, merged.row.verdict) == (37.5, "under-heard")


def test_the_range_view_does_not_tell_which_hidden_count_is_small():
    result = heard_beside_population([12, 3, 25, 40], [25, 25, 25, 25])
    assert result.somebody == (2, 3)
    assert result.few_or_none == (0, 1)


def test_people_without_an_answer_are_bars_of_their_own_and_part_of_no_share():
    result = heard_beside_population([50, 50], [1, 1], unknown=30, prefer_not_to_say=10, not_asked=13)
    assert (result.known, result.unknown, result.prefer_not_to_say, result.not_asked) == (100, 30, 10, 13)
    assert (result.everybody, result.did_not_say) == (153, 40)
    assert result.categories[0].share == 0.5
    assert result.z == 1.959963984540054


def test_three_who_prefer_not_to_say_are_not_given_away_by_how_many_took_part():
    result = heard_beside_population([100, 48], [1, 1], unknown=12, prefer_not_to_say=3, not_asked=20)
    assert (result.everybody, result.known, result.did_not_say, result.not_asked) == (183, 148, 15, 20)
    assert (result.unknown, result.prefer_not_to_say) == (None, None)
    assert [row.heard for row in result.categories] == [100, 48]


def test_a_few_who_were_not_asked_leave_only_everybody():
    result = heard_beside_population([100, 48], [1, 1], not_asked=3)
    assert (result.everybody, result.known, result.not_asked, result.together) == (151, None, None, ())
    assert {row.heard for row in result.categories} == {None}
    assert {row.reason for row in result.categories} == {"hidden: fewer than 10, or needed to protect such a number"}


@pytest.mark.parametrize("offered", [{}, {"unknown", "prefer_not_to_say"}, {"prefer_not_to_say", "not_asked"}])
def test_every_hidden_category_has_as_many_values_as_the_threshold_for_who_knows_the_rule(offered):
    tables = defaultdict(list)
    bars = sorted(offered)
    for people in product(range(18 if offered else 36), repeat=2 + len(bars)):
        if 5 <= sum(people) <= (17 if offered else 35):
            told = heard_beside_population(people[:2], [1, 1], threshold=5, **dict(zip(bars, people[2:], strict=True)))
            cells = (*(row.heard for row in told.categories), *(getattr(told, bar) for bar in bars))
            tables[(told.everybody, told.known, told.did_not_say, *cells)].append(people)
    for shown, alike in tables.items():
        for count, values in zip(shown[3:], zip(*alike, strict=True), strict=True):
            assert count is not None or len(set(values)) >= 5, shown


@given(counts, st.sampled_from([5, 10]))
def test_more_people_as_many_as_are_short_bring_parity(heard, threshold):
    population = list(range(1, len(heard) + 1))
    result = heard_beside_population(heard, population, threshold=threshold)
    for row, real in zip(result.categories, heard, strict=True):
        assert row.heard in (None, real)
        if row.index is not None:
            assert row.reason == ""
            assert row.index_low <= row.index <= row.index_high
            assert row.short == max(0, ceil(row.population_share * sum(heard) - real - 1e-9))
            assert (row.short == 0) == (row.index >= 100 - 1e-6)
        else:
            assert row.reason
            assert row.verdict == ""


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (([1, 2], [0, 0]), {}, "population must be positive in total."),
        (([1, 2], [1]), {}, "heard and population must have the same categories, got 2 and 1."),
        (([1, -2], [1, 1]), {}, "heard must be whole numbers of 0 or more, got -2 at 1."),
        (([1, 2], [1, -1]), {}, "population must be whole numbers of 0 or more, got -1 at 1."),
        (([1, 2], [1, 1]), {"unknown": -1}, "unknown must be whole numbers of 0 or more, got -1 at 0."),
        (([1, 2], [1, 1]), {"threshold": 4}, "threshold must be at least 5, got 4."),
    ],
)
def test_bad_input_to_the_comparison_is_named(arguments, options, message):
    with pytest.raises(ValueError, match=r"must (be|have)") as error:
        heard_beside_population(*arguments, **options)
    assert str(error.value) == message


# The drop


def test_the_drop_shows_who_lost_more_than_others():
    drop = the_drop([[60, 20, 20], [170, 15, 15]])
    everybody, second = drop.everybody, drop.categories[1]
    assert (everybody.took_part, everybody.quoted, everybody.in_claim) == (300, 70, 35)
    assert everybody.quoted_of_took_part.ratio is None
    assert second.quoted_of_took_part.share == 0.15
    assert second.quoted_of_took_part.ratio == pytest.approx(100 * 0.15 / (70 / 300))
    assert (second.quoted_of_took_part.low, second.quoted_of_took_part.high) == wilson(30, 200)
    assert second.quoted_of_took_part.lost_more
    assert not second.in_claim_of_quoted.lost_more
    assert second.in_claim_of_quoted.ratio == pytest.approx(100)
    assert not drop.categories[0].quoted_of_took_part.lost_more


def test_the_drop_hides_like_a_two_way_table():
    drop = the_drop([[60, 20, 4], [170, 15, 15], [80, 40, 30]])
    first = drop.categories[0]
    assert first.levels[2] is None
    assert first.quoted is None
    assert first.quoted_of_took_part is None
    assert first.in_claim_of_quoted is None
    assert drop.categories[2].quoted == 70


def test_one_category_hides_like_a_table_with_one_row():
    drop = the_drop([[60, 20, 4]])
    assert drop.categories[0].levels == (60, None, None)
    assert drop.categories[0].quoted == 24
    assert drop.categories[0].took_part == 84
    assert drop.everybody.took_part == 84
    assert the_drop([[4, 2, 1]]).everybody.took_part is None


@given(st.lists(st.tuples(*[st.integers(0, 60)] * 3), min_size=1, max_size=5), st.sampled_from([5, 10]))
def test_a_cumulative_number_is_shown_only_with_its_levels(levels, threshold):
    drop = the_drop(levels, threshold)
    truth = [*levels, tuple(map(sum, zip(*levels, strict=True)))]
    for row, real in zip([*drop.categories, drop.everybody], truth, strict=True):
        assert all(shown in (None, level) for shown, level in zip(row.levels, real, strict=True))
        assert (row.quoted is None) == (None in row.levels[1:]) or len(levels) == 1
        assert row.quoted in (None, real[1] + real[2])
        assert row.took_part in (None, sum(real))
        for kept, numbers in ((row.quoted_of_took_part, (row.quoted, row.took_part)),):
            assert (kept is None) == (None in numbers)


@pytest.mark.parametrize("levels", [np.zeros((0, 3)), [[1, 2]]])
def test_the_drop_needs_three_levels_and_a_category(levels):
    message = rf"levels must be categories x 3 with at least one category, got {len(levels)} rows\."
    with pytest.raises(ValueError, match=message):
        the_drop(levels)


# Who is carried


def chance_by_enumeration(carries, used):
    picks = list(combinations(range(carries.shape[1]), used))
    return np.mean([carries[:, list(pick)].any(axis=1) for pick in picks], axis=0)


def test_the_chance_of_the_specification_equals_all_10_picks():
    mine = np.zeros((4, 5), dtype=bool)
    mine[[0, 0, 1, 2, 3], [0, 1, 2, 3, 4]] = True
    result = who_is_carried(mine, [True, True, False, False, False], [0] * 4)
    assert result.chance == pytest.approx([0.7, 0.4, 0.4, 0.4])
    assert result.chance == pytest.approx(chance_by_enumeration(mine, 2))


@pytest.mark.parametrize("seed", range(50))
def test_the_chance_equals_enumeration_with_shared_items_too(seed):
    rng = np.random.default_rng(seed)
    items = int(rng.integers(1, 8))
    used = int(rng.integers(0, items + 1))
    carries = rng.random((6, items)) < 0.4
    result = who_is_carried(carries, np.arange(items) < used, np.zeros(6, dtype=int))
    assert result.chance == pytest.approx(chance_by_enumeration(carries, used), abs=1e-12)
    assert (result.is_carried == carries[:, :used].any(axis=1)).all()


def edition(heard=(40, 40), used=(20, 20), items=80):
    """People with an item each, two groups; `used` of each group's items are in the edition."""
    group = np.repeat([0, 1], heard)
    carries = np.eye(items, dtype=bool)
    is_used = np.zeros(items, dtype=bool)
    is_used[: used[0]] = True
    is_used[heard[0] : heard[0] + used[1]] = True
    return carries, is_used, group


def test_a_group_carried_clearly_less_is_warned_about():
    result = who_is_carried(*edition(used=(27, 13)))
    first, second = result.groups
    assert (first.carried, first.people, second.carried, second.people) == (27, 40, 13, 40)
    assert (first.expected, second.expected) == pytest.approx((20, 20))
    assert second.low > 13
    assert (first.warning, second.warning) == (False, True)
    assert (result.everybody.carried, result.everybody.low, result.everybody.high) == (40, 40, 40)
    assert result.everybody.warning is False


def test_an_even_pick_is_not_warned_about():
    assert [row.warning for row in who_is_carried(*edition()).groups] == [False, False]


def test_the_interval_is_that_of_999_stated_picks():
    carries, used, group = edition(used=(27, 13))
    rng = np.random.default_rng([7, 0])
    reached = [carries[:, rng.choice(80, 40, replace=False)].any(axis=1)[group == 1].sum() for _ in range(999)]
    row = who_is_carried(carries, used, group, seed=7).groups[1]
    assert (row.low, row.high) == tuple(np.quantile(reached, [0.05, 0.95]))


def test_small_groups_are_pooled_and_the_pool_is_never_small():
    carries = np.eye(100, dtype=bool)
    group = np.repeat([5, 2, 9, 7], [60, 4, 25, 11])
    result = who_is_carried(carries, np.arange(100) % 2 == 0, group)
    # The 4 people of group 2 would stand alone in the pool, so the next smallest group joins them.
    assert [row.group for row in result.groups] == [5, 9, None]
    assert [row.people for row in result.groups] == [60, 25, 15]


def test_a_hidden_count_takes_its_expectation_and_interval_with_it_but_not_the_warning():
    result = who_is_carried(*edition(used=(37, 3)))
    second = result.groups[1]
    assert (second.carried, second.expected, second.low, second.high) == (None,) * 4
    assert second.warning is True
    assert second.people == 40


def test_all_items_used_carry_everybody_with_an_item_and_none_nobody():
    carries = np.random.default_rng(3).random((60, 12)) < 0.2
    group = np.arange(60) % 2
    everything = who_is_carried(carries, np.ones(12, dtype=bool), group)
    assert (everything.is_carried == carries.any(axis=1)).all()
    assert everything.chance == pytest.approx(carries.any(axis=1).astype(float))
    nothing = who_is_carried(carries, np.zeros(12, dtype=bool), group)
    assert not nothing.is_carried.any()
    assert not nothing.chance.any()


@pytest.mark.parametrize(("people", "items"), [(0, 4), (12, 0), (0, 0)])
def test_nobody_or_nothing_is_no_error(people, items):
    result = who_is_carried(np.zeros((people, items), dtype=bool), np.zeros(items, dtype=bool), [0] * people)
    assert result.everybody.carried is None
    assert not result.is_carried.any()


def test_too_few_people_show_no_number():
    result = who_is_carried(np.eye(7, dtype=bool), [True] * 7, [0, 0, 0, 1, 1, 2, 2])
    assert [(row.group, row.people, row.carried) for row in result.groups] == [(None, None, None)]
    assert result.everybody.people is None


def test_over_five_million_entries_give_the_expectation_only():
    carries = csr_array(np.ones((2_600, 2_000), dtype=bool))
    result = who_is_carried(carries, np.arange(2_000) < 3, np.arange(2_600) % 2)
    assert result.picks == 0
    for row in (*result.groups, result.everybody):
        assert (row.low, row.high, row.warning) == (None, None, None)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(1, 20))
def test_sparse_and_dense_agree_and_nothing_is_changed(seed, people, items):
    rng = np.random.default_rng(seed)
    sparse = random_array((people, items), density=0.2, rng=rng, format="coo", dtype=np.float64)
    sparse.data[:] = 1
    group = rng.integers(0, 4, people)
    used = rng.random(items) < 0.4
    before = sparse.toarray()
    one = who_is_carried(sparse, used, group, threshold=5)
    other = who_is_carried(before.astype(bool), used, group, threshold=5)
    assert (sparse.toarray() == before).all()
    assert one.groups == other.groups
    assert one.chance == pytest.approx(other.chance)
    for row in one.groups:
        if row.carried is not None and row.people is not None:
            assert 0 <= row.carried <= row.people
            assert row.low <= row.high


def test_swapping_people_swaps_the_answer():
    rng = np.random.default_rng(0)
    carries, used, group = rng.random((90, 15)) < 0.15, np.arange(15) < 6, rng.integers(0, 3, 90)
    order = rng.permutation(90)
    swapped, plain = who_is_carried(carries[order], used, group[order]), who_is_carried(carries, used, group)
    for one, other in zip(swapped.groups, plain.groups, strict=True):
        assert replace(one, expected=0) == replace(other, expected=0)
        assert one.expected == pytest.approx(other.expected)
    assert (swapped.is_carried == plain.is_carried[order]).all()


@pytest.mark.parametrize(
    ("used", "group", "options", "message"),
    [
        ([True] * 4, [0] * 3, {}, "used must have one entry for each of the 5 items, got 4."),
        ([True] * 5, [0] * 2, {}, "group must have one entry for each of the 3 people, got 2."),
        ([True] * 5, [0, -1, 0], {}, "group must be whole numbers of 0 or more, got -1 at 1."),
        ([True] * 5, [0] * 3, {"seed": -1}, "seed must be a whole number of 0 or more, got -1."),
        ([True] * 5, [0] * 3, {"threshold": 4}, "threshold must be at least 5, got 4."),
    ],
)
def test_bad_input_to_who_is_carried_is_named(used, group, options, message):
    with pytest.raises(ValueError, match="must") as error:
        who_is_carried(np.zeros((3, 5), dtype=bool), used, group, **options)
    assert str(error.value) == message
