"""What holds for every map."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.methods.planted import TWO, conversation
from weft.methods.opinion_map import components as components_module
from weft.methods.opinion_map import opinion_map, place
from weft.methods.opinion_map.components import centre, gram_of, leading
from weft.methods.opinion_map.statistics import count_votes
from weft.methods.opinion_map.votes import final_votes

SOME = settings(max_examples=40, deadline=None)


@st.composite
def conversations(draw):
    """Random votes of 3 to 25 people on 2 to 12 statements, some of them zeroed."""
    people, statements = draw(st.integers(3, 25)), draw(st.integers(2, 12))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    met = rng.random((people, statements)) < draw(st.sampled_from([0.3, 0.7, 1.0]))
    person, statement = np.nonzero(met)
    return {
        "participant": person,
        "statement": statement,
        "vote": rng.integers(-1, 2, person.size),
        "moderated_out": rng.random(statements) < 0.2,
        "meta": rng.random(statements) < 0.1,
        "people": people,
    }


def gaps_are_wide(case) -> bool:
    """Whether the leading three eigenvalues differ enough for directions to be told apart, with a clear anchor."""
    centred, _ = centre(final_votes(**case))
    if centred.live < 2 or centred.people < 2:
        return False
    values = np.linalg.svd(centred.matrix, compute_uv=False) ** 2
    values = np.append(values, 0)[:3]
    vectors = np.sort(np.abs(leading(centred, 2).vectors), axis=0)
    return bool(np.all(values[:-1] - values[1:] > 1e-4 * values[0]) and np.all(vectors[-1] - vectors[-2] > 1e-6))


@SOME
@given(conversations())
def test_components_are_orthonormal_and_centred(case):
    votes = final_votes(**case)
    centred, _ = centre(votes)
    assert np.abs(np.asarray(centred.matrix).sum(axis=0)).max(initial=0) < 1e-9
    m = opinion_map(**case)
    kept = m.components[:, m.eigenvalues > 0]
    np.testing.assert_allclose(kept.T @ kept, np.eye(kept.shape[1]), atol=1e-9)
    assert not m.components[m.zeroed].any()
    assert m.variance_share.sum() <= 1 + 1e-9


@SOME
@given(conversations(), st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(case, random):
    assume(gaps_are_wide(case))
    order = list(range(case["people"]))
    random.shuffle(order)
    number = np.array(order)
    found = opinion_map(**case)
    again = opinion_map(**{**case, "participant": number[case["participant"]]})
    np.testing.assert_allclose(again.positions[number], found.positions[:, :2], atol=1e-9)
    assert np.array_equal(again.totals.seen, found.totals.seen)
    np.testing.assert_allclose(again.extremity, found.extremity, atol=1e-9)


@SOME
@given(conversations())
def test_turning_every_vote_round_turns_every_position_round(case):
    assume(gaps_are_wide(case))
    found, turned = opinion_map(**case), opinion_map(**{**case, "vote": -case["vote"]})
    np.testing.assert_allclose(turned.positions, -found.positions, atol=1e-9)
    np.testing.assert_allclose(turned.components, found.components, atol=1e-9)


@SOME
@given(conversations(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_counts_add_up(case, groups, random):
    assume(case["people"] >= groups)
    labels = [*range(groups), *(random.randrange(-1, groups) for _ in range(case["people"] - groups))]
    m = opinion_map(**case, groups=labels)
    assert np.all(m.counts.agree + m.counts.disagree <= m.counts.seen)
    none = count_votes(final_votes(**case), np.where(np.array(labels) < 0, 0, -1).astype(np.int32), 1)
    for name in ("agree", "disagree", "seen"):
        whole = getattr(m.counts, name).sum(axis=0) + getattr(none, name)[0]
        assert np.array_equal(whole, getattr(m.totals, name)[0])
    assert np.all((m.group_aware_consensus > 0) & (m.group_aware_consensus <= 1))
    assert all(len(listed) <= 5 for listed in m.representative)


@SOME
@given(conversations())
def test_placing_somebody_who_was_there_changes_nothing(case):
    m = opinion_map(**case)
    for person in range(case["people"]):
        own = case["participant"] == person
        found = place(m.frame, case["statement"][own], case["vote"][own])
        np.testing.assert_allclose(found.position, m.positions[person], atol=1e-12)


@pytest.fixture(scope="module")
def two_groups():
    return conversation(300, 80, directions=TWO, seed=3)["arguments"]


@pytest.mark.parametrize("gram", [64, 0], ids=["products", "lanczos"])
def test_the_sparse_ways_give_the_dense_result(two_groups, gram, monkeypatch):
    dense = opinion_map(**two_groups)
    monkeypatch.setattr(components_module, "DENSE_CELLS", 0)
    monkeypatch.setattr(components_module, "GRAM_SIZE", max(gram, 80) if gram else 0)
    sparse = opinion_map(**two_groups)
    np.testing.assert_allclose(sparse.positions, dense.positions, atol=1e-9)
    assert np.array_equal(sparse.grouping.labels, dense.grouping.labels)
    assert sparse.grouping.stability == pytest.approx(dense.grouping.stability, abs=1e-9)
    assert sparse.grouping.null_z == pytest.approx(dense.grouping.null_z, rel=1e-9)


def test_fewer_people_than_statements_use_the_smaller_table(monkeypatch):
    case = conversation(30, 90, directions=TWO, seed=5)["arguments"]
    centred, _ = centre(final_votes(**case))
    assert centred.people < centred.live
    found = leading(centred, 2)
    _, values, right = np.linalg.svd(centred.matrix, full_matrices=False)
    np.testing.assert_allclose(found.eigenvalues, values[:2] ** 2, rtol=1e-9)
    np.testing.assert_allclose(np.abs(found.vectors), np.abs(right[:2].T), atol=1e-9)
    sparse, _ = centre(final_votes(**case), dense=False)
    np.testing.assert_allclose(leading(sparse, 2).vectors, found.vectors, atol=1e-9)


@pytest.mark.parametrize("many", [150, 0], ids=["products", "more vectors"])
def test_directions_without_a_gap_are_the_same_each_way(many, monkeypatch):
    case = conversation(400, 110, directions=None, seed=2)["arguments"]
    dense, _ = centre(final_votes(**case))
    sparse, _ = centre(final_votes(**case), dense=False)
    monkeypatch.setattr(components_module, "MANY_PASSES", many)
    found = leading(sparse, 2, structured=False)
    np.testing.assert_allclose(found.vectors, leading(dense, 2).vectors, atol=1e-9)
    np.testing.assert_allclose(found.eigenvalues, leading(dense, 2).eigenvalues, rtol=1e-9)


@pytest.mark.parametrize("cheaper", [0, 1e9], ids=["sparse", "dense"])
def test_the_table_of_products_is_the_same_each_way(cheaper, monkeypatch):
    sparse, _ = centre(final_votes(**conversation(300, 50, directions=TWO, seed=2)["arguments"]), dense=False)
    monkeypatch.setattr(components_module, "SPARSE_CHEAPER", cheaper)
    monkeypatch.setattr(components_module, "DENSE_CELLS", 5000)
    monkeypatch.setattr(components_module, "PEOPLE_AT_ONCE", 70)
    monkeypatch.setattr(components_module, "GRAM_SIZE", 4)
    table = sparse.matrix.toarray()
    np.testing.assert_allclose(gram_of(sparse), table.T @ table, atol=1e-9)


def test_somebody_of_the_map_is_placed_in_their_own_group(two_groups):
    m = opinion_map(**two_groups)
    assert m.grouping.count == 2
    for person in m.in_conversation.tolist():
        own = two_groups["participant"] == person
        found = place(m.frame, two_groups["statement"][own], two_groups["vote"][own])
        assert found.in_conversation
        assert found.group == m.grouping.labels[person]
