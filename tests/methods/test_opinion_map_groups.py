"""Weft's groups: each step against a plain account of it, and the whole on conversations whose truth is known."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.planted import TWO, conversation
from weft.methods.opinion_map import adjusted_rand_index, checks, opinion_map, result, verdict
from weft.methods.opinion_map.checks import between, shuffle_test
from weft.methods.opinion_map.components import centre
from weft.methods.opinion_map.groups import kmeans, number_groups, silhouettes
from weft.methods.opinion_map.votes import final_votes

FEW = settings(max_examples=30, deadline=None)


@st.composite
def clouds(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, axes, k = draw(st.integers(6, 40)), draw(st.integers(1, 3)), draw(st.integers(2, 4))
    points = rng.normal(size=(n, axes)) + 3 * rng.integers(0, 3, (n, 1))
    return points, rng.integers(1, 30, n).astype(float), k, rng.random((4, k))


def plain_start(points, weight, k, draws):
    """One k-means start, person by person."""
    first = min(int(np.searchsorted(np.cumsum(weight), draws[0] * weight.sum(), side="right")), len(points) - 1)
    centres = [points[first]]
    for u in draws[1:]:
        mass = weight * [min(((x - c) ** 2).sum() for c in centres) for x in points]
        at = int(np.searchsorted(np.cumsum(mass), u * mass.sum(), side="right"))
        centres.append(points[min(at, len(points) - 1)])
    centres = np.array(centres)
    labels = None
    for _ in range(101):
        nearest = np.array([np.argmin(((centres - x) ** 2).sum(axis=1)) for x in points])
        if labels is not None and np.array_equal(nearest, labels):
            break
        labels = nearest
        for group in range(k):
            if (labels == group).any():
                centres[group] = np.average(points[labels == group], axis=0, weights=weight[labels == group])
    return labels, float(weight @ ((points - centres[labels]) ** 2).sum(axis=1))


@FEW
@given(clouds(), st.integers(0, 3))
def test_kmeans_does_what_each_start_would_do_alone(cloud, smallest):
    points, weight, k, draws = cloud
    alone = [plain_start(points, weight, k, row) for row in draws]
    fit = [each for each in alone if np.bincount(each[0], minlength=k).min() >= smallest]
    found = kmeans(points, weight, k, draws, smallest=smallest)
    if not fit:
        assert found is None
        return
    best = fit[0]
    for each in fit[1:]:
        if each[1] < best[1] * (1 - 1e-9):
            best = each
    assert np.array_equal(found.labels, best[0])
    assert found.inertia == pytest.approx(best[1])


@FEW
@given(clouds())
def test_silhouette_is_the_weighted_mean_of_what_each_person_sees(cloud):
    points, weight, k, _ = cloud
    labels = np.arange(len(points)) % k
    labels[0] = k  # a group of one
    scores = []
    for i, own in enumerate(labels):
        away = np.sqrt(((points - points[i]) ** 2).sum(axis=1))
        others = (labels == own) & (np.arange(len(points)) != i)
        if not others.any():
            scores.append(0.0)
            continue
        a = np.average(away[others], weights=weight[others])
        b = min(np.average(away[labels == g], weights=weight[labels == g]) for g in range(k + 1) if g != own)
        scores.append((b - a) / max(a, b))
    assert silhouettes(points, weight, [(k + 1, labels)])[0] == pytest.approx(np.average(scores, weights=weight))


def test_groups_are_numbered_by_size_and_then_by_first_member():
    labels, order = number_groups(np.array([2, 0, 1, 1, 0, 2, 3, 3, 3]), 4)
    assert labels.tolist() == [1, 2, 3, 3, 2, 1, 0, 0, 0]
    assert order.tolist() == [3, 2, 0, 1]


def test_between_measures_how_full_the_middle_is():
    centres = np.array([[0.0, 0.0], [1.0, 0.0]])
    even = np.column_stack([np.linspace(0, 1, 101), np.zeros(101)])
    labels = (even[:, 0] > 0.5).astype(int)
    assert between(even, np.ones(101), labels, centres) == pytest.approx(31 / (0.3 * 101))
    gap = even[(even[:, 0] < 0.3) | (even[:, 0] > 0.7)]
    assert between(gap, np.ones(len(gap)), (gap[:, 0] > 0.5).astype(int), centres) == 0
    assert between(even + np.array([5.0, 0.0]), np.ones(101), labels, centres) == 0


@pytest.mark.parametrize(
    ("stability", "gap", "expected"),
    [
        (0.29, 0.1, ("none", "groups change with the statements asked")),
        (0.30, 0.1, ("tentative", "groups depend on the statements asked")),
        (0.64, 0.9, ("tentative", "groups depend on the statements asked")),
        (0.65, 0.81, ("tentative", "a spectrum rather than separate groups")),
        (0.65, 0.80, ("clear", "")),
    ],
)
def test_the_verdict(stability, gap, expected):
    assert verdict.judge(stability, gap) == expected


def test_the_shuffle_test_keeps_the_results_of_statements():
    case = conversation(60, 20, directions=None, seed=1)["arguments"]
    centred, _ = centre(final_votes(**case))
    before = centred.values.copy()
    shuffled = shuffle_test(centred, 19, np.random.default_rng([0, 1]))
    assert np.array_equal(centred.values, before)
    assert shuffled.null_share > 0
    assert shuffled.shuffles <= 19
    assert shuffled.directions == 0


def test_votes_without_any_difference_are_no_structure():
    person, statement = np.indices((20, 8)).reshape(2, -1)
    nothing = np.zeros(8, dtype=bool)
    found = opinion_map(person, statement, np.ones(160), moderated_out=nothing, meta=nothing).grouping
    assert (found.verdict, found.reason) == ("none", "no more structure than shuffled votes")
    assert (found.null_share, found.shuffles, found.directions) == (1.0, 5, 0)


@pytest.mark.parametrize("size", [(60, 30), (200, 60)])
def test_no_structure_is_no_group(size):
    found = [opinion_map(**conversation(*size, directions=None, seed=seed)["arguments"]).grouping for seed in range(12)]
    assert [each.verdict for each in found].count("none") >= 11
    assert all(each.verdict != "clear" for each in found)
    empty = next(each for each in found if each.verdict == "none")
    assert empty.count == 0
    assert np.all(empty.labels == -1)


@pytest.mark.parametrize("seed", range(3))
def test_two_strong_groups_are_found(seed):
    made = conversation(400, 100, directions=TWO, seed=seed, median=30)
    m = opinion_map(**made["arguments"])
    found = m.grouping
    assert (found.verdict, found.count) == ("clear", 2)
    assert list(found.sizes) == sorted(found.sizes, reverse=True)
    inside = found.labels >= 0
    assert np.array_equal(np.flatnonzero(inside), m.in_conversation)
    assert adjusted_rand_index(found.labels[inside], made["group"][inside]) > 0.8


def test_three_groups_that_all_differ_are_found():
    corners = 3.5 * np.array([[1, 0], [-0.5, 0.87], [-0.5, -0.87]])
    made = conversation(600, 120, directions=corners, seed=2, median=40)
    found = opinion_map(**made["arguments"]).grouping
    assert found.count == 3
    assert found.verdict == "clear"


def test_groups_below_the_smallest_size_are_refused():
    made = conversation(60, 40, directions=TWO, seed=1, median=30)["arguments"]
    people = np.unique(made["participant"]).size
    found = opinion_map(**made, min_group=people // 2, min_votes=1).grouping
    assert (found.verdict, found.reason) == ("none", result.TOO_SMALL)
    assert found.stability is None
    assert found.shuffles is not None


def test_the_seed_decides_everything_that_is_drawn():
    made = conversation(300, 80, directions=TWO, seed=8)["arguments"]
    first, again, other = (opinion_map(**made, seed=seed).grouping for seed in (4, 4, 5))
    assert np.array_equal(first.labels, again.labels)
    assert first.stability == pytest.approx(again.stability, abs=1e-12)
    assert first.stability != other.stability


def test_many_people_are_judged_by_a_sample(monkeypatch):
    made = conversation(400, 60, directions=TWO, seed=6, median=30)
    monkeypatch.setattr(verdict, "SAMPLE", 200)
    monkeypatch.setattr(verdict, "SAMPLE_VOTES", 1)
    monkeypatch.setattr(verdict, "WITNESSES", 150)
    monkeypatch.setattr(verdict, "FITTED", 150)
    found = opinion_map(**made["arguments"]).grouping
    assert (found.verdict, found.count) == ("clear", 2)
    inside = found.labels >= 0
    assert adjusted_rand_index(found.labels[inside], made["group"][inside]) > 0.8


@pytest.mark.parametrize("largest", [4000, 0], ids=["products", "slices"])
def test_halves_of_many_statements_are_mapped_by_lanczos(largest, monkeypatch):
    made = conversation(300, 80, directions=TWO, seed=3)["arguments"]
    plain = opinion_map(**made).grouping.stability
    monkeypatch.setattr(checks, "EIGH_CHEAPER", 0)
    monkeypatch.setattr(checks, "GRAM_LARGEST", largest)
    assert opinion_map(**made).grouping.stability == pytest.approx(plain, abs=1e-9)


SCRIPT = """
from tests.methods.planted import TWO, conversation
from weft.methods.opinion_map import opinion_map
m = opinion_map(**conversation(200, 60, directions=TWO, seed=9)["arguments"])
print(m.grouping.labels.tolist(), m.grouping.verdict, round(m.grouping.stability, 9))
"""


def test_neither_hash_seeds_nor_threads_change_the_groups():
    root = Path(__file__).parents[2]
    said = set()
    for hash_seed, threads in (("1", "1"), ("2", "2")):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": hash_seed,
            "OPENBLAS_NUM_THREADS": threads,
            "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}",
        }
        ran = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True
        )
        said.add(ran.stdout)
    assert len(said) == 1
