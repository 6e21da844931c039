"""The map, counts and lists against Polis's own result and against recorded figures of four public conversations."""

import json

import numpy as np
import pytest

from weft.methods.opinion_map import OpinionMap, adjusted_rand_index, opinion_map


@pytest.fixture
def polis_map(biodiversity, polis_reference) -> OpinionMap:
    meta = tuple(str(each) for each in polis_reference["meta-tids"])
    return opinion_map(**biodiversity.arguments(meta), groups=base_groups(biodiversity, polis_reference))


def base_groups(export, reference) -> np.ndarray:
    """Polis's groups hold base clusters, which hold people."""
    members = dict(zip(reference["base-clusters"]["id"], reference["base-clusters"]["members"], strict=True))
    groups = np.full(len(export.people), -1)
    row = {int(person): at for at, person in enumerate(export.people)}
    for group in reference["group-clusters"]:
        for base in group["members"]:
            for person in members[base]:
                groups[row[person]] = group["id"]
    return groups


def signs(m: OpinionMap, reference) -> np.ndarray:
    """Polis's signs are arbitrary: one factor for each component."""
    return np.sign(np.sum(np.array(reference["pca"]["comps"]).T * m.components, axis=0))


def test_base_clusters_are_the_published_groups(biodiversity, polis_reference):
    assert np.array_equal(base_groups(biodiversity, polis_reference), biodiversity.published)


def test_zeroed_columns_are_those_polis_left_out(polis_map, biodiversity, polis_reference):
    left_out = {str(each) for each in polis_reference["mod-out"]} & set(biodiversity.ids)
    assert {biodiversity.ids[j] for j in polis_map.statements[polis_map.zeroed]} == left_out
    assert polis_map.zeroed.sum() == 167
    assert (polis_map.participants, polis_map.statements.size, polis_map.votes) == (536, 314, 29719)


def test_means_and_components(polis_map, polis_reference):
    pca = polis_reference["pca"]
    np.testing.assert_allclose(np.array(pca["center"]), -polis_map.mean, atol=1e-9)
    np.testing.assert_allclose(
        np.array(pca["comps"]).T, polis_map.components * signs(polis_map, polis_reference), atol=1e-9
    )


def test_positions_of_base_clusters(polis_map, biodiversity, polis_reference):
    base = polis_reference["base-clusters"]
    row = {int(person): at for at, person in enumerate(biodiversity.people)}
    means = np.array([polis_map.positions[[row[p] for p in group]].mean(axis=0) for group in base["members"]])
    found = -means * signs(polis_map, polis_reference)
    np.testing.assert_allclose(found, np.column_stack([base["x"], base["y"]]), atol=1e-9)


def test_statement_positions_and_extremity(polis_map, polis_reference):
    pca = polis_reference["pca"]
    found = -polis_map.statement_positions * signs(polis_map, polis_reference)
    np.testing.assert_allclose(np.array(pca["comment-projection"]).T, found, atol=1e-9)
    np.testing.assert_allclose(pca["comment-extremity"], polis_map.extremity, atol=1e-9)


def test_group_votes(polis_map, biodiversity, polis_reference):
    assert len(polis_reference["group-votes"]) == 2
    for group, votes in polis_reference["group-votes"].items():
        g = int(group)
        assert votes["n-members"] == polis_map.grouping.sizes[g]
        for j, statement in enumerate(biodiversity.ids):
            counts = polis_map.counts
            found = {"A": counts.agree[g, j], "D": counts.disagree[g, j], "S": counts.seen[g, j]}
            assert found == votes["votes"][statement]


def test_representative_statements(polis_map, biodiversity, polis_reference):
    for group, expected in polis_reference["repness"].items():
        found = polis_map.representative[int(group)]
        assert [biodiversity.ids[r.statement] for r in found] == [str(each["tid"]) for each in expected]
        for mine, theirs in zip(found, expected, strict=True):
            assert mine.direction == theirs["repful-for"]
            assert mine.best_agree == theirs.get("best-agree", False)
            assert (mine.n_success, mine.n_trials) == (theirs["n-success"], theirs["n-trials"])
            assert mine.p_success == pytest.approx(theirs["p-success"], abs=1e-9)
            assert mine.p_test == pytest.approx(theirs["p-test"], abs=1e-9)
            assert mine.repness == pytest.approx(theirs["repness"], abs=1e-9)
            assert mine.repness_test == pytest.approx(theirs["repness-test"], abs=1e-6)


def test_consensus(polis_map, biodiversity, polis_reference):
    for side in ("agree", "disagree"):
        found, expected = getattr(polis_map.consensus, side), polis_reference["consensus"][side]
        assert [biodiversity.ids[c.statement] for c in found] == [str(each["tid"]) for each in expected]
        for mine, theirs in zip(found, expected, strict=True):
            assert (mine.n_success, mine.n_trials) == (theirs["n-success"], theirs["n-trials"])
            assert mine.p_success == pytest.approx(theirs["p-success"], abs=1e-9)
            assert mine.p_test == pytest.approx(theirs["p-test"], abs=1e-9)


