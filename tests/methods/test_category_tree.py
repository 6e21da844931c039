import itertools
from collections import defaultdict
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.methods.category_tree import WHO_TOLD, Category, by_halves, tree_counts

AGE = Category(
    "everybody",
    (
        Category("under 25", (Category("under 16"), Category("16 to 24"))),
        Category("25 and over", (Category("25 to 44"), Category("45 to 64"), Category("65 and over"))),
    ),
)
ages = st.fixed_dictionaries({node.id: st.integers(0, 40) for node in AGE if not node.children})
thresholds = st.sampled_from([5, 10])


def test_every_category_is_shown_where_all_are_large_enough():
    told = tree_counts(
        AGE, {"under 16": 10, "16 to 24": 31, "25 to 44": 40, "45 to 64": 22, "65 and over": 12}, threshold=10
    )
    assert told.counts == {
        "everybody": 115,
        "under 25": 41,
        "under 16": 10,
        "16 to 24": 31,
        "25 and over": 74,
        "25 to 44": 40,
        "45 to 64": 22,
        "65 and over": 12,
    }
    assert told.finest == ("under 16", "16 to 24", "25 to 44", "45 to 64", "65 and over")


def test_a_small_category_is_merged_with_those_beside_it():
    told = tree_counts(AGE, {"under 16": 3, "16 to 24": 31, "25 to 44": 40, "45 to 64": 22, "65 and over": 12}, 10)
    assert told.finest == ("under 25", "25 to 44", "45 to 64", "65 and over")
    assert (told.counts["under 16"], told.counts["16 to 24"]) == (None, None)
    assert told.counts["under 25"] == 34


def test_nothing_lower_is_shown_under_a_node_that_is_not_split():
    told = tree_counts(AGE, {"under 16": 3, "16 to 24": 5, "25 to 44": 40, "45 to 64": 22, "65 and over": 12}, 10)
    assert told.finest == ("everybody",)
    assert [node for node, count in told.counts.items() if count is not None] == ["everybody"]


def test_too_few_people_in_all_show_nothing():
    told = tree_counts(AGE, {"under 16": 3, "25 to 44": 6}, 10)
    assert told.finest == ()
    assert set(told.counts.values()) == {None}


def test_a_category_that_nobody_is_in_is_small_and_one_never_offered_is_left_out():
    told = {"known": 148, "unknown": 12, "prefer_not_to_say": 13}
    assert tree_counts(WHO_TOLD, told, 10).finest == ("everybody",)
    everybody_was_asked = Category("everybody", WHO_TOLD.children[:-1])
    assert tree_counts(everybody_was_asked, told, 10).finest == ("known", "unknown", "prefer_not_to_say")


# Who told something of themselves


def test_three_who_prefer_not_to_say_are_not_given_away():
    told = tree_counts(WHO_TOLD, {"known": 148, "unknown": 12, "prefer_not_to_say": 3, "not_asked": 20}, 10)
    assert {node: told.counts[node] for node in told.finest} == {"known": 148, "did_not_say": 15, "not_asked": 20}
    assert (told.counts["unknown"], told.counts["prefer_not_to_say"]) == (None, None)


def test_few_who_were_not_asked_leave_only_everybody():
    told = tree_counts(WHO_TOLD, {"known": 148, "unknown": 12, "prefer_not_to_say": 13, "not_asked": 2}, 10)
    assert told.finest == ("everybody",)


def test_the_bands_of_those_who_told_go_below_them():
    known = Category("known", AGE.children)
    counts = {"under 16": 20, "16 to 24": 28, "25 to 44": 60, "45 to 64": 40, "unknown": 30, "not_asked": 20}
    told = tree_counts(Category("everybody", (known, *WHO_TOLD.children[1:])), counts, 10)
    assert told.finest == ("under 16", "16 to 24", "25 and over", "did_not_say", "not_asked")


# What a reader who knows the rule and the tree can work out

