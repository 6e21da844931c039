"""Merging: what fits, what never merges, and that nothing is lost."""

from collections import Counter

from hypothesis import assume, given
from hypothesis import strategies as st

from bench.weave import programme as large
from tests.pictures.pell_coast import items, threads
from tests.pictures.randomly import few, merged, programmes
from weft.core.counts import MoreThan, together
from weft.pictures.weave import Answer, Item, Thread
from weft.pictures.weave.frame import TALL, WIDE
from weft.pictures.weave.items import Graph
from weft.pictures.weave.light import light
from weft.pictures.weave.merge import MOST_UNLIT_THREADS, merge, seats


@few
@given(programmes(), st.booleans())
def test_every_item_is_in_exactly_one_knot(programme, wide):
    graph, _, found = merged(*programme, "i0", WIDE if wide else TALL)
    assert Counter(item.id for knot in found.knots for item in knot.items) == Counter(i.id for i in graph.items)


@few
@given(programmes(), st.booleans())
def test_lit_and_unlit_never_merge(programme, wide):
    graph, lit, found = merged(*programme, "i3", WIDE if wide else TALL)
    for knot in found.knots:
        assert {graph.position[item.id] in lit.items for item in knot.items} == {knot.lit}


@few
@given(programmes(), st.booleans())
def test_only_items_of_one_column_and_one_team_merge(programme, wide):
    graph, _, found = merged(*programme, None, WIDE if wide else TALL)
    for knot in found.knots:
        assert {graph.column[graph.position[item.id]] for item in knot.items} == {knot.column}
        assert len({item.team for item in knot.items}) == 1


@few
@given(programmes())
def test_a_column_without_light_has_at_most_its_cap(programme):
    graph, _, found = merged(*programme, None, TALL)
    for column in range(len(graph.columns)):
        mine = [knot for knot in found.knots if knot.column == column]
        teams = {knot.items[0].team for knot in mine}
        assert len(mine) <= max(TALL.cap, len(teams))


@few
@given(programmes())
def test_no_more_voices_are_told_of_a_knot_than_its_items_tell_apart(programme):
    _, _, found = merged(*programme, None, TALL)
    for knot in found.knots:
        told = [item.voices for item in knot.items if item.voices >= 10]
        small = [item.voices for item in knot.items if 0 < item.voices < 10]
        assert knot.voices == (sum(told) if told else max(small, default=0))
        assert isinstance(knot.voices, MoreThan) == bool(told and small)


@few
@given(programmes(), st.booleans())
def test_every_thread_is_drawn_or_counted_as_not_drawn(programme, wide):
    graph, _, found = merged(*programme, "i1", WIDE if wide else TALL)
    assert sum(link.threads for link in found.links) + found.threads_not_drawn == len(graph.against)
    assert all(found.knots[link.source].column < found.knots[link.target].column for link in found.links)


def test_at_most_sixty_unlit_threads_cross_a_gap_and_lit_ones_all_do():
    many = [Item(f"t{k:02}", (0,), 0, "theme", "T", voices=20 + k) for k in range(20)]
    many += [Item(f"f{k:02}", (0,), 1, "finding", "F") for k in range(20)]
    spun = [Thread(f"t{k:02}", f"f{j:02}") for k in range(20) for j in range(20)]
    _, _, found = merged(many, spun, None, WIDE)
    assert len(found.links) == MOST_UNLIT_THREADS
    assert found.threads_not_drawn == 340
    assert {found.knots[link.source].key for link in found.links} == {"t17", "t18", "t19"}
    _, _, lit = merged(many, spun, "t00", WIDE)
    assert sum(link.lit for link in lit.links) == 20


def test_a_large_programme_keeps_every_gap_within_its_limit():
    graph, _, found = merged(*large(2000, 8), None, WIDE)
    assert len(graph.items) == 2000
    for gap in range(len(graph.columns)):
        across = [k for k in found.links if found.knots[k.source].column <= gap < found.knots[k.target].column]
        assert len(across) <= MOST_UNLIT_THREADS
    late = Counter(knot.column for knot in found.knots)
    assert (late[5], late[6]) == (12, 12)


