"""What changed between two texts."""

import time

import numpy as np
import pytest

from weft.core.differences import changes


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.how, piece.text) for piece in changes(before, after)]


def test_a_difference_is_told_in_words():
    assert told("The bus is dear.", "The bus is free.") == [
        ("same", "The bus is "),
        ("went", "dear"),
        ("came", "free"),
        ("same", "."),
    ]
    assert told("one two three", "four five six") == [("went", "one two three"), ("came", "four five six")]
    assert told("", "new") == [("came", "new")]
    assert told("same", "same") == [("same", "same")]


def test_a_difference_puts_both_texts_together_again():
    before, after = "قال أحدهم شيئا. A B c🚌 d\n\ne", "قال آخر شيئا. A X c🚌\n\ne f"
    pieces = changes(before, after)
    assert "".join(p.text for p in pieces if p.how != "came") == before
    assert "".join(p.text for p in pieces if p.how != "went") == after


def test_what_stands_before_and_after_a_change_is_not_cut():
    assert told("a b c d", "a b x d") == [("same", "a b "), ("went", "c"), ("came", "x"), ("same", " d")]
    assert told("a a a", "a a") == [("same", "a a"), ("went", " a")]


@pytest.mark.parametrize("signs", [("a ", "b "), ("a\n", "b\n"), (".", "!")])
def test_no_text_takes_long(signs: tuple[str, str]):
    drawn = np.random.default_rng(1)
    before, after = ("".join(drawn.choice(signs, 60_000)) for _ in "ab")
    begun = time.process_time()
    pieces = changes(before, after)
    assert time.process_time() - begun < 20
    assert "".join(p.text for p in pieces if p.how != "came") == before
    assert "".join(p.text for p in pieces if p.how != "went") == after


def test_a_small_change_in_a_long_text_is_still_told_in_words():
    long = "One line of many words. " * 5_000
    assert [one for one in told(f"{long}old{long}", f"{long}new{long}") if one[0] != "same"] == [
        ("went", "oldOne"),
        ("came", "newOne"),
    ]
