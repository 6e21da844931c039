import doctest

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from weft.methods import agreement as module
from weft.methods.agreement import agreement, from_labels, may_be_shown, pool, units


def rows(*lines):
    return from_labels(
        {str(at): [None if cell == "." else cell for cell in line.split()] for at, line in enumerate(lines)}
    )


def from_table(table):
    """Two coders' values for a table of counts."""
    cells = [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    return np.array(cells).T


def test_the_examples_in_the_docstrings_run():
    assert doctest.testmod(module).failed == 0


# Recorded figures


def test_four_coders_with_missing_values():
    told = agreement(
        rows(
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        )
    )
    assert told.alpha == pytest.approx(0.7434210526, abs=5e-11)
    assert told.kappa is None
    assert told.coders == 4


def test_two_coders_and_two_categories():
    told = agreement(rows("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"))
    assert told.alpha == pytest.approx(0.0952380952, abs=5e-11)


def test_two_coders_and_five_categories():
    told = agreement(rows("a a b b d c c c e d d a", "b a b b b c c c e d d d"))
    assert (told.alpha, told.percent, told.kappa) == pytest.approx((0.6919642857, 0.75, 0.6842105263), abs=5e-11)


@pytest.mark.parametrize(
    ("table", "percent", "kappa"),
    [([[20, 5], [10, 15]], 0.7, 0.4), ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.89, 0.6764705882)],
)
def test_kappa_of_a_table(table, percent, kappa):
    told = agreement(from_table(table))
    assert (told.percent, told.kappa) == pytest.approx((percent, kappa), abs=5e-11)


def test_alpha_of_the_table_of_fleiss():
    told = agreement(from_table([[75, 1, 4], [5, 4, 1], [0, 0, 10]]))
    assert told.alpha == pytest.approx(0.6769003690, abs=5e-11)


SPANS = [[(0, 10), (20, 30)], [(5, 10), (20, 35)]]


def test_two_codings_of_a_text():
    whole = units(40, SPANS)
    told = agreement(whole.values, whole.weights)
    assert (told.percent, told.kappa, told.alpha) == pytest.approx((0.75, 0.5, 0.50625))
    assert (told.coded_weight, told.weight) == (25, 40)
    touched = units(40, SPANS, universe="touched")
    told = agreement(touched.values, touched.weights)
    assert (told.percent, told.kappa, told.alpha) == pytest.approx((0.6, -0.25, -0.225))
    assert told.weight == 25


def test_touched_counts_every_code():
    cut = units(40, [[(0, 10)], []], universe="touched", others=[[(30, 35)], None])
    assert cut.weights.tolist() == [10, 5]
    assert cut.values.tolist() == [[1, 0], [0, 0]]


def test_a_coder_who_did_not_work_on_a_text_is_missing_there():
    cut = pool([units(10, [[(0, 5)], [(0, 5)], None]), units(10, [None, [(0, 5)], [(0, 10)]])])
    told = agreement(cut.values, cut.weights)
    assert told.percent == pytest.approx((1.0 + 0.5) / 2)
    assert told.weight == 20


def test_overlapping_spans_of_one_coder_count_once():
    assert units(10, [[(0, 6), (3, 8)], []]).values[0].tolist() == [1, 1, 1, 0]


# Where a figure does not exist


def test_one_category_gives_no_kappa_and_no_alpha():
    told = agreement([[0, 0, 0], [0, 0, 0]])
    assert (told.percent, told.kappa, told.alpha) == (1.0, None, None)


def test_nothing_worked_on_together_gives_nothing():
    told = agreement([[0, 1, -1, -1], [-1, -1, 1, 0]])
    assert (told.percent, told.kappa, told.alpha, told.weight) == (None, None, None, 0)


def test_an_empty_text_gives_nothing():
    cut = units(0, [[], []])
    told = agreement(cut.values, cut.weights)
    assert (told.percent, told.kappa, told.alpha) == (None, None, None)


def test_figures_need_50_coded_code_points_and_2_texts():
    told = agreement([[1, 0], [0, 0]], [50, 10])
    assert may_be_shown(told, 2)
    assert not may_be_shown(told, 1)
    assert not may_be_shown(agreement([[1, 0], [0, 0]], [49, 100]), 2)


# What always holds

spans = st.lists(
    st.tuples(st.integers(0, 29), st.integers(1, 30)).map(sorted).filter(lambda ends: ends[0] < ends[1]).map(tuple),
    max_size=4,
)
tables = st.integers(2, 4).flatmap(
    lambda coders: st.lists(st.lists(st.integers(-1, 3), min_size=coders, max_size=coders), min_size=1, max_size=20)
)


