import re
from dataclasses import replace

import numpy as np
import pytest

from tests.methods.planted import TWO, conversation
from weft.methods.opinion_map import OpinionMap, describe, opinion_map, result
from weft.methods.opinion_map.words import REASONS, letter

TEXTS = [f"Statement number {j} " for j in range(80)]


@pytest.fixture(scope="module")
def two() -> OpinionMap:
    return opinion_map(**conversation(300, 80, directions=TWO, seed=3)["arguments"])


def given_groups(sizes: tuple[int, int], agrees: tuple[int, int]) -> OpinionMap:
    """One statement that everybody voted on, and the groups as given."""
    labels = np.repeat([0, 1], sizes)
    vote = np.concatenate([np.where(np.arange(n) < a, 1, -1) for n, a in zip(sizes, agrees, strict=True)])
    nothing = np.zeros(1, dtype=bool)
    person = np.arange(labels.size)
    return opinion_map(person, 0 * person, vote, moderated_out=nothing, meta=nothing, groups=labels)


def test_a_group_says_what_it_stands_for():
    said = describe(given_groups((120, 100), (87, 20)), ["We need  benches."])
    first = said.groups[0]
    assert first.words == (
        "Group A has 120 people. 87 of the 120 people here agreed: “We need benches.” Elsewhere 20 of the 100 did."
    )
    assert (first.lines[0].here, first.lines[0].here_seen, first.lines[0].elsewhere) == (87, 120, 20)
    assert said.groups[1].lines[0].words.startswith("80 of the 100 people here disagreed:")
    assert said.summary.endswith("Their 2 groups were given, not found.")


def test_small_numbers_are_not_given_away_on_either_side():
    said = describe(given_groups((120, 100), (115, 4)), ["Benches."])
    assert said.groups[0].words == (
        "Group A has 120 people. At least 111 of the 120 people here agreed: “Benches.” "
        "Elsewhere fewer than 10 of the 100 did."
    )
    assert describe(given_groups((120, 100), (115, 4)), ["Benches."], fewest=0).groups[0].words == (
        "Group A has 120 people. 115 of the 120 people here agreed: “Benches.” Elsewhere 4 of the 100 did."
    )


def test_a_group_that_is_too_small_is_not_described():
    said = describe(given_groups((40, 8), (35, 0)), ["Benches."])
    assert said.groups[1].lines == ()
    assert said.groups[1].words == "Group B has fewer than 10 people, so we say no more about it."
    assert "Elsewhere" not in said.groups[0].words
    assert describe(given_groups((40, 8), (35, 0)), ["Benches."], fewest=5).groups[1].lines


def test_every_figure_is_one_of_the_map(two):
    said = describe(two, TEXTS, fewest=0)
    assert len(said.groups) == two.grouping.count == 2
    for group, expected in zip(said.groups, two.representative, strict=True):
        assert group.size == two.grouping.sizes[group.group]
        for line, entry in zip(group.lines, expected, strict=True):
            assert (line.statement, line.direction) == (entry.statement, entry.direction)
            counts = two.counts.agree if line.direction == "agree" else two.counts.disagree
            here, elsewhere = counts[group.group, line.statement], counts[1 - group.group, line.statement]
            outside = re.sub("“.*”", "", line.words)
            seen = two.counts.seen[:, line.statement]
            figures = [here, seen[group.group], elsewhere, seen[1 - group.group]]
            assert [int(each) for each in re.findall(r"\d+", outside)] == [int(each) for each in figures]
            assert f"“{TEXTS[line.statement].strip()}”" in line.words


def test_what_most_people_share_comes_first(two):
    said = describe(two, TEXTS)
    assert [line.statement for line in said.together] == [
        each.statement for each in (*two.consensus.agree, *two.consensus.disagree)
    ]
    assert all("people who voted on it" in line.words for line in said.together)


@pytest.mark.parametrize("reason", [*REASONS, ""])
def test_every_verdict_has_its_sentence(two, reason):
    kind = "clear" if not reason else "tentative" if reason in (result.DEPEND, result.SPECTRUM) else "none"
    found = replace(two, grouping=replace(two.grouping, verdict=kind, reason=reason))
    summary = describe(found, TEXTS).summary
    assert summary.startswith("300 people voted, ")
    assert REASONS.get(reason, "The groups held") in summary
    assert ("We found 2 groups" in summary) == (kind != "none")


def test_texts_must_cover_the_statements(two):
    with pytest.raises(
        ValueError, match=r"^statement_texts must have one text for each of the 80 statements, got 1\.$"
    ):
        describe(two, ["one"])


def test_groups_have_letters():
    assert [letter(g) for g in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]


def test_one_voter_is_a_person():
    m = opinion_map([0], [0], [1], moderated_out=[False], meta=[False])
    assert describe(m, ["Benches."], fewest=0).summary == (
        "1 person voted, 1 of them on enough statements to be compared. There are too few people to look for groups."
    )
