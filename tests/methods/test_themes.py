import doctest
import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.polis_texts import needs_texts, statements
from weft.methods.themes import Pair, duplicate_groups, near_duplicates, propose_themes, tokens

LEVELS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)


@pytest.mark.parametrize("module", ["words", "duplicates", "groups"])
def test_the_examples_in_the_docstrings_run(module):
    found = doctest.testmod(sys.modules[f"weft.methods.themes.{module}"])
    assert found.attempted > 0
    assert found.failed == 0


# Words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Streets, NOT roads: 20mph", ["streets", "not", "roads", "20mph"]),
        ("don\u2019t 'quote' rock'n'roll o' '90s", ["don't", "quote", "rock'n'roll", "o", "90s"]),
        ("Straße ＦＵＬＬ ﬁne", ["strasse", "full", "fine"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("计程车", ["计程", "程车"]),
        ("车", ["车"]),
        ("Uber的出現8月", ["uber", "的出", "出現", "8", "月"]),
        ("ที่นี่ดี", ["ที", "ี่", "่น", "นี", "ี่", "่ด", "ดี"]),
        ("한국어 좋다", ["한국어", "좋다"]),
        ("snake_case e-mail", ["snake", "case", "e", "mail"]),
        ("?! ...", []),
        ("", []),
    ],
)
def test_words_of_many_scripts(text, expected):
    assert tokens(text) == [unicodedata.normalize("NFKC", token) for token in expected]


@given(st.text(max_size=40))
def test_words_hold_only_letters_marks_numbers_and_apostrophes(text):
    for token in tokens(text):
        assert token
        assert all(character == "'" or unicodedata.category(character)[0] in "LMN" for character in token)


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd", "Zs", "Po"], max_codepoint=0x24F), max_size=40))
def test_case_does_not_matter(text):
    assert tokens(text.upper()) == tokens(text.upper().lower().upper())
    assert tokens(text.casefold()) == tokens(text)


# Near duplicates


@needs_texts
@pytest.mark.parametrize(
    ("name", "texts", "numbers"),
    [
        ("15-per-hour-seattle", 54, [1, 1, 1, 1, 1, 1, 1]),
        ("scoop-hivemind.biodiversity", 316, [2, 3, 6, 8, 15, 20, 37]),
        ("vtaiwan.uberx", 197, [1, 3, 3, 7, 8, 9, 11]),
        ("american-assembly.bowling-green", 896, [2, 12, 22, 32, 53, 82, 146]),
    ],
)
def test_real_statements_have_as_many_pairs_as_recorded(name, texts, numbers):
    assert len(statements(name)) == texts
    pairs = near_duplicates(statements(name), 0.3)
    assert [sum(pair.jaccard >= level for pair in pairs) for level in LEVELS] == numbers


@pytest.mark.parametrize(
    ("one", "other", "jaccard"),
    [
        ("Marijuana should not be legalized.", "Marijuana should be legalized and taxed.", 0.571),
        (
            "Bowling Green needs a Fairness Ordinance.",
            "Bowling Green definitely does Not need a fairness ordinance.",
            0.5,
        ),
    ],
)
def test_words_alike_can_mean_the_opposite_and_stay_below_what_is_proposed(one, other, jaccard):
    (pair,) = near_duplicates([one, other], 0.4)
    assert pair.jaccard == pytest.approx(jaccard, abs=0.0005)
    assert near_duplicates([one, other]) == ()


def test_pairs_are_sorted_by_likeness_then_position():
    pairs = near_duplicates(["more buses please", "more buses, please!", "more buses pleas", "more buses please"])
    assert [(pair.first, pair.second) for pair in pairs] == [(0, 1), (0, 3), (1, 3), (0, 2), (1, 2), (2, 3)]
    assert pairs[0].jaccard == 1
    assert pairs[-1].jaccard == pytest.approx(13 / 14)


def test_readers_are_told_how_alike_two_texts_are():
    told = [Pair(0, 1, jaccard).words for jaccard in (0.8, 0.6, 0.59)]
    assert told == ["the same words", "nearly the same, please read both", "some of the same words"]


def test_empty_texts_pair_with_nothing():
    assert near_duplicates(["", "?!", "", "yes"]) == ()
    assert near_duplicates([]) == ()


def test_texts_shorter_than_a_window_are_compared_whole():
    assert [(pair.first, pair.second) for pair in near_duplicates(["no", "No.", "not"])] == [(0, 1)]


def test_groups_follow_chains_of_pairs():
    pairs = [Pair(0, 1, 0.9), Pair(1, 4, 0.85), Pair(2, 3, 0.8), Pair(4, 5, 0.7), Pair(6, 7, 0.95), Pair(6, 0, 0.9)]
    assert duplicate_groups(pairs) == ((0, 1, 4, 6, 7), (2, 3))
    assert duplicate_groups(pairs, 0.7) == ((0, 1, 4, 5, 6, 7), (2, 3))
    assert duplicate_groups([]) == ()