def test_the_focus_and_its_neighbours_stay_single():
    graph = Graph(*large(200, 4))
    focus = next(item.id for item in graph.items if item.kind == "finding" and graph.up[graph.position[item.id]])
    found = merge(graph, light(graph, focus), WIDE, together)
    here = graph.position[focus]
    single = {knot.items[0].id for knot in found.knots if knot.single}
    assert {graph.items[k].id for k in (here, *graph.up[here], *graph.down[here])} <= single
    assert [knot.key for knot in found.knots if knot.focus] == [focus]


def test_a_focus_with_very_many_neighbours_does_not_burst_its_column():
    many = [Item(f"f{k:03}", (0,), 1, "finding", "F") for k in range(300)] + [Item("e", (), 5, "edition", "E")]
    _, _, found = merged(many, [Thread(f"f{k:03}", "e") for k in range(300)], "e", WIDE)
    assert len(found.knots) <= WIDE.cap + 1


def test_small_programmes_are_drawn_whole():
    _, _, found = merged(items(), threads(), None, WIDE)
    assert len(found.knots) == 58
    assert all(knot.single for knot in found.knots)
    assert found.threads_not_drawn == 0


def test_a_link_speaks_against_only_if_all_its_threads_do():
    two = [Item("a", (0,), 0, "theme", "A"), Item("b", (0,), 1, "finding", "B")]
    _, _, both = merged(two, [Thread("a", "b"), Thread("a", "b", "contradicts")], None, WIDE)
    _, _, one = merged(two, [Thread("a", "b", "contradicts")], None, WIDE)
    assert [link.against for link in both.links + one.links] == [False, True]


def test_merged_asks_say_how_many_were_answered():
    answers = [Answer("answered", "Yes"), Answer("answered", "No"), Answer("waiting", "Asked")]
    same = [Item(f"a{k:02}", (k % 7,), 5, "ask", "A", answer=answers[0]) for k in range(84)]
    _, _, found = merged(same, [], None, TALL)
    assert {(k.answer.end, k.answer.word, k.answer.detail) for k in found.knots} == {("answered", "Yes", "12 asks")}
    mixed = [Item(f"m{k:02}", (k % 7,), 5, "ask", "A", answer=answers[k // 7 % 3]) for k in range(84)]
    _, _, found = merged(mixed, [], None, TALL)
    assert {(k.answer.end, k.answer.word, k.answer.detail) for k in found.knots} == {
        ("answered", "Answered", "8 of 12 asks")
    }


def test_seats_by_largest_remainder():
    assert seats({0: 50, 1: 30, 2: 20}, 7) == {0: 4, 1: 2, 2: 1}
    assert seats({0: 97, 1: 1, 2: 1}, 4) == {0: 2, 1: 1, 2: 1}
    assert seats({0: 5, 1: 5, 2: 5}, 2) == {0: 1, 1: 1, 2: 1}


@given(st.dictionaries(st.integers(0, 30), st.integers(1, 200), min_size=1, max_size=12), st.integers(1, 24))
def test_seats_leave_nobody_out_and_fill_the_rows(sizes, cap):
    assume(sum(sizes.values()) > cap)
    rows = seats(sizes, cap)
    assert min(rows.values()) >= 1
    assert all(rows[team] <= sizes[team] for team in sizes)
    assert sum(rows.values()) == max(cap, len(sizes))


def test_asks_merge_with_asks_of_the_same_answer_first():
    answers = [Answer("answered", "Yes"), Answer("silent", "No reply"), Answer("waiting", "Asked")]
    many = [Item(f"a{k:02}", (0,), 5, "ask", "A", answer=answers[k % 3]) for k in range(60)]
    _, _, found = merged(many, [], None, TALL)
    assert len(found.knots) == TALL.cap
    assert all(len({item.answer for item in knot.items}) == 1 for knot in found.knots)