def test_group_aware_consensus_and_priorities(polis_map, biodiversity, polis_reference):
    aware, priorities = polis_reference["group-aware-consensus"], polis_reference["comment-priorities"]
    np.testing.assert_allclose(polis_map.group_aware_consensus, [aware[i] for i in biodiversity.ids], atol=1e-9)
    np.testing.assert_allclose(polis_map.priority, [priorities[i] for i in biodiversity.ids], atol=1e-9)


def test_in_conversation_is_polis_without_the_two_who_no_longer_count(polis_map, biodiversity, polis_reference):
    found = {int(biodiversity.people[i]) for i in polis_map.in_conversation}
    assert set(polis_reference["in-conv"]) - found == {7, 11}
    assert found <= set(polis_reference["in-conv"])


def test_spot_values(polis_map, biodiversity):
    assert polis_map.eigenvalues == pytest.approx([1603.50687699, 791.70653903], abs=1e-8)
    assert polis_map.variance_share == pytest.approx([0.13305703, 0.06569484], abs=1e-8)
    assert [biodiversity.ids[j] for j in polis_map.signs_from] == ["79", "37"]
    assert polis_map.positions[0] == pytest.approx([1.78148721, 0.81859983], abs=1e-8)
    at = [biodiversity.ids.index(each) for each in ("275", "79", "81")]
    assert polis_map.priority[at] == pytest.approx([12.5297262501, 3.9410354927, 0.9349333292], abs=1e-9)


def listed(entries, ids) -> str:
    return " ".join(("+" if r.direction == "agree" else "-") + ids[r.statement] for r in entries)


def test_regression_sums_with_published_groups(polis_set, recorded):
    name, export = polis_set
    expected = recorded[name]
    m = opinion_map(**export.arguments(), groups=export.published)
    sizes = [m.participants, m.statements.size, int(m.zeroed.sum()), m.in_conversation.size]
    assert sizes == expected["size"]
    assert m.variance_share == pytest.approx(expected["variance_share"], abs=1e-10)
    assert np.abs(m.positions).sum(axis=0) == pytest.approx(expected["position_sum"], rel=1e-7)
    assert m.extremity.sum() == pytest.approx(expected["extremity_sum"], rel=1e-7)
    assert m.group_aware_consensus.sum() == pytest.approx(expected["group_aware_sum"], rel=1e-7)
    assert m.priority.sum() == pytest.approx(expected["priority_sum"], rel=1e-7)
    assert [listed(each, export.ids) for each in m.representative] == expected["representative"]
    assert " ".join(export.ids[c.statement] for c in m.consensus.agree) == expected["consensus_agree"]
    assert " ".join(export.ids[c.statement] for c in m.consensus.disagree) == expected["consensus_disagree"]


def test_groups_at_seed_0(polis_set, recorded):
    name, export = polis_set
    expected = recorded[name]
    found = opinion_map(**export.arguments()).grouping
    assert [found.verdict, found.reason] == expected["group_verdict"]
    assert np.abs(found.sizes - expected["group_sizes"]).max() <= 10
    assert found.stability == pytest.approx(expected["group_stability"], abs=1e-6)
    assert found.between == pytest.approx(expected["group_between"], abs=0.02)
    assert found.silhouette == pytest.approx(expected["group_silhouette"], abs=0.02)
    assert found.null_z == pytest.approx(expected["group_z"], rel=1e-4)
    assert (found.null_share, found.shuffles) == (0.0, 19)
    both = (export.published >= 0) & (found.labels >= 0)
    index = adjusted_rand_index(found.labels[both], export.published[both])
    assert index == pytest.approx(expected["agreement_with_published"], abs=0.01)


def test_hiding_statements_about_the_person_keeps_the_groups(biodiversity, polis_reference):
    meta = tuple(json.dumps(each) for each in polis_reference["meta-tids"])
    found = opinion_map(**biodiversity.arguments(meta)).grouping
    assert found.verdict == "clear"
    assert np.abs(found.sizes - [373, 66]).max() <= 10
    assert found.stability == pytest.approx(0.702, abs=0.08)
    assert found.between == pytest.approx(0.667, abs=0.02)


def test_real_votes_shuffled_inside_each_statement_have_no_groups(polis_set):
    _, export = polis_set
    rng = np.random.default_rng(7)
    arguments = export.arguments()
    for _ in range(2):
        shuffled = export.vote.copy()
        for j in range(len(export.ids)):
            on = export.statement == j
            shuffled[on] = rng.permutation(shuffled[on])
        assert opinion_map(**{**arguments, "vote": shuffled}).grouping.verdict == "none"
