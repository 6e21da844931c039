"""Columns, order, heights, rows and lanes."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pictures.pell_coast import items, places, threads
from tests.pictures.randomly import few, merged, placed, programmes
from weft.pictures.weave import Answer, Item, Thread
from weft.pictures.weave.arrange import arrange, crossings, width_of
from weft.pictures.weave.frame import TALL, WIDE
from weft.pictures.weave.items import Graph
from weft.pictures.weave.place import LANE_GAP, distance, isotonic

numbers = st.lists(st.floats(-1000, 1000), min_size=1, max_size=30)


def test_the_reference_picture_has_its_knots_in_their_places():
    layout = placed(items(), threads(), focus="C1")
    found = {p.key: (layout.x[p.column], p.y) for column in layout.columns for p in column if p.knot}
    assert found.keys() == places().keys()
    for key, place in places().items():
        assert found[key] == pytest.approx(place, abs=0.11)
    assert (layout.height, layout.band) == (500, 46)


@few
@given(programmes(), st.booleans())
def test_distances_are_kept(programme, wide):
    layout = placed(*programme, wide=wide)
    for (stage, _), column in zip(Graph(*programme).columns, layout.columns, strict=True):
        for upper, lower in itertools.pairwise(column):
            assert lower.y - upper.y >= distance(upper, lower, layout.frame, stage < 4) - 0.11


def test_knots_answers_and_teams_keep_their_own_distances():
    layout = placed(items(), threads())
    points = {point.key: point for column in layout.columns for point in column}
    assert distance(points["L2"], points["L3"], WIDE, True) == WIDE.row
    assert distance(points["L4"], points["L6"], WIDE, True) == WIDE.row + WIDE.team_gap
    assert distance(points["L4"], points["L6"], WIDE, False) == WIDE.row
    assert distance(points["A5"], points["A3"], WIDE, False) == WIDE.answer_row
    passing = [point for point in layout.columns[2] if not point.knot]
    half = (points["P1"].height + passing[0].height) / 2
    assert distance(points["P1"], passing[0], WIDE, False) == half + 9
    assert distance(passing[0], passing[0], WIDE, False) == passing[0].height + 5


@few
@given(programmes(), st.booleans())
def test_nothing_is_placed_outside_the_picture(programme, wide):
    layout = placed(*programme, wide=wide)
    for column in layout.columns:
        for point in column:
            assert point.height / 2 - 0.06 <= point.y <= layout.height - point.height / 2 + 0.06


@few
@given(programmes())
def test_lanes_are_stacked_without_touching(programme):
    layout = placed(*programme)
    for column in layout.columns:
        for point in column:
            for ends, arriving in ((point.arriving, True), (point.leaving, False)):
                lanes = [((s.arrives if arriving else s.leaves)[step], s.width) for s, step in ends]
                for (above, w), (below, v) in itertools.pairwise(lanes):
                    assert below - above == pytest.approx((w + v) / 2 + LANE_GAP, abs=0.11)


def test_lanes_follow_the_order_of_their_other_ends():
    layout = placed(items(), threads())
    for column in layout.columns:
        for point in column:
            others = [strand.path[step + 1].y for strand, step in point.leaving]
            assert others == sorted(others)


@given(numbers)
def test_isotonic_regression_never_falls_and_keeps_the_mean(values):
    fitted = isotonic(values, [1.0] * len(values))
    assert all(b >= a - 1e-9 for a, b in itertools.pairwise(fitted))
    assert sum(fitted) == pytest.approx(sum(values), abs=1e-6)


def test_isotonic_regression_by_hand():
    assert isotonic([3, 1, 2], [1, 1, 1]) == [2, 2, 2]
    assert isotonic([4, 1, 5], [1, 2, 1]) == [2, 2, 5]
    assert isotonic([1, 2, 3], [1, 1, 1]) == [1, 2, 3]


@pytest.mark.parametrize(
    ("people", "width"), [(0, 1.5), (-3, 1.5), (12, 3), (96, 4.5), (400, 6), (1000, 6.5), (10**9, 7)]
)
def test_width_grows_with_people_between_limits(people, width):
    assert width_of(people, 1, 10) == width


@given(st.integers(0, 10**7), st.floats(0.5, 1))
def test_width_is_clamped_and_never_falls(people, scale):
    assert 1.5 <= width_of(people, scale, 10) <= width_of(people + 1, scale, 10) <= 7


def test_width_does_not_tell_small_numbers_apart():
    assert len({width_of(people, 1, 10) for people in range(1, 10)}) == 1


def test_levels_are_the_longest_path_inside_a_stage():
    def made(key, kind):
        return Item(id=key, teams=(0,), stage=4, kind=kind, title=key)

    graph = Graph(
        [made("r", "reflection"), made("c", "change"), made("i", "insight"), made("j", "insight")],
        [Thread("r", "c"), Thread("c", "i"), Thread("r", "i"), Thread("i", "j")],
    )
    levels = {item.id: graph.columns[graph.column[k]] for k, item in enumerate(graph.items)}
    assert levels == {"r": (4, 0), "c": (4, 1), "i": (4, 2), "j": (4, 2)}


def test_every_stage_has_a_column_from_the_start():
    assert Graph([], []).columns == [(stage, 0) for stage in range(6)]


def test_people_behind_an_item_are_counted_once():
    graph = Graph(items(), threads())
    people = dict(zip((item.id for item in graph.items), graph.people, strict=True))
    assert (people["L2"], people["F1"], people["P1"], people["C1"]) == (31, 23 + 10 + 18, 96, 96)


def test_known_people_count_before_the_sum_of_voices():
    graph = Graph(
        [Item("a", (0,), 0, "theme", "A", voices=5), Item("b", (0,), 1, "finding", "B", people=3)], [Thread("a", "b")]
    )
    assert graph.people == [5, 3]


@few
@given(programmes())
def test_people_are_the_voices_of_everything_upstream(programme):
    graph = Graph(*programme)
    for k in range(len(graph.items)):
        seen, todo = {k}, [k]
        while todo:
            fresh = set(graph.up[todo.pop()]) - seen
            seen |= fresh
            todo += fresh
        assert graph.people[k] == sum(graph.items[j].voices for j in seen)


@few
@given(programmes())
def test_sweeps_never_make_more_crossings(programme):
    graph, _, knots = merged(*programme, None, WIDE)
    arranged = arrange(graph, knots, WIDE, 10)
    start = [
        sorted(column, key=lambda point, block=stage < 4: (point.team if block else 0, point.order, point.key))
        for (stage, _), column in zip(graph.columns, arranged.columns, strict=True)
    ]
    assert arranged.crossings <= crossings(start)
    assert arranged.crossings == crossings(arranged.columns)


@few
@given(programmes())
def test_teams_stand_together_before_learn(programme):
    graph, _, knots = merged(*programme, None, WIDE)
    arranged = arrange(graph, knots, WIDE, 10)
    for (stage, _), column in zip(graph.columns, arranged.columns, strict=True):
        teams = [point.team for point in column]
        assert stage >= 4 or teams == sorted(teams)


def test_a_long_thread_passes_a_point_in_every_column_between():
    layout = placed(items(), threads())
    strand = next(s for s in layout.strands if (s.path[0].key, s.path[-1].key) == ("F2", "A5"))
    assert [point.column for point in strand.path] == [1, 2, 3, 4, 5, 6]
    assert all(point.knot is None for point in strand.path[1:-1])


def test_an_answer_stands_on_the_right_even_where_more_came_of_the_ask():
    ask = Item("a", (0,), 5, "ask", "A", answer=Answer("silent", "No reply"))
    layout = placed([ask, Item("e", (0,), 5, "edition", "E")], [Thread("a", "e")])
    ends = [point for point in layout.columns[-1] if point.answer]
    assert [point.knot for point in ends] == [None]
    assert ends[0].answer == ask.answer


def test_a_narrow_band_makes_room_for_many_columns():
    for frame in (WIDE, TALL):
        x = frame.columns(18)
        assert frame.band_of(18) < x[1] - x[0]
        assert frame.band_of(7) == frame.band