def figures(values, weights=None):
    told = agreement(values, weights)
    return told.percent, told.kappa, told.alpha


def same(one, other):
    return all(
        (a is None) == (b is None) and (a is None or a == pytest.approx(b)) for a, b in zip(one, other, strict=True)
    )


@given(st.lists(st.one_of(st.none(), spans), min_size=2, max_size=4), st.sampled_from(["all", "touched"]))
def test_pieces_equal_one_unit_for_each_code_point(codings, universe):
    points = [
        [-1] * 30 if spans is None else [int(any(a <= at < b for a, b in spans)) for at in range(30)]
        for spans in codings
    ]
    single = np.array(points)
    if universe == "touched":
        single = single[:, (single > 0).any(axis=0)]
    cut = units(30, codings, universe=universe)
    assert same(figures(cut.values, cut.weights), figures(single.reshape(len(codings), -1)))


@given(tables, st.permutations(range(4)))
def test_names_of_categories_do_not_matter(table, names):
    values = np.array(table).T
    renamed = np.where(values < 0, -1, np.array(names)[values])
    assert same(figures(values), figures(renamed))


@given(tables)
def test_the_order_of_coders_does_not_matter(table):
    values = np.array(table).T
    assert same(figures(values), figures(values[::-1]))


@given(tables, st.integers(0, 19))
def test_cutting_a_piece_in_two_changes_nothing(table, at):
    values = np.array(table).T
    at %= values.shape[1]
    weights = np.full(values.shape[1], 2.0)
    cut = np.insert(values, at, values[:, at], axis=1)
    cut_weights = np.insert(weights, at, 0.5)
    cut_weights[at + 1] = 1.5
    assert same(figures(values, weights), figures(cut, cut_weights))


@given(tables)
def test_kappa_and_alpha_are_at_most_1(table):
    percent, kappa, alpha = figures(np.array(table).T)
    assert percent is None or 0 <= percent <= 1
    assert kappa is None or kappa <= 1 + 1e-12
    assert alpha is None or alpha <= 1 + 1e-12


@given(st.lists(st.integers(0, 3), min_size=2, max_size=20))
def test_coders_who_agree_have_kappa_and_alpha_1(values):
    assume(len(set(values)) > 1)
    assert figures([values, values]) == pytest.approx((1, 1, 1))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_kappa_equals_its_formula_on_the_table_of_both(pairs):
    table = np.zeros((4, 4))
    for one, other in pairs:
        table[one, other] += 1
    shares = table / len(pairs)
    chance = float(shares.sum(axis=0) @ shares.sum(axis=1))
    assume(len({value for pair in pairs for value in pair}) > 1)
    assert figures(np.array(pairs).T)[1] == pytest.approx((np.trace(shares) - chance) / (1 - chance))


# Errors


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (4, 3), (0, 11)])
def test_a_span_must_lie_in_its_text(span):
    message = rf"A span must have 0 <= start < end <= 10, got {span[0]}\.\.{span[1]}\."
    with pytest.raises(ValueError, match=message):
        units(10, [[span], []])


def test_one_coder_cannot_agree():
    with pytest.raises(ValueError, match=r"Agreement needs at least two coders\."):
        units(10, [[]])
    with pytest.raises(ValueError, match=r"Agreement needs at least two coders\."):
        agreement([[1, 0]])


@pytest.mark.parametrize(
    ("job", "message"),
    [
        (lambda: units(10, [[], []], universe="x"), "universe must be all or touched, got x."),
        (
            lambda: agreement([[0.5], [1]]),
            "values must be whole numbers by coder and unit, got float64 of 2 dimensions.",
        ),
        (lambda: agreement([0, 1]), "values must be whole numbers by coder and unit, got int64 of 1 dimensions."),
        (lambda: agreement([[0], [-2]]), "values must be -1 or a category of 0 or more, got -2."),
        (lambda: agreement([[0], [1]], [1, 2]), "weights must be 1 numbers of 0 or more, got [1.0, 2.0]."),
        (lambda: agreement([[0], [1]], [-1]), "weights must be 1 numbers of 0 or more, got [-1.0]."),
        (lambda: agreement([[0], [1]], [np.nan]), "weights must be 1 numbers of 0 or more, got [nan]."),
        (lambda: pool([]), "Agreement needs at least one text."),
        (lambda: pool([units(1, [[]] * 2), units(1, [[]] * 3)]), "texts must have the same coders, got 2 and 3."),
        (
            lambda: from_labels({"a": ["x"], "b": []}),
            "labels must have the same units for every coder, got rows of unequal length.",
        ),
    ],
)
def test_bad_input_is_named(job, message):
    with pytest.raises(ValueError, match=r"\.$") as error:
        job()
    assert str(error.value) == message
