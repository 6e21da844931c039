"""How numbers of people are said, and summed up."""

from weft.core import counts
from weft.core.counts import MoreThan
from weft.core.numbers import in_words


def test_numbers_of_people_are_said_as_the_rule_allows():
    assert [counts.people(n) for n in (None, 0, 9, 10, 1200, MoreThan(23))] == [
        "some people",
        "no one yet",
        "fewer than 10 people",
        "10 people",
        "1,200 people",
        "more than 23 people",
    ]
    assert [counts.voices(n) for n in (9, 10, MoreThan(23))] == [
        "fewer than 10 voices",
        "10 voices",
        "more than 23 voices",
    ]


def test_one_person_is_a_person_where_that_may_be_told(settings):
    settings.SMALLEST_COUNT = 1
    assert (counts.people(1), counts.voices(1)) == ("1 person", "1 voice")


def test_people_inside_a_team_may_have_a_lower_limit():
    assert counts.people(5, inside=True) == "5 people"
    assert counts.people(4, inside=True) == "fewer than 5 people"


def test_a_small_number_is_not_found_from_a_sum():
    assert counts.together([12, 0, 40]) == 52
    assert not isinstance(counts.together([12, 40]), MoreThan)
    assert counts.people(counts.together([12, 3])) == "more than 12 people"
    assert counts.people(counts.together([12, MoreThan(40)])) == "more than 52 people"
    assert counts.people(counts.together([3, 6])) == counts.people(counts.together([9, 9])) == "fewer than 10 people"
    assert counts.together([]) == 0


def test_small_numbers_are_words():
    assert [in_words(n) for n in (0, 1, 10, 11, 1300)] == ["no", "one", "ten", "11", "1,300"]
