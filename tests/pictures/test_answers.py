"""The bar of how everyone answered one card."""

import re

from weft.pictures.answers import GAP, LEAST, WIDTH, bar


def parts(svg: str) -> list[tuple[str, float, float]]:
    """The class of each part, where it begins and how wide it is."""
    found = re.findall(r'<rect class="([\w-]+)" x="([\d.]+)" y="5" width="([\d.]+)"', svg)
    return [(name, float(x), float(width)) for name, x, width in found]


def me(svg: str) -> list[float]:
    return [float(x) for x in re.findall(r'class="weft-me-ring" cx="([\d.]+)"', svg)]


def test_the_parts_fill_the_bar_by_their_people_in_a_fixed_order() -> None:
    found = parts(bar((58, 12, 13), 83))
    assert [name for name, _, _ in found] == ["weft-bar", "weft-bar--b", "weft-bar--c"]
    assert sum(width for _, _, width in found) == WIDTH - 2 - 2 * GAP
    assert [round(x) for _, x, _ in found] == [1, 227, 277]


def test_those_whose_numbers_are_not_told_stand_together_last() -> None:
    assert [name for name, _, _ in parts(bar((None, 87, None), 131))] == ["weft-bar--b", "weft-bar--m"]


def test_none_is_left_out_and_nothing_is_drawn_for_nobody() -> None:
    found = parts(bar((1000, 10, 0), 1010))
    assert [name for name, _, _ in found] == ["weft-bar", "weft-bar--b"]
    assert found[1][2] == LEAST
    assert found[1][1] + found[1][2] == WIDTH - 1


def test_where_no_number_is_told_there_is_no_bar() -> None:
    assert bar((None, None, None), 40) == bar((None, None, None), None) == bar((0, 0, 0), 0) == ""


def test_a_ring_stands_in_the_middle_of_ones_own_answer() -> None:
    answers = bar((30, 30, 30), 90, mine=1)
    assert me(answers) == [WIDTH / 2]
    assert me(bar((None, 87, None), 131, mine=0)) == me(bar((None, 87, None), 131, mine=2))
    assert me(bar((30, 30, 30), 90)) == []
