"""What is told of how a card was answered: in words, as a picture and as a table."""

import pytest

from weft.listen.conversations.analysis import result
from weft.listen.conversations.queries import Tally

pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize(
    ("tally", "words", "bars"),
    [
        (Tally(87, 20, 14), "Of 121 people, 87 agreed, 20 disagreed and 14 passed.", ["weft-bar", "-b", "-c"]),
        (Tally(87, 25, 9), "Of 121 people, 87 agreed and 34 did not.", ["weft-bar", "-m"]),
        (Tally(5, 60, 30), "Of 95 people, 60 disagreed and 35 did not.", ["-b", "-m"]),
        (Tally(9, 9, 60), "78 people answered. The other numbers are too small to show.", []),
        (Tally(4, 3, 2), "Too few people have answered, so the numbers are not shown.", []),
        (Tally(), "No one has answered yet.", []),
    ],
)
def test_small_answers_are_told_together(tally: Tally, words: str, bars: list[str]) -> None:
    told = result(tally, inside=False)
    assert told.in_words == words
    assert [bar.name.replace("weft-bar-", "") for bar in told.bars] == bars
    assert sum(bar.count for bar in told.bars) in {0, tally.total}
    assert bool(told.note) == ("did not" in words)


def test_a_team_sees_smaller_numbers() -> None:
    assert result(Tally(7, 6, 5), inside=True).in_words == "Of 18 people, 7 agreed, 6 disagreed and 5 passed."
    assert result(Tally(7, 6, 4), inside=True).in_words == "Of 17 people, 7 agreed and 10 did not."


def test_the_table_says_what_the_picture_says() -> None:
    table = result(Tally(87, 25, 9), inside=False).table
    assert table.rows == [("Agree", 87, "72%"), ("Did not", 34, "28%"), ("All", 121, "100%")]
    assert result(Tally(12, 0, 0), inside=False).told == (None, None, None)