A, B, C, D = (Category(each) for each in "abcd")
SHAPES = {
    "two and two": Category("all", (Category("ab", (A, B)), Category("cd", (C, D)))),
    "one after another": Category("all", (A, Category("bcd", (B, Category("cd", (C, D)))))),
    "flat": Category("all", (A, B, C, D)),
    "by halves": by_halves("abcd"),
    "by halves of three": Category("all", (by_halves("abc"), D)),
}


@cache
def tables_by_what_is_shown(shape, threshold, most):
    tables = defaultdict(list)
    for a, b, c in itertools.product(range(most + 1), repeat=3):
        for d in range(most - a - b - c + 1):
            told = tree_counts(SHAPES[shape], {"a": a, "b": b, "c": c, "d": d}, threshold)
            tables[tuple(told.counts.values())].append((a, b, c, d))
    leaves = [[node.id for node in SHAPES[shape]].index(leaf) for leaf in "abcd"]
    return [([shown[at] is None for at in leaves], np.array(alike)) for shown, alike in tables.items()]


def possible_values(shape, threshold, most, known=(0, 0, 0, 0), least=0):
    """The fewest values that a hidden count can have, where at least so many people are counted, by trying all."""
    fewest = most
    for hidden, alike in tables_by_what_is_shown(shape, threshold, most):
        still = alike[(alike >= known).all(axis=1)]
        if any(hidden) and len(still) and alike.sum(axis=1).min() >= least:
            fewest = min(fewest, *(len(set(counts)) for counts in still.T[hidden].tolist()))
    return fewest


def test_every_hidden_count_of_four_has_more_values_than_the_threshold():
    assert possible_values("two and two", 5, 40, least=5) == 6
    assert possible_values("two and two", 5, 40) == 5


@pytest.mark.parametrize("shape", SHAPES)
def test_the_shape_of_the_tree_gives_nothing_away(shape):
    assert possible_values(shape, 5, 24) == 5


@pytest.mark.parametrize("known", [each for each in itertools.product(range(4), repeat=4) if 1 <= sum(each) <= 3])
def test_whoever_knows_where_some_people_are_learns_no_more_than_that(known):
    assert possible_values("two and two", 5, 24, known) >= 5 - sum(known)


# Invariants


@given(ages, thresholds)
def test_what_is_shown_is_true_large_enough_and_adds_up(counts, threshold):
    told = tree_counts(AGE, counts, threshold)
    shown = [count for count in told.counts.values() if count is not None]
    assert all(count >= threshold for count in shown)
    everybody = sum(counts.values())
    assert bool(shown) == (everybody >= threshold)
    assert sum(told.counts[node] for node in told.finest) == (everybody if shown else 0)
    assert all(told.counts[category] in {None, count} for category, count in counts.items())


@given(ages, thresholds, st.dictionaries(st.sampled_from([node.id for node in AGE]), st.integers(0, 80)))
def test_effective_counts_never_show_more(counts, threshold, effective):
    plain, held = tree_counts(AGE, counts, threshold), tree_counts(AGE, counts, threshold, effective)
    for node, count in held.counts.items():
        assert count in {None, plain.counts[node]}
        if count is not None:
            assert effective.get(node, threshold) >= threshold


# Errors


@pytest.mark.parametrize(
    ("tree", "counts", "name"),
    [
        (Category("all", (A, B, A)), {}, "a"),
        (Category("all", (A, Category("b", (B,)))), {}, "b"),
        (SHAPES["flat"], {"a": 3, "e": 1}, "e"),
        (SHAPES["two and two"], {"ab": 3}, "ab"),
    ],
)
def test_a_tree_holds_every_category_once(tree, counts, name):
    with pytest.raises(ValueError, match=f"^The tree must hold every category once, got {name}\\.$"):
        tree_counts(tree, counts)


def test_bad_counts_and_thresholds_are_named():
    with pytest.raises(ValueError, match=r"counts must be whole numbers of 0 or more, got -1 at 1\."):
        tree_counts(SHAPES["flat"], {"a": 3, "b": -1})
    with pytest.raises(ValueError, match=r"threshold must be at least 5, got 4\."):
        tree_counts(SHAPES["flat"], {}, 4)
