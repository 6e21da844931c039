"""A conversation of the whole programme: its convenors ask, anybody takes part, and no team stands between them."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.journeys.walker import Walker
from weft.listen.conversations import actions
from weft.listen.conversations.models import Conversation, Statement
from weft.listen.stories.models import Story
from weft.provenance.models import Node
from weft.sense.maps.actions import draw_map

pytestmark = pytest.mark.django_db

TOLD = "We walked home in the dark."


def as_(user: object = None) -> Walker:
    walker = Walker()
    if user is not None:
        walker.client.force_login(user)
    return walker


@pytest.fixture
def asked(cast: Cast) -> Conversation:
    """Opened by a convenor, from the page of the cohort."""
    walker = as_(cast.cora).open(reverse("cohort:cohort", args=["pell"])).follow("Open a conversation")
    assert walker.reads("It belongs to the whole programme, and to no team alone.")
    assert walker.press("Open it", prompt="What should all of us know?").reads("The conversation is open.")
    return Conversation.objects.get()


def told(asked: Conversation) -> tuple[Walker, Story]:
    """A story that somebody without an account told there, with their receipt open."""
    walker = as_().open(f"/c/{asked.code}/story/")
    assert walker.reads("the people in the programme’s team who read stories")
    walker.press("Send my story", text=TOLD, may="quote", words="on")
    return walker, Story.objects.get()


def test_it_belongs_to_the_programme_and_is_asked_on_its_pages(cast: Cast, asked: Conversation) -> None:
    assert (asked.programme, asked.team, asked.of) == (cast.pell, None, cast.pell)
    for address in ("/pell/", "/pell/conversations/"):
        assert as_().open(address).reads("What should all of us know?")
    page = as_().open(f"/c/{asked.code}/")
    assert cast.pell.get_absolute_url() in [href for _, href in page.page.links]
    assert page.reads("Pell Coast Together")


def test_those_who_may_not_convene_do_not_see_its_inside(cast: Cast, asked: Conversation) -> None:
    _, story = told(asked)
    inside = f"/pell/items/conversations/{asked.code}/"
    for address in (inside, f"{inside}edit/", f"{inside}paper/", "/pell/items/stories/", f"{inside}poster/"):
        assert as_(cast.cora).open(address).status == 200, address
        for who in (cast.lena, cast.mo, cast.kit, cast.nobody):
            assert as_(who).open(address).status == 404, f"{who} at {address}"
    assert story.node.team is None
    assert as_(cast.mo).open(f"/pell/summer/conversations/{asked.code}/").status == 404


def test_what_is_said_waits_for_a_convenor(cast: Cast, asked: Conversation) -> None:
    _, story = told(asked)
    added = as_().open(f"/c/{asked.code}/add/")
    assert added.reads("Someone in the programme’s team reads your card first.")
    added.press("Add my card", text="The bus costs too much.")
    cohort = as_(cast.cora).open(reverse("cohort:cohort", args=["pell"]))
    assert cohort.reads("One card waits to be read.")
    assert cohort.reads("One story is waiting to be read.")
    cohort.follow("Read it")
    assert cohort.reads("The bus costs too much.")
    cohort.press("Show it")
    assert as_().open(Statement.objects.get().node.get_absolute_url()).reads("The bus costs too much.")
    read = as_(cast.cora).open("/pell/items/stories/?show=held").follow(TOLD).press("Release it")
    story.refresh_from_db()
    assert story.read_at is not None
    assert read.status == 200
    assert as_().open(story.node.get_absolute_url()).reads(TOLD)


def test_whoever_said_it_has_a_receipt_and_takes_it_back(asked: Conversation) -> None:
    walker, story = told(asked)
    assert walker.reads("Someone in the programme’s team reads it.")
    walker.press("Open my receipt")
    assert walker.reads(TOLD)
    walker.open(reverse("receipts:withdraw", args=[story.node.code])).press("Yes, take it back")
    assert Node.objects.get(pk=story.node_id).is_withdrawn


def test_a_story_from_paper_leads_to_its_slip(cast: Cast, asked: Conversation) -> None:
    walker = as_(cast.cora).open(f"/pell/items/conversations/{asked.code}/paper/")
    walker.press("Save", text=TOLD, may="read", words="on")
    assert walker.address == f"/pell/items/conversations/{asked.code}/slip/"


def test_its_map_is_drawn_and_belongs_to_the_programme(cast: Cast, asked: Conversation) -> None:
    card = actions.add_statement(by=cast.cora, conversation=asked, text="The bus costs too much.")
    for number in range(12):
        person = actions.add_participant(by=None, conversation=asked, secret=f"a secret of {number}")
        actions.cast_votes(
            by=None,
            conversation=asked,
            rows=[actions.Cast(person.pk, card.pk, 1, person.came_at, person.pk)],
        )
    cohort = as_(cast.cora).open(reverse("cohort:cohort", args=["pell"])).follow("Draw an opinion map")
    assert cohort.press("Draw it").status == 200
    node = Node.objects.get(kind="map")
    assert node.team is None
    assert Client().get(node.get_absolute_url()).status_code == 200
    assert draw_map(by=None, conversation=asked).node == node
