"""A story whose teller allowed reading and no more: its team reads it, and no page offers it for anything."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.share.world import World, draft, world
from weft.act.projects.actions import begin_project
from weft.learn.insights.actions import make_insight
from weft.listen.stories.actions import tell
from weft.listen.stories.models import Story
from weft.listen.themes.actions import make_theme
from weft.people.programmes.access import standing_of
from weft.provenance.models import Link, Node
from weft.provenance.queries import only_read, to_rest_on
from weft.sense.findings.actions import make_gap

WORDS = "Zebra crossings frighten my gran."
SENTENCE = "asked that it is only read. Nothing else may be done with it."


@pytest.fixture
def made(cast: Cast) -> World:
    return world(cast, people=4, stories=3, votes=0)


@pytest.fixture
def told(made: World) -> Story:
    return tell(by=made.people[3], participant=made.people[3], text=WORDS, scopes=["tell"])


@pytest.fixture
def mo(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.mo)
    return client


def offers(made: World) -> dict[str, str]:
    """Every page that offers items to tie, gather, cite or address."""
    theme, gap = (
        make_theme(by=made.cast.mo, of=made.cast.summer, title="Roads").node,
        make_gap(by=made.cast.mo, of=made.cast.summer, title="We do not know").node,
    )
    insight = make_insight(by=made.cast.mo, of=made.cast.summer, title="Roads decide").node
    begin_project(by=made.cast.mo, of=made.cast.summer, title="Walks")
    return {
        "gather": f"/pell/{theme.code}/gather/?q=",
        "evidence": f"/pell/{made.findings[0].code}/evidence/?q=",
        "offer": f"/pell/{gap.code}/offer/?q=",
        "cases": f"/pell/{insight.code}/cases/?words=",
        "ask": "/pell/summer/asks/new/?q=",
        "project": "/pell/summer/projects/new/?q=",
    }


def test_no_page_offers_it(mo: Client, made: World, told: Story):
    for name, address in offers(made).items():
        for words in ("", "zebra", told.node.code):
            page = mo.get(f"{address}{words}")
            assert page.status_code == 200, name
            html = page.content.decode().replace(f'value="{words}"', "") if words else page.content.decode()
            assert "Zebra" not in html, f"{name} {words}"
            assert told.node.code not in html, f"{name} {words}"


def test_what_may_be_used_is_offered(mo: Client, made: World, told: Story):
    for name in ("gather", "evidence", "offer"):
        assert made.stories[1].node.code in mo.get(f"{offers(made)[name]}walk").content.decode(), name


def test_its_team_finds_and_reads_it(mo: Client, made: World, told: Story):
    assert WORDS in mo.get(told.node.get_absolute_url()).content.decode()
    assert told.node.code in mo.get("/pell/search/?q=zebra").content.decode()
    assert "Zebra" in mo.get("/pell/summer/stories/").content.decode()


def test_no_passage_is_taken_from_it(mo: Client, made: World, told: Story):
    assert "/excerpt/" not in mo.get(told.node.get_absolute_url()).content.decode()
    assert "/excerpt/" in mo.get(made.stories[0].node.get_absolute_url()).content.decode()
    page = mo.get(f"/pell/{told.node.code}/excerpt/")
    assert page.status_code == 409
    assert SENTENCE in page.content.decode()


@pytest.mark.parametrize("way", ["finding", "gap", "problem", "section"])
def test_citing_it_is_refused_with_the_same_sentence(cast: Cast, made: World, told: Story, way: str):
    convenor = Client()
    convenor.force_login(cast.cora)
    section = draft(made, "So.").sections.get()
    address, facts = {
        "finding": (f"/pell/{made.findings[0].code}/edit/", {"title": "T", "revision": 1}),
        "gap": ("/pell/summer/gaps/new/", {"title": "We do not know", "key": section.key}),
        "problem": ("/pell/summer/problems/new/", {"title": "T", "key": section.key}),
        "section": (f"/pell/report/draft/sections/{section.pk}/", {"title": "T", "revision": 1}),
    }[way]
    page = convenor.post(address, {**facts, "text": f"As [[{told.node.code}]] says."})
    assert page.status_code == 422
    assert SENTENCE in page.content.decode()
    assert not Link.objects.filter(source=told.node).exists()


def test_one_condition_decides(cast: Cast, made: World, told: Story):
    nodes, here = Node.objects, standing_of(cast.cora, cast.pell)
    assert list(nodes.filter(only_read())) == [told.node]
    assert told.node not in to_rest_on(cast.pell, here, "story")
    told.node.consents.create(participant=told.participant, scope="analyse", wording="1", given_at=told.told_at)
    assert not nodes.filter(only_read()).exists()
    assert told.node in to_rest_on(cast.pell, here, "story")
