import csv
import time
from bisect import bisect_right
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.conftest import shared
from weft.methods.arrivals import answered_alike, arrived_at_once, effective_answers, effective_count
from weft.methods.three_answers import Answers, EffectiveAnswers, rule_of_three

groups = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=12)
limits = st.sampled_from([1, 2, 5])


# Effective counts


@pytest.mark.parametrize(
    ("sizes", "supervised", "most", "effective"),
    [
        ([9, 1], None, 2, 3),
        ([30, 4], [True, False], 2, 32),
        ([1] * 9, None, 1, 9),
        ([9, 1], None, 1, 2),
        ([2, 2, 1, 0], None, 2, 5),
        ([], None, 2, 0),
    ],
)
def test_effective_counts_of_the_specification(sizes, supervised, most, effective):
    assert effective_count(sizes, supervised, group_limit=most) == effective


@given(groups, limits)
def test_an_effective_count_is_the_sum_over_groups(drawn, most):
    sizes, supervised = [size for size, _ in drawn], [seen for _, seen in drawn]
    expected = sum(size if seen else min(most, size) for size, seen in drawn)
    assert effective_count(sizes, supervised, group_limit=most) == expected


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.booleans()), max_size=12), limits)
def test_two_sets_together_count_as_at_least_the_larger_and_at_most_the_sum(drawn, most):
    sizes = np.array([each[:2] for each in drawn], dtype=int).reshape(-1, 2)
    supervised = [each[2] for each in drawn]
    parts = [effective_count(part, supervised, group_limit=most) for part in sizes.T]
    together = effective_count(sizes.sum(axis=1), supervised, group_limit=most)
    assert max(parts) <= together <= sum(parts)


@given(st.lists(st.tuples(*[st.integers(0, 12)] * 3, st.booleans()), max_size=12), limits)
def test_each_number_of_a_card_has_its_own_effective_count(drawn, most):
    sides = np.array([each[:3] for each in drawn], dtype=int).reshape(-1, 3)
    supervised = [each[3] for each in drawn]
    merged = [[0], [1], [2], [1, 2], [0, 2], [0, 1, 2]]
    expected = [effective_count(sides[:, of].sum(axis=1), supervised, group_limit=most) for of in merged]
    assert effective_answers(sides, supervised, group_limit=most) == EffectiveAnswers(*expected)


def test_nine_known_passes_from_one_browser_and_one_honest_answer_show_nothing():
    by_group = [[0, 0, 9], [1, 0, 0]]
    assert effective_answers(by_group).total == 3
    assert rule_of_three(Answers(1, 0, 9), 10, effective_answers(by_group)).case == "few"
    assert rule_of_three(Answers(1, 0, 9), 10).total == 10


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: effective_count([3, -1]), "sizes must be whole numbers of 0 or more, got -1 at 1."),
        (lambda: effective_count([3], group_limit=0), "group_limit must be at least 1, got 0."),
        (lambda: effective_count([3, 4], [True]), "supervised must have one entry for each of the 2 groups, got 1."),
        (lambda: effective_answers([[1, 2]]), "by_group must be groups x 3, got 1 x 2."),
        (lambda: effective_answers([1, 2, 3]), "by_group must be an array of 2 dimension(s), got 1."),
    ],
)
def test_bad_groups_are_named(call, message):
    with pytest.raises(ValueError, match="must") as error:
        call()
    assert str(error.value) == message


# Arrivals


