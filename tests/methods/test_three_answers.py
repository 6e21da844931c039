import itertools
from collections import Counter, defaultdict
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.conftest import Export
from weft.methods.three_answers import Answers, EffectiveAnswers, ShownAnswers, rule_of_three

thresholds = st.sampled_from([5, 10])
answers = st.builds(Answers, st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
effective_counts = st.builds(EffectiveAnswers, *[st.integers(0, 80)] * 6)


def few() -> ShownAnswers:
    return ShownAnswers("few")


def everything(agree, disagree, passed):
    return ShownAnswers("all", agree, disagree, passed, total=agree + disagree + passed)


def agreed(agree, others):
    return ShownAnswers("agree", agree=agree, others=others, total=agree + others)


def disagreed(disagree, others):
    return ShownAnswers("disagree", disagree=disagree, others=others, total=disagree + others)


def answered(total):
    return ShownAnswers("total", total=total)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((87, 25, 9), agreed(87, 34)),
        ((87, 4, 5), answered(96)),
        ((87, 20, 14), everything(87, 20, 14)),
        ((12, 0, 0), answered(12)),
        ((30, 21, 21), everything(30, 21, 21)),
        ((10, 9, 9), agreed(10, 18)),
        ((110, 5, 4), answered(119)),
        ((45, 9, 9), agreed(45, 18)),
        ((5, 60, 30), disagreed(60, 35)),
        ((5, 60, 3), answered(68)),
        ((9, 9, 60), answered(78)),
        ((30, 5, 60), agreed(30, 65)),
        ((4, 3, 2), few()),
        ((0, 0, 0), few()),
    ],
)
def test_the_cases_of_the_specification(counts, shown):
    assert rule_of_three(Answers(*counts), 10) == shown


# What a reader who knows the rule can work out


@cache
def tables_by_what_is_shown(threshold, most):
    """Every way in which up to ``most`` people can have answered, by what is shown of it."""
    tables = defaultdict(list)
    for agree, disagree in itertools.product(range(most + 1), repeat=2):
        for passed in range(most - agree - disagree + 1):
            tables[rule_of_three(Answers(agree, disagree, passed), threshold)].append((agree, disagree, passed))
    return {shown: np.array(alike) for shown, alike in tables.items()}


def possible_values(threshold, most, known=(0, 0, 0)):
    """The fewest values that a hidden count can have, by case, for a reader who knows of these answers."""
    fewest = {}
    for shown, alike in tables_by_what_is_shown(threshold, most).items():
        hidden = [at for at, told in enumerate((shown.agree, shown.disagree, shown.passed)) if told is None]
        still = alike[(alike >= known).all(axis=1)]
        if len(still):
            values = [len(set(counts)) for counts in still.T[hidden].tolist()]
            fewest[shown.case] = min([*values, fewest.get(shown.case, most)])
    return fewest


@pytest.mark.parametrize(("threshold", "most"), [(5, 40), (10, 80)])
def test_every_hidden_count_has_as_many_values_as_the_threshold_for_who_knows_the_rule(threshold, most):
    fewest = possible_values(threshold, most)
    assert set(fewest) == {"few", "all", "agree", "disagree", "total"}
    assert min(fewest.values()) == threshold
    assert fewest["disagree"] == threshold


@pytest.mark.parametrize("known", [each for each in itertools.product(range(4), repeat=3) if 1 <= sum(each) <= 3])
@pytest.mark.parametrize(("threshold", "most"), [(5, 40), (10, 40)])
def test_whoever_knows_some_answers_learns_no_more_than_those(threshold, most, known):
    assert min(possible_values(threshold, most, known).values()) >= threshold - sum(known)


# Effective counts


def test_nine_answers_from_one_browser_lift_nothing_over_the_threshold():
    counts = Answers(1, 0, 9)
    assert rule_of_three(counts, 10) == answered(10)
    assert rule_of_three(counts, 10, EffectiveAnswers(1, 0, 2, 2, 3, 3)) == few()


def test_a_count_with_a_small_effective_count_is_merged_with_another():
    counts = Answers(40, 30, 20)
    assert rule_of_three(counts, 10, EffectiveAnswers(40, 30, 2, 31, 41, 70)) == agreed(40, 50)
    assert rule_of_three(counts, 10, EffectiveAnswers(9, 30, 20, 45, 25, 50)) == disagreed(30, 60)
    assert rule_of_three(counts, 10, EffectiveAnswers(40, 4, 4, 8, 44, 48)) == answered(90)
    assert rule_of_three(counts, 10, EffectiveAnswers(9, 9, 20, 25, 25, 30)) == answered(90)


@given(answers, thresholds, effective_counts)
def test_effective_counts_never_show_more_and_what_is_shown_is_true(counts, threshold, effective):
    plain, held = rule_of_three(counts, threshold), rule_of_three(counts, threshold, effective)
    order = ["few", "total", "disagree", "agree", "all"]
    assert order.index(held.case) <= order.index(plain.case)
    parts = [held.agree, held.disagree, held.passed, held.others]
    shown = [part for part in parts if part is not None]
    assert all(part >= threshold for part in shown)
    assert held.total == (None if held.case == "few" else counts.total)
    assert sum(shown) == (counts.total if shown else 0)
    assert held.agree in {None, counts.agree}
    assert held.disagree in {None, counts.disagree}
    assert held.passed in {None, counts.passed}


@given(answers, thresholds)
def test_effective_counts_as_large_as_the_people_change_nothing(counts, threshold):
    everybody = EffectiveAnswers(*[counts.total] * 6)
    assert rule_of_three(counts, threshold, everybody) == rule_of_three(counts, threshold)


# Published data

SHOWN = {
    "15-per-hour-seattle": ({"all": 27, "two": 3, "none": 0}, 1),
    "scoop-hivemind.biodiversity": ({"all": 95, "two": 42, "none": 17}, 0),
    "vtaiwan.uberx": ({"all": 99, "two": 0, "none": 0}, 20),
    "american-assembly.bowling-green": ({"all": 579, "two": 28, "none": 0}, 0),
}


def test_what_published_conversations_tell(polis_set: tuple[str, Export]):
    name, export = polis_set
    sides = np.zeros((len(export.ids), 3), dtype=int)
    np.add.at(sides, (export.statement, 1 - export.vote), 1)
    agree, passed, disagree = sides[~export.moderated_out].T.tolist()
    now, small = Counter(), 0
    for counts in zip(agree, disagree, passed, strict=True):
        if sum(counts) < 10:
            small += 1
            continue
        case = rule_of_three(Answers(*counts), 10).case
        now[{"all": "all", "total": "none"}.get(case, "two")] += 1
    expected, too_small = SHOWN[name]
    assert now == Counter(expected)
    assert small == too_small


# Errors


def test_bad_counts_and_thresholds_are_named():
    with pytest.raises(ValueError, match=r"counts must be whole numbers of 0 or more, got -1 at 1\."):
        Answers(3, -1, 0)
    with pytest.raises(ValueError, match=r"counts must be whole numbers of 0 or more, got -2 at 2\."):
        Answers(3, 1, 0) - Answers(1, 1, 2)
    with pytest.raises(ValueError, match=r"threshold must be at least 5, got 4\."):
        rule_of_three(Answers(3, 1, 0), 4)
