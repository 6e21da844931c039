"""What came of several items: how far off, by which thread, and nothing twice."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from weft.provenance.actions import link, record
from weft.provenance.models import Node
from weft.provenance.queries import Below, Reached

pytestmark = pytest.mark.django_db


def made(cast: Cast, kind: str, title: str, *sources: Node | tuple[Node, str]) -> Node:
    return record(by=cast.lena, kind=kind, programme=cast.pell, team=cast.summer, title=title, sources=sources)


def told(reached: list[Reached]) -> list[tuple[str, int]]:
    return [(one.item.title, one.steps) for one in reached]


def test_a_passage_lies_where_its_text_does(cast: Cast) -> None:
    story = made(cast, "story", "Story")
    passage = made(cast, "excerpt", "Passage", (story, "quotes"))
    theme = made(cast, "theme", "Theme", story)
    finding = made(cast, "finding", "Finding", passage, theme)
    made(cast, "project", "Project", finding)
    found = Below([story.pk]).of(story.pk)
    assert told(found) == [("Passage", 0), ("Theme", 1), ("Finding", 1), ("Project", 2)]
    assert [one.is_passage for one in found] == [True, False, False, False]
    assert found[2].by.source == passage.pk
    assert told(Below([story.pk]).of(story.pk, within=1)) == told(found)[:3]


def test_several_are_walked_at_once_and_each_is_told_alone(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one, other = made(cast, "story", "One"), made(cast, "story", "Other")
    theme = made(cast, "theme", "Theme", one)
    both = made(cast, "finding", "Finding", theme, other)
    with django_assert_num_queries(2):
        below = Below([one.pk, other.pk])
        assert told(below.of(one.pk)) == [("Theme", 1), ("Finding", 2)]
        assert told(below.of(other.pk)) == [("Finding", 1)]
        assert told(below.of(one.pk, other.pk)) == [("Theme", 1), ("Finding", 1)]
    assert below.of(both.pk) == []
    with django_assert_num_queries(0):
        assert Below([]).of(one.pk) == []


def test_the_oldest_of_those_equally_far_comes_first_and_what_was_taken_back_not_at_all(cast: Cast) -> None:
    story = made(cast, "story", "Story")
    titles = ("First", "Second", "Third")
    first, second, third = (made(cast, "theme", title) for title in titles)
    for theme in (third, second, first):
        link(by=cast.lena, source=story, target=theme, relation="informs")
    made(cast, "finding", "Behind it", second)
    Node.objects.filter(pk=second.pk).update(withdrawn_at=second.made_at)
    assert told(Below([story.pk]).of(story.pk)) == [("First", 1), ("Third", 1), ("Behind it", 2)]


def test_the_nearest_of_some_is_found_for_every_item_above(cast: Cast) -> None:
    story, other = made(cast, "story", "Story"), made(cast, "story", "Other")
    passage = made(cast, "excerpt", "Passage", (story, "quotes"))
    finding = made(cast, "finding", "Finding", passage)
    far = made(cast, "response", "Far", made(cast, "ask", "Ask", finding))
    near = made(cast, "response", "Near", finding, other)
    made(cast, "response", "Later", finding, other)
    below = Below([story.pk, other.pk])
    found = below.nearest(item for item in below.items.values() if item.kind == "response")
    assert {found[one.pk].id for one in (story, other, passage, finding)} == {near.pk}
    assert found[far.pk].id == far.pk
    assert below.nearest([]) == {}
