"""Where children take part everybody says first how old they are, and whoever runs it says yes for those under 13."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.listen.conftest import Talk
from tests.listen.stories.test_stories import as_
from tests.reading import read
from weft.core.errors import Refused
from weft.listen.conversations import actions
from weft.listen.conversations.models import Conversation, Participant, Vote
from weft.listen.tables.actions import begin_table
from weft.listen.tables.queries import pin_of
from weft.people.programmes.models import Membership, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def children(talk: Talk) -> Talk:
    """The conversation, for children."""
    Conversation.objects.filter(pk=talk.conversation.pk).update(for_children=True)
    talk.conversation.refresh_from_db()
    return talk


def says(phone: Client, talk: Talk, age: str, **more: str) -> str:
    """Say how old one is; the page that comes, or where it leads."""
    page = phone.post(f"{talk.page}age/", {**talk.hidden(phone, "age/"), "age": age, **more})
    return page["Location"] if page.status_code == 302 else read(page)


@pytest.mark.parametrize("path", ["", "card/1/", "add/", "story/"])
def test_nothing_is_asked_before_the_age(children: Talk, path: str):
    assert Client().get(children.page + path)["Location"] == f"{children.page}age/"


def test_an_answer_without_an_age_is_refused(children: Talk):
    sent = {"statement": str(children.cards[0].pk), "key": "6f1f8f0e-8a0e-4d0e-9d5e-0a3b7b7a8f11", "choice": "agree"}
    assert Client().post(f"{children.page}answer/", sent).status_code >= 400
    assert not Participant.objects.exists()


@pytest.mark.parametrize(("age", "is_under_18"), [("adult", False), ("young", True)])
def test_it_is_asked_once_and_kept_with_the_first_answer(children: Talk, age: str, is_under_18: bool):
    phone = Client()
    assert says(phone, children, age) == children.page
    assert not Participant.objects.exists()
    children.vote(phone)
    assert Vote.objects.count() == 1
    person = Participant.objects.get()
    assert (person.is_under_18, person.adult_agreed) == (is_under_18, False)
    assert phone.get(f"{children.page}age/")["Location"] == children.page
    assert "How old" not in read(phone.get(f"{children.page}story/"))
    assert "under 18?" not in read(phone.get(f"{children.page}story/"))


def test_under_13_whoever_runs_it_says_yes_with_their_pin(children: Talk, cast: Cast):
    phone = Client()
    assert "There is no PIN today" in says(phone, children, "child")
    pin = pin_of(begin_table(by=cast.mo, conversation=children.conversation))
    assert "Nobody has said yes yet" in says(phone, children, "child")
    for wrong in ("123456" if pin != "123456" else "654321", "😀", "é", "x" * 20):
        assert "This is not the PIN" in says(phone, children, "child", pin=wrong)
    assert pin not in says(phone, children, "", pin=pin)
    arabic = pin.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert says(phone, children, "child", pin=f"{arabic[:3]} {arabic[3:]}") == children.page
    children.vote(phone)
    person = Participant.objects.get()
    assert (person.is_under_18, person.adult_agreed) == (True, True)


def test_a_story_is_marked_for_whoever_reads_it(children: Talk, cast: Cast):
    phone = Client()
    says(phone, children, "young")
    sent = {"text": "We have no bus.", "may": "use", **children.hidden(phone, "story/")}
    assert phone.post(f"{children.page}story/", sent).status_code == 302
    story = Participant.objects.get().stories.get()
    assert "Under 18" in read(as_(cast.mo).get(story.node.get_absolute_url()))


def test_the_age_of_one_is_not_that_of_the_next(children: Talk):
    phone = Client()
    says(phone, children, "young")
    phone.post(f"{children.page}finished/")
    assert phone.get(children.page)["Location"] == f"{children.page}age/"


def test_an_age_that_was_made_up_counts_for_nothing(children: Talk):
    phone = Client()
    phone.cookies["weft_age"] = "child"
    assert phone.get(children.page)["Location"] == f"{children.page}age/"


def test_whoever_took_part_before_children_did_is_asked_when_they_come_back(talk: Talk):
    phone = Client()
    talk.vote(phone)
    Conversation.objects.filter(pk=talk.conversation.pk).update(for_children=True)
    for path in ("", "card/1/", "add/", "story/"):
        assert phone.get(talk.page + path)["Location"] == f"{talk.page}age/"
    assert says(phone, talk, "young") == talk.page
    person = Participant.objects.get()
    assert (person.is_under_18, person.said_age) == (True, True)
    del phone.cookies["weft_age"]
    assert phone.get(talk.page).status_code == 200, "it is asked once"


@pytest.mark.parametrize("has_answered", [True, False])
def test_whoever_tapped_the_wrong_age_says_it_again(children: Talk, has_answered: bool):
    phone = Client()
    says(phone, children, "adult")
    if has_answered:
        children.vote(phone)
    assert "age/?again=1" in read(phone.get(children.page))
    page = f"{children.page}age/?again=1"
    assert "How old are you?" in read(phone.get(page))
    assert phone.post(page, {**children.hidden(phone, "age/?again=1"), "age": "young"}).status_code == 302
    if not has_answered:
        children.vote(phone)
    assert Participant.objects.get().is_under_18
    assert phone.get(f"{children.page}age/")["Location"] == children.page


def test_nobody_is_asked_for_their_age_where_no_children_take_part(talk: Talk):
    assert Client().get(f"{talk.page}age/?again=1")["Location"] == talk.page


@pytest.mark.parametrize("grave", ["is_sensitive", "for_children"])
def test_it_opens_once_somebody_is_named_to_pass_concerns_to(talk: Talk, cast: Cast, grave: str):
    with pytest.raises(Refused, match="No safeguarding lead is named"):
        actions.make_conversation(by=cast.lena, of=cast.summer, prompt="What hurts?", **{grave: True})
    with pytest.raises(Refused, match="No safeguarding lead is named"):
        actions.edit_conversation(by=cast.lena, conversation=talk.conversation, **{grave: True})
    actions.close_conversation(by=None, conversation=talk.conversation)
    Conversation.objects.update(**{grave: True})
    closed = Conversation.objects.get(pk=talk.conversation.pk)
    with pytest.raises(Refused, match="No safeguarding lead is named"):
        actions.reopen_conversation(by=cast.lena, conversation=closed)
    Membership.objects.create(programme=cast.pell, user=cast.kit, role=Role.SAFEGUARDING, from_on="2026-01-01")
    actions.reopen_conversation(by=cast.lena, conversation=closed)
    assert actions.make_conversation(by=cast.lena, of=cast.summer, prompt="What hurts?", **{grave: True}).is_open


def test_the_form_says_what_stands_against_it(talk: Talk, cast: Cast):
    sent = {"prompt": "What hurts?", "language": "en-GB", "parts": ["takes_stories"], "safety": ["for_children"]}
    page = as_(cast.lena).post("/pell/summer/conversations/new/", sent)
    assert page.status_code == 422
    assert "No safeguarding lead is named" in read(page)
