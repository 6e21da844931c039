"""Whoever only taps on cards, and whoever tells a story that is not used, comes back to what came of it."""

import re
from datetime import date

import pytest

from tests.cast import Cast
from tests.journeys.walker import Walker
from tests.moments import moment
from tests.voting import cast_vote
from weft.act.manifestos.actions import make_ask
from weft.listen.conversations.actions import add_participant, add_statement, make_conversation
from weft.listen.conversations.models import Conversation
from weft.listen.stories.models import Story
from weft.sense.findings.actions import make_finding
from weft.share.responses.actions import respond

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    """A conversation with one card, which twenty others have answered."""
    talk = make_conversation(by=cast.mo, of=cast.summer, prompt="How do you get home?", code="tide123")
    card = add_statement(by=cast.mo, conversation=talk, text="Buses should run until nine.", moderation=1)
    for number in range(22):
        other = add_participant(by=None, conversation=talk)
        cast_vote(by=other, on=card, choice=1 if number < 12 else -1)
    return talk


def vote() -> Walker:
    phone = Walker().open("/c/tide123/").press("Agree")
    return phone.open("/c/tide123/sent/")


def words_of(phone: Walker) -> str:
    found = re.search(r'<p class="weft-words">(.*?)</p>', phone.html, re.S)
    assert found
    return " ".join(re.findall(r"<span>(\w+)</span>", found[1]))


def open_later(words: str) -> Walker:
    """The receipt on another phone."""
    return Walker().open("/r/").press("Open my receipt", code="tide123", words=words)


def says(phone: Walker, words: str) -> bool:
    """Whether a page says so, wherever its tags stand."""
    return "".join(words.split()) in "".join("".join(phone.page.words).split())


def use_the_card(cast: Cast, talk: Conversation) -> None:
    """The team finds something of the card, asks for it, and is answered."""
    card = talk.statements.get()
    found = make_finding(
        by=cast.mo, of=cast.summer, title="After six there is no bus", evidence=[(card.node, "supports")]
    )
    asked = {"text": "All week.", "to_role": "Head of transport", "asked_on": date(2026, 3, 1)}
    ask = make_ask(by=cast.mo, of=cast.summer, title="Run a bus at nine", sources=[found.node], **asked)
    said = {"by_role": "Head of transport", "on": date(2026, 3, 2), "reasons": "There is a driver from June on."}
    respond(by=cast.mo, to=ask.node, answer="yes", **said)


def test_whoever_only_tapped_comes_back_to_an_answer(cast: Cast, talk: Conversation):
    words = words_of(vote().press("Give me four words"))
    moment(talk)
    phone = open_later(words)
    assert says(phone, "What happened to your answers")
    assert says(phone, "It is not used so far.")
    assert says(phone, "You agreed. Of 23 people, 13 agreed and 10 did not.")
    use_the_card(cast, talk)
    phone.open("/r/yours/")
    assert says(phone, "Counted in After six there is no bus")
    assert says(phone, "Head of transport, on “Run a bus at nine”: yes. “There is a driver from June on.”")
    phone.press("Partly")
    assert phone.address == "/r/yours/"
    assert says(phone, "You said of the answer: it answered in part.")
    phone.follow("The whole answer").follow("Back to my receipt")
    phone.follow("Take back my 1 answer to a card").press("Yes, take it back").open("/r/yours/")
    assert says(phone, "Nothing is here any more. You took it back.")
    assert not says(phone, "Who answered")


def test_a_story_is_not_used_but_the_answer_to_a_card_is(cast: Cast, talk: Conversation):
    phone = vote().open("/c/tide123/story/")
    phone.press("Send my story", text="The car park is full by nine.", may="quote", words="on")
    words = words_of(phone)
    reader = Walker()
    reader.client.force_login(cast.mo)
    reader.open(Story.objects.get().node.get_absolute_url()).follow("Say why it is not used")
    reader.press("Save", because="we work on the bus.")
    use_the_card(cast, talk)
    phone = open_later(words)
    assert says(phone, "The car park is full by nine.")
    assert says(phone, "Not used, because we work on the bus.")
    assert says(phone, "But one of the cards that you wrote or answered is counted: see below.")
    assert says(phone, "Counted in After six there is no bus")
    assert says(phone, "Did that answer you?")
