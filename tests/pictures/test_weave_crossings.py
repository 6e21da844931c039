"""Threads over threads and warp over threads: by turns, exactly."""

import itertools
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pictures.pell_coast import items, threads
from tests.pictures.randomly import few, placed, programmes
from weft.pictures.svg import Pen
from weft.pictures.weave.arrange import Strand
from weft.pictures.weave.geometry import Segment, crossings, segments, strand_path
from weft.pictures.weave.sheet import Sheet
from weft.pictures.weave.threads import lane_ranks, warp_over

heights = st.integers(0, 50_000).map(lambda n: n / 100)


def gap(ends):
    return [Segment(Strand(k, [], 3, (0,), False, False), 0, 0, y0, 90, y1) for k, (y0, y1) in enumerate(ends)]


def turns(found):
    """For each thread, whether it goes over, crossing by crossing."""
    story = defaultdict(list)
    for crossing in found:
        story[crossing.over.strand.number].append(True)
        story[crossing.under.strand.number].append(False)
    return story.values()


def by_turns(story):
    return all(a != b for a, b in itertools.pairwise(story))


@given(
    st.lists(heights, min_size=2, max_size=14, unique=True),
    st.lists(heights, min_size=14, max_size=14, unique=True),
)
def test_every_thread_goes_over_and_under_by_turns(starts, ends):
    found = crossings(gap(zip(starts, ends, strict=False)))
    places = sorted(crossing.s for crossing in found)
    if any(b - a < 1e-9 for a, b in itertools.pairwise(places)):
        return  # three threads through one point have no turns
    assert all(by_turns(story) for story in turns(found))


@pytest.mark.parametrize("count", [2, 3, 7])
def test_threads_that_all_turn_round_cross_each_other_once(count):
    found = crossings(gap((k * 20 + k * k, 500 - k * 30) for k in range(count)))
    assert len(found) == count * (count - 1) // 2
    assert all(by_turns(story) for story in turns(found))


def test_threads_side_by_side_do_not_cross():
    assert crossings(gap([(0, 10), (20, 30), (40, 41)])) == []


def test_the_reference_picture_alternates_within_each_layer():
    layout = placed(items(), threads(), focus="C1")
    total = 0
    for lit in (True, False):
        for here in segments(layout, [strand for strand in layout.strands if strand.lit is lit]):
            found = crossings(here)
            total += len(found)
            assert all(by_turns(story) for story in turns(found))
    assert total > 15


@given(st.tuples(heights, heights), st.tuples(heights, heights))
def test_a_crossing_lies_on_both_threads(first, second):
    for crossing in crossings(gap([first, second])):
        ax, ay = crossing.over.at(crossing.t)
        bx, by = crossing.under.at(crossing.t)
        assert (ax, ay) == pytest.approx((bx, by), abs=1e-6)


@given(heights, heights, st.floats(0, 0.45), st.floats(0.55, 1), st.floats(0, 1))
def test_a_part_of_a_curve_lies_on_the_curve(y0, y1, start, end, share):
    segment = gap([(y0, y1)])[0]
    numbers = [float(n) for n in segment.part(start, end).replace("M", "").replace("C", " ").split()]
    weights = [(1 - share) ** 3, 3 * share * (1 - share) ** 2, 3 * share**2 * (1 - share), share**3]
    x, y = (sum(w * n for w, n in zip(weights, numbers[axis::2], strict=True)) for axis in (0, 1))
    assert (x, y) == pytest.approx(segment.at(start + (end - start) * share), abs=0.06)


def test_a_patch_is_short_and_centred():
    crossing = crossings(gap([(0, 300), (300, 0)]))[0]
    assert crossing.t == pytest.approx(0.5)
    assert 0 < crossing.half_length() < 0.1


def test_a_whole_thread_runs_from_knot_to_knot():
    layout = placed(items(), threads())
    for strand in layout.strands:
        path = strand_path(layout, strand)
        assert path.startswith(f"M{layout.x[strand.path[0].column]:g} {strand.leaves[0]:g}H")
        assert path.endswith(f"H{layout.x[strand.path[-1].column]:g}")
        assert path.count("C") == strand.path[-1].column - strand.path[0].column


@given(st.integers(0, 99), st.integers(0, 5), st.integers(0, 9))
def test_the_warp_is_a_plain_weave(rank, end, column):
    here = warp_over(rank, end, column)
    assert here != warp_over(rank, end + 1, column)
    assert here != warp_over(rank + 1, end, column)


@few
@given(programmes())
def test_a_passing_thread_keeps_its_rank_across_the_band(programme):
    layout = placed(*programme)
    ranks = lane_ranks(Sheet(layout, Pen(standalone=False), dimmed=False, fewest=10))
    for strand in layout.strands:
        for step, point in enumerate(strand.path[1:-1]):
            assert point.knot is None
            assert ranks[strand, step, True] == ranks[strand, step + 1, False]


def test_ranks_rise_by_one_inside_a_knot_and_go_on_after_it():
    layout = placed(items(), threads())
    ranks = lane_ranks(Sheet(layout, Pen(standalone=False), dimmed=False, fewest=10))
    for column in layout.columns:
        for arriving in (True, False):
            last = -1
            for point in column:
                lanes = [ranks[s, step, arriving] for s, step in (point.arriving if arriving else point.leaving)]
                assert lanes == list(range(lanes[0], lanes[0] + len(lanes))) if lanes else True
                assert not lanes or lanes[0] > last
                last = lanes[-1] if lanes else last