@pytest.mark.parametrize(
    ("times", "flagged"),
    [
        ([0, 60, 120, 180, 240, 300, 500, 600, 601, 2000], [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ([0, 100, 200, 300, 400, 500, 601, 602, 1250], []),
        ([5] * 7, []),
        ([5] * 8, [0, 1, 2, 3, 4, 5, 6, 7]),
        ([], []),
    ],
)
def test_bursts_of_the_specification(times, flagged):
    assert np.flatnonzero(arrived_at_once(times)).tolist() == flagged


def by_the_definition(times, many, window):
    """Flagged, by looking at every stretch that begins with an arrival, person by person."""
    ordered = sorted(times)
    stretches = [(start, bisect_right(ordered, start + window) - at) for at, start in enumerate(ordered)]
    return [any(n >= many and start <= each <= start + window for start, n in stretches) for each in times]


@given(st.lists(st.integers(0, 3000), max_size=60), st.sampled_from([2, 3, 8]), st.sampled_from([0, 60, 600]))
def test_arrivals_are_flagged_by_the_definition_in_any_order(times, many, window):
    assert arrived_at_once(times, many=many, window=window).tolist() == by_the_definition(times, many, window)


def test_ten_thousand_arrivals_take_no_time():
    rng = np.random.default_rng(3)
    times = rng.integers(0, 10**6, 10_000)
    started = time.process_time()
    flagged = arrived_at_once(times)
    assert time.process_time() - started < 0.5
    assert 0 < flagged.sum() < 10_000


@pytest.mark.parametrize(
    ("name", "most"), [("15-per-hour-seattle", 105), ("vtaiwan.uberx", 83), ("scoop-hivemind.biodiversity", 4)]
)
def test_honest_meetings_arrive_at_once(name, most):
    # Time alone detects nothing, which is why a flag changes no count.
    first: dict[str, int] = defaultdict(lambda: 2**62)
    with shared(f"polis/{name}/votes.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            first[row["voter-id"]] = min(first[row["voter-id"]], int(row["timestamp"]))
    scale = 1000 if min(first.values()) > 10**12 else 1
    times = [when / scale for when in first.values()]
    assert arrived_at_once(times, many=most).any()
    assert not arrived_at_once(times, many=most + 1).any()


@pytest.mark.parametrize(
    ("times", "options", "message"),
    [
        ([[1, 2]], {}, "times must be an array of 1 dimension(s), got 2."),
        ([1, np.nan], {}, "times must be finite, got nan at 1."),
        ([1], {"many": 1}, "many must be at least 2, got 1."),
        ([1], {"window": -1}, "window must be 0 or more, got -1."),
    ],
)
def test_bad_times_are_named(times, options, message):
    with pytest.raises(ValueError, match="must") as error:
        arrived_at_once(times, **options)
    assert str(error.value) == message


# Answers


def votes(sheets):
    """Person, card and answer of people with these answers by card."""
    cells = [(at, card, answer) for at, sheet in enumerate(sheets) for card, answer in sheet.items()]
    return (*np.array(cells, dtype=int).reshape(-1, 3).T, len(sheets))


def alike(sheets, **options):
    return np.flatnonzero(answered_alike(*votes(sheets), **options)).tolist()


FIVE = {0: 1, 1: 1, 2: -1, 3: 0, 4: 1}


def test_eight_people_with_the_same_five_answers_are_flagged():
    others = [{**FIVE, 2: 1}, {0: 1, 1: 1}, {}]
    assert alike([FIVE] * 8 + others) == list(range(8))
    assert alike([FIVE] * 7 + others) == []


def test_four_answers_in_common_are_too_few():
    four = {card: FIVE[card] for card in range(4)}
    assert alike([four] * 20) == []


def test_a_card_that_few_of_them_answered_sets_nobody_apart():
    assert alike([{**FIVE, 10 + at: 1} for at in range(8)]) == list(range(8))


def test_a_pass_is_an_answer_and_another_one_than_agreement():
    assert alike([FIVE] * 7 + [{**FIVE, 3: 1}]) == []


def test_skipping_a_card_that_many_answered_sets_people_apart():
    skipped = {card: answer for card, answer in FIVE.items() if card != 3}
    assert alike([{**FIVE, 5: 1}] * 8 + [{**skipped, 5: 1}] * 7) == list(range(8))


def test_two_sheets_may_both_be_many():
    against = dict.fromkeys(range(6), -1)
    assert alike([FIVE, against] * 9 + [{0: -1}]) == list(range(18))


@given(
    st.lists(st.dictionaries(st.integers(0, 6), st.sampled_from([-1, 0, 1]), min_size=3), max_size=30),
    st.randoms(use_true_random=False),
)
def test_whoever_is_flagged_shares_enough_answers_with_enough_others(sheets, chance):
    found = alike(sheets, many=3, cards=3)
    for each in found:
        shared_cards = [len(sheets[each].items() & other.items()) for other in sheets]
        assert sum(count >= 3 for count in shared_cards) >= 3
    person, card, answer, people = votes(sheets)
    order = chance.sample(range(person.size), person.size)
    shuffled = answered_alike(person[order], 100 - card[order], answer[order], people, many=3, cards=3)
    assert np.flatnonzero(shuffled).tolist() == found


def test_ten_thousand_people_with_thirty_answers_each_take_no_time():
    rng = np.random.default_rng(3)
    answer = rng.integers(-1, 2, (10_000, 30))
    answer[:500] = answer[0]
    person, card = np.divmod(np.arange(answer.size), 30)
    started = time.process_time()
    flagged = answered_alike(person, card, answer.ravel(), 10_000)
    assert time.process_time() - started < 1
    assert np.flatnonzero(flagged).tolist() == list(range(500))


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (([0], [0, 1], [1], 1), {}, "person, card and answer must be as long, got 1, 2 and 1."),
        (([0, 3], [0, 1], [1, 1], 3), {}, "person must be from 0 to below 3, got 3 at 1."),
        (([0, 1, 0], [4, 4, 4], [1, 1, 1], 3), {}, "person 0 must answer card 4 once, got two answers."),
        (([0], [0], [1], 1), {"many": 1}, "many must be at least 2, got 1."),
        (([0], [0], [1], 1), {"cards": 0}, "cards must be at least 1, got 0."),
    ],
)
def test_bad_answers_are_named(arguments, options, message):
    with pytest.raises(ValueError, match="must") as error:
        answered_alike(*arguments, **options)
    assert str(error.value) == message
