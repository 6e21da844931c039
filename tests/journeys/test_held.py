"""A child tells of harm: those who were told read it, and nobody else does on any page until it is released."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.journeys.crawl import pages
from tests.journeys.walker import Walker
from tests.share.world import World, draft, world
from weft.listen.stories.models import Story
from weft.listen.themes.actions import gather, make_theme
from weft.people.accounts.models import User
from weft.sense.findings.actions import make_finding
from weft.sense.sources.actions import take_excerpt

pytestmark = pytest.mark.sqlite

WORDS = "Quince said he waits behind the hut for me after every swim."
LISTS = ("/", "/pell/", "/pell/summer/", "/pell/search/?words=quince", "/pell/search/?words=hut&kind=story")


@pytest.fixture
def made(cast: Cast) -> World:
    return world(cast, people=4, stories=3, votes=0)


@pytest.fixture
def told(made: World) -> Story:
    walker = Walker().open(f"/c/{made.talk.code}/story/")
    walker.press("Send my story", text=WORDS, may="quote", under_18="yes")
    assert walker.reads("Sent. We have your story.")
    return Story.objects.get(text=WORDS)


def where(reader: User | None) -> set[str]:
    """The pages on which a reader meets any of the words."""
    return {
        address for address, page in pages(reader, LISTS).items() if "uince said" in page or "behind the hut" in page
    }


def use(made: World, told: Story) -> None:
    """Do with the story all that its teller allows, before anybody has decided who may read it."""
    cast = made.cast
    theme = make_theme(by=cast.mo, of=cast.summer, title="Around the pool")
    gather(by=cast.mo, row=theme, sources=[told.node])
    passage = take_excerpt(by=cast.mo, of=told.node, start=0, end=28).node
    evidence = [(told.node, "supports"), (passage, "supports")]
    text = f"As [[{told.node.code}]] and [[{passage.code}]] say."
    make_finding(by=cast.mo, of=cast.summer, title="It is not safe there", text=text, evidence=evidence)


def decide(made: World, told: Story, button: str) -> None:
    """What somebody in the team decides, on the story's page."""
    walker = Walker()
    walker.client.force_login(made.cast.mo)
    walker.open(told.node.get_absolute_url()).press(button)
    assert walker.status == 200


def test_nobody_else_reads_it_until_it_is_released(made: World, told: Story):
    use(made, told)
    for reader in (None, made.cast.kit):
        assert where(reader) == set()
    assert told.node.get_absolute_url() in where(made.cast.mo)
    decide(made, told, "Release it")
    assert len(where(None)) > 3
    decide(made, told, "Keep it in the team")
    assert where(None) == where(made.cast.kit) == set()


def test_no_report_cites_it_before(made: World, told: Story):
    draft(made, f"It is not safe there [[{told.node.code}]].")
    convenor = Client()
    convenor.force_login(made.cast.cora)
    check = convenor.get("/pell/report/check/").text
    assert f"[[{told.node.code}]] cannot be opened by every reader." in check
    assert "Publish this edition" not in check
