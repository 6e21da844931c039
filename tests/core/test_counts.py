"""How numbers of people are said, and summed up."""

import pytest
from django.db.models import Q

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


def test_a_small_number_is_said_as_its_limit():
    assert [counts.figure(n) for n in (0, 1, 9, 10, 1200)] == ["0", "under 10", "under 10", "10", "1,200"]
    assert [counts.figure(n, inside=True) for n in (4, 5)] == ["under 5", "5"]
    assert (counts.too_few(), counts.too_few(inside=True)) == ("fewer than 10 people", "fewer than 5 people")
    assert [counts.others(n) for n in (1, 9, 10, 1200)] == ["some", "some", "10", "1,200"]
    assert [counts.others(n, inside=True) for n in (4, 5)] == ["some", "5"]
    assert counts.is_small("people") == Q(people__gt=0, people__lt=10)


def test_words_and_answers_are_said_beside_each_other():
    assert counts.behind(23, 40) == "the words of 23 people and answers from 40 people"
    assert counts.behind(3, 0) == "the words of fewer than 10 people"
    assert counts.behind(0, 40) == "answers from 40 people"
    assert counts.behind(0, 0) == ""


WHOLE = range(40)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([range(20), range(20, 40)], [20, 20]),
        ([range(40)], [40]),
        ([range(30)], [30]),  # the ten besides are enough
        ([range(31)], [None]),  # the nine besides would be told too
        ([range(25), range(25, 30)], [25, 5]),  # `people` says that five are too few
        ([range(20), range(15, 40)], [20, 25]),  # they overlap
        ([range(20), range(25)], [None, 25]),  # five are in one and not in the other
        ([range(20), range(20)], [20, 20]),
        ([range(15), range(25)], [15, 25]),  # ten are
        ([range(20), range(25), range(3), range(0)], [None, 25, None, 0]),  # small ones hide what is held back
        ([range(15), range(15, 34)], [None, 19]),  # six are in neither
        ([range(15), range(15, 30)], [15, 15]),  # ten are in neither
        ([range(15), range(15, 30), range(30, 36)], [15, 15, 6]),
        ([range(12), range(12, 24), range(24, 36)], [12, 12, None]),
        ([range(10), range(10, 20), range(20, 39)], [10, None, 19]),
    ],
)
def test_a_part_is_told_where_nobody_can_be_worked_out_from_it(parts: list[range], told: list[int | None]):
    assert counts.told(set(WHOLE), [set(part) for part in parts]) == told


def test_parts_of_a_small_whole_are_all_too_small():
    assert counts.told(set(range(9)), [set(range(9)), set(range(4)), set()]) == [9, 4, 0]


@pytest.mark.parametrize(
    ("before", "now", "is_step"),
    [
        ((0, 0), (10, 0), True),
        ((0, 0), (9, 0), False),
        ((0, 0), (5, 5), True),
        ((10, 0), (0, 0), True),
        ((9, 0), (0, 0), False),
        ((5, 5), (0, 0), True),
        ((9, 0), (0, 9), False),
        ((10, 0), (0, 9), True),
        ((9, 0), (0, 10), True),
        ((5, 5), (9, 0), False),
        ((3, 3), (3, 3), False),
        ((12, 0), (3, 4), False),
        ((0,) * 10, (1,) * 10, True),
    ],
)
def test_figures_move_when_enough_people_moved(before: tuple[int, ...], now: tuple[int, ...], is_step: bool):
    assert counts.is_step(before, now) is is_step


def test_figures_of_other_things_are_not_compared():
    with pytest.raises(ValueError, match="longer"):
        counts.is_step((1, 2), (1,))


def test_small_numbers_are_words():
    assert [in_words(n) for n in (0, 1, 10, 11, 1300)] == ["no", "one", "ten", "11", "1,300"]
