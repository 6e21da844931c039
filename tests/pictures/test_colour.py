"""The eight colours of teams, their patterns and shapes."""

import re
from itertools import pairwise

import pytest

from weft.pictures.colour import (
    COLOURS,
    NO_TEAM,
    colour_of,
    knot_path,
    mark_path,
    shape_of,
    slice_path,
    team_class,
    team_path,
)
from weft.pictures.svg import PAPER


def channels(colour):
    return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in channels(colour))]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dye", COLOURS, ids=lambda dye: dye.name)
def test_every_yarn_stands_out_from_its_paper(dye):
    assert contrast(dye.light, PAPER) >= 3
    assert contrast(dye.dark, "#1c1916") >= 3


@pytest.mark.parametrize("dye", COLOURS, ids=lambda dye: dye.name)
def test_dim_yarn_is_mixed_with_paper(dye):
    for full, dim, paper, part in ((dye.light, dye.light_dim, PAPER, 0.42), (dye.dark, dye.dark_dim, "#1c1916", 0.40)):
        mixed = [a * part + b * (1 - part) for a, b in zip(channels(full), channels(paper), strict=True)]
        assert all(abs(a - b) <= 1 for a, b in zip(channels(dim), mixed, strict=True))


def test_no_two_of_the_first_24_teams_look_alike():
    looks = {(colour_of(team).name, shape_of(team)) for team in range(24)}
    assert len(looks) == 24
    assert shape_of(8) == 3
    assert team_class(8) == "weft-t1"


def test_neighbouring_teams_differ_in_pattern():
    assert all(a.core != b.core for a, b in pairwise(COLOURS))


def test_things_of_no_team_are_undyed():
    assert (team_class(NO_TEAM), colour_of(NO_TEAM).name, shape_of(NO_TEAM)) == ("weft-t0", "undyed", 0)


def test_the_shapes_before_team_names():
    assert team_path(0) == "M-8 0a8 8 0 0 1 16 0V0a8 8 0 0 1 -16 0Z"
    assert team_path(2) == "M-7.4 -7L7.4 -7L7.4 7L-7.4 7Z"
    assert len({team_path(team) for team in range(8)}) == 8


def points(path):
    return [tuple(float(n) for n in pair.split()) for pair in re.findall(r"-?[\d.]+ -?[\d.]+", path)]


@pytest.mark.parametrize("team", range(1, 8))
@pytest.mark.parametrize("turned", [False, True])
def test_shapes_stay_near_their_knot_and_around_it(team, turned):
    for path, reach in (
        (knot_path(team, 100, 50, 18, 40, turned=turned), 22.2),
        (mark_path(team, 100, 50, 2.5, turned=turned), 4),
    ):
        found = points(path)
        assert all(abs(x - 100) <= reach and abs(y - 50) <= reach for x, y in found)
        assert min(x for x, _ in found) < 100 < max(x for x, _ in found)


def test_a_triangle_points_up_in_a_turned_picture_too():
    swapped = [(y, x) for x, y in points(knot_path(3, 50, 100, 18, 18, turned=True))]
    assert swapped == points(knot_path(3, 100, 50, 18, 18))


def test_slices_fill_a_shared_knot_from_top_to_bottom():
    parts = [slice_path(0, 0, 18, 45, (k, 3)) for k in range(3)]
    assert parts[0].startswith("M-9 -17.5a5 5")
    assert parts[0].endswith("V-8.3H-9Z")
    assert parts[1] == "M-9 -6.7H9V6.7H-9Z"
    assert parts[2].startswith("M-9 8.3H9V17.5")
