import numpy as np
import pytest

from weft.methods.opinion_map import Frame, match_groups, next_statement, place, priority

FRAME = Frame(
    statements=np.array([0, 2, 3], dtype=np.int32),
    zeroed=np.array([False, False, True]),
    mean=np.array([0.5, -0.5, 0.0]),
    components=np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]),
    centres=np.array([[3.0, 0.0], [-3.0, 0.0]]),
    needed_votes=2,
)


def test_a_newcomer_stands_where_their_votes_put_them():
    found = place(FRAME, [0, 3], [-1, 1])
    assert found.position == pytest.approx(np.sqrt(3 / 2) * np.array([-1.5, 0]))
    assert (found.group, found.in_conversation) == (1, True)


def test_nobody_has_a_group_before_they_have_enough_votes():
    found = place(FRAME, [2], [1])
    assert found.position == pytest.approx(np.sqrt(3 / 2) * np.array([0, 1.5]))
    assert (found.group, found.in_conversation) == (None, False)


def test_without_a_live_vote_a_person_stands_at_the_origin():
    found = place(FRAME, [3, 7], [1, 1])
    assert found.position.tolist() == [0, 0]
    assert (found.group, found.in_conversation) == (None, True)
    assert place(FRAME, [], []).position.tolist() == [0, 0]


def test_the_last_vote_of_a_newcomer_counts():
    twice, once = place(FRAME, [0, 0], [1, -1]), place(FRAME, [0], [-1])
    assert twice.position.tolist() == once.position.tolist()
    assert not twice.in_conversation


def test_bad_votes_of_a_newcomer_are_refused():
    with pytest.raises(ValueError, match=r"^vote must be -1, 0 or 1, got 3 at row 1\.$"):
        place(FRAME, [0, 2], [1, 3])
    with pytest.raises(ValueError, match=r"^statement and vote must be of equal length, got 1 and 2\.$"):
        place(FRAME, [0], [1, 1])


def test_priorities_before_the_first_map():
    found = priority([0, 1, 5], [0, 0, 1], [0, 1, 9], [0.0, 0.0, 2.0], [False, False, True])
    assert found == pytest.approx([5.0625, 12.5297262501, 49], abs=1e-9)


def test_statements_are_drawn_by_their_priority():
    drawn = [next_statement([5, 1, 0.5, 3.5], range(4), participant=n, votes=0) for n in range(4000)]
    assert np.bincount(drawn) / len(drawn) == pytest.approx([0.5, 0.1, 0.05, 0.35], abs=0.03)


def test_who_reloads_the_page_sees_the_same_statement():
    weights = np.linspace(1, 2, 50)
    first = [next_statement(weights, range(50), participant=n, votes=3) for n in range(20)]
    assert first == [next_statement(weights, range(49, -1, -1), participant=n, votes=3) for n in range(20)]
    assert first != [next_statement(weights, range(50), participant=n, votes=4) for n in range(20)]


def test_only_candidates_are_drawn():
    drawn = {next_statement([1, 9, 1, 1], [0, 3], participant=n, votes=1) for n in range(50)}
    assert drawn == {0, 3}
    assert next_statement([1, 9], [], participant=0, votes=2) is None


def test_where_all_priorities_are_0_each_statement_is_as_likely():
    drawn = [next_statement([0, 0, 0, 7], [0, 1, 2], participant=n, votes=0) for n in range(3000)]
    assert np.bincount(drawn) / len(drawn) == pytest.approx([1 / 3] * 3, abs=0.03)


@pytest.mark.parametrize(("bad", "said"), [(-1.0, "-1.0"), (np.nan, "nan"), (np.inf, "inf")])
def test_impossible_priorities_are_refused(bad, said):
    sentence = rf"^priorities must be finite and not negative, got {said} for statement 1\.$"
    with pytest.raises(ValueError, match=sentence):
        next_statement([1.0, bad], [0], participant=0, votes=0)


def test_groups_keep_their_colour_by_the_people_they_share():
    assert match_groups([0, 0, 1, 1, 2, -1], [1, 1, 2, 2, -1, 0]).tolist() == [-1, 0, 1]
    assert match_groups([-1, -1], [0, 1]).tolist() == [-1, -1]
    with pytest.raises(ValueError, match=r"^Both groupings must cover the same people, got 1 and 2\.$"):
        match_groups([0], [0, 1])
