"""The things behind an item, counted where its threads begin."""

import pytest

from tests.cast import Cast
from tests.share.world import World, world
from weft.learn.insights.actions import make_insight
from weft.listen.stories.actions import withdraw_story
from weft.provenance.models import Node
from weft.provenance.queries import sources_among, things, things_in_words, traces
from weft.sense.findings.actions import make_finding
from weft.sense.sources.actions import add_source

pytestmark = pytest.mark.django_db


def behind(node: Node) -> dict[str, int]:
    found = traces([node.pk], "up", 2000)[node.pk]
    return things([node.pk], found.items.values(), sources_among(found.threads))


@pytest.fixture
def made(cast: Cast) -> World:
    return world(cast, 12)


def test_each_thing_counts_once_however_many_threads_lead_to_it(made: World):
    one, other = made.stories[0].node, made.stories[1].node
    findings = [
        make_finding(
            by=made.cast.mo, of=made.cast.summer, title=f"So {n}", evidence=[(one, "supports"), (other, "supports")]
        ).node
        for n in range(2)
    ]
    source = add_source(by=made.cast.mo, of=made.cast.summer, title="Fares", type="data").node
    insight = make_insight(by=made.cast.cora, of=made.cast.pell, title="So it is", cases=findings).node
    assert behind(insight) == {"story": 2}
    more = make_finding(
        by=made.cast.mo,
        of=made.cast.summer,
        title="More",
        evidence=[(source, "contradicts"), (findings[0], "supports")],
    )
    assert behind(more.node) == {"story": 2, "source": 1}


def test_what_was_taken_back_is_none_and_a_finding_of_nothing_has_nothing(made: World):
    story = made.stories[0]
    found = make_finding(by=made.cast.mo, of=made.cast.summer, title="So", evidence=[(story.node, "supports")]).node
    withdraw_story(by=None, row=story)
    assert behind(found) == {}
    assert things_in_words({}, 0) == ""


@pytest.mark.parametrize(
    ("found", "answers", "said"),
    [
        ({"story": 1}, 0, "1 story"),
        (
            {"source": 2, "story": 6, "statement": 3},
            121,
            "3 statements, 6 stories and 2 sources; answers from 121 people",
        ),
        ({"statement": 1}, 4, "1 statement; answers from fewer than 10 people"),
        ({"story": 1200}, 0, "1,200 stories"),
    ],
)
def test_things_are_told_exactly_and_people_by_the_rule(found: dict[str, int], answers: int, said: str):
    assert things_in_words(found, answers) == said