def windows(text):
    line = " ".join(tokens(text))
    return {line[at : at + 4] for at in range(max(1, len(line) - 3))} if line else set()


@settings(max_examples=60)
@given(st.lists(st.text(alphabet="ab 車c", max_size=12), max_size=8), st.sampled_from([0.2, 0.5, 0.6, 1.0]))
def test_pairs_equal_sets_compared_one_by_one(texts, threshold):
    expected = {}
    for i, one in enumerate(map(windows, texts)):
        for j, other in enumerate(map(windows, texts)):
            if i < j and one and other and len(one & other) / len(one | other) >= threshold:
                expected[i, j] = len(one & other) / len(one | other)
    found = {(pair.first, pair.second): pair.jaccard for pair in near_duplicates(texts, threshold)}
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("threshold", [0, -1, 1.1, float("nan")])
def test_a_bad_threshold_is_named(threshold):
    with pytest.raises(ValueError, match=rf"threshold must be above 0 and at most 1, got {threshold}\."):
        near_duplicates(["a"], threshold)


# Themes


@needs_texts
@pytest.mark.parametrize(
    ("name", "unexplained"),
    [
        ("scoop-hivemind.biodiversity", 0.8929),
        ("vtaiwan.uberx", 0.8889),
        ("american-assembly.bowling-green", 0.9366),
    ],
)
def test_eight_themes_of_real_statements_fit_as_recorded(name, unexplained):
    found = propose_themes(statements(name), 8)
    assert found.unexplained == pytest.approx(unexplained, abs=0.005)
    assert found.rounds < 60


@needs_texts
def test_themes_of_bowling_green_can_be_read():
    found = propose_themes(statements("american-assembly.bowling-green"), 8)
    terms = [set(theme.terms) for theme in found.themes]
    for expected in (
        {"ordinance", "fairness"},
        {"internet", "rates", "cable"},
        {"traffic", "flow"},
        {"parking", "wku"},
    ):
        assert any(expected <= some for some in terms)


STREETS = ["cars park on pavements", "park cars off pavements", "pavements full of cars", "cars cars pavements"]
RIVER = ["clean the river", "the river smells", "fish in the clean river", "clean river fish"]


def test_two_planted_themes_are_found():
    found = propose_themes([*STREETS, *RIVER, "nothing shared"], 2)
    assert len(set(found.theme_of[:4])) == 1
    assert len(set(found.theme_of[4:8])) == 1
    assert found.theme_of[0] != found.theme_of[4]
    assert found.theme_of[8] == -1
    assert found.themes[found.theme_of[0]].texts == (0, 1, 2, 3)
    assert set(found.themes[found.theme_of[0]].terms[:2]) == {"cars", "pavements"}


def test_the_number_of_themes_follows_the_number_of_texts():
    texts = [f"word{number % 15} word{number % 11}a word{number % 13}b" for number in range(45)]
    assert len(propose_themes(texts).themes) == 4
    assert len(propose_themes([*STREETS, *RIVER]).themes) == 2


def test_texts_that_share_no_words_have_no_themes():
    found = propose_themes(["one", "two", "three", "four"], 2)
    assert found.themes == ()
    assert found.theme_of.tolist() == [-1] * 4
    assert found.unexplained == 1


def test_more_themes_than_words_are_no_error():
    found = propose_themes(["a b", "a b", "a", "b", "a b a"], 4)
    assert len(found.themes) == 4
    assert (found.theme_of >= 0).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.integers(2, 5))
def test_themes_are_the_same_again_and_every_text_is_in_one_at_most(seed, k):
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(list("abcdefghijkl"), 4)) for _ in range(30)]
    one, other = propose_themes(texts, k), propose_themes(texts, k)
    assert (one.theme_of == other.theme_of).all()
    assert one.unexplained == pytest.approx(other.unexplained, abs=1e-12)
    assert 0 <= one.unexplained <= 1
    members = [text for theme in one.themes for text in theme.texts]
    assert sorted(members) == np.flatnonzero(one.theme_of >= 0).tolist()


@pytest.mark.parametrize("k", [1, 21, 4, 5, 2.0, True])
def test_a_bad_number_of_themes_is_named(k):
    message = rf"k must be between 2 and 20 and below the number of texts with words, got {k}\."
    with pytest.raises(ValueError, match=message):
        propose_themes(["a b", "b c", "c d", "d a", "?"], k)


def test_too_few_texts_for_the_default_are_named():
    with pytest.raises(ValueError, match=r"got 2\."):
        propose_themes(["a", "b"])
