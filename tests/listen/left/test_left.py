"""A voice left: the team looks again at what repeated it, and decides what becomes of the words."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from weft.listen.conversations.actions import add_participant, make_conversation
from weft.listen.stories.actions import change_allowed, tell, withdraw_story
from weft.listen.themes.actions import make_theme
from weft.people.audit.models import Entry
from weft.provenance.models import Mask
from weft.share.reports.actions import add_section, begin_report

WORDS = "We walk home in the dark because the last bus goes at six"
ADDRESS = "/pell/summer/voices-left/"


@pytest.fixture
def story(cast: Cast) -> Any:
    conversation = make_conversation(by=cast.lena, of=cast.summer, prompt="What happens after six?", code="tide123")
    teller = add_participant(by=None, conversation=conversation, secret="one")
    return tell(by=teller, participant=teller, text=WORDS, scopes=["quote"])


@pytest.fixture
def theme(cast: Cast, story: Any) -> Any:
    return make_theme(by=cast.mo, of=cast.summer, title="Buses", summary=f"One said: {WORDS}.", sources=[story.node])


def page(client: Client, who: Any, address: str = ADDRESS) -> str:
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.text


def decide(client: Client, voice: Any, item: Any, do: str, address: str = ADDRESS) -> int:
    named = {"item": item.pk} if item else {}
    return client.post(f"{address}decide/", {"voice": voice.pk, "do": do, **named}).status_code


def test_the_team_is_told_and_shown_the_place_and_nobody_else_is(client: Client, cast: Cast, story: Any, theme: Any):
    assert "No words wait for a decision." in page(client, cast.mo)
    withdraw_story(by=None, row=story)
    assert "A voice left: one text to look at again." in page(client, cast.mo, "/pell/summer/work/listen/")
    shown = page(client, cast.mo)
    assert WORDS in shown
    assert theme.node.code in shown
    assert "What rests on one voice less" in shown
    client.force_login(cast.kit)
    assert client.get(ADDRESS).status_code == 404
    assert WORDS not in page(client, cast.kit, f"/pell/{theme.node.code}/")
    client.force_login(cast.kit)
    assert decide(client, story.node, theme.node, "give_back") == 404
    assert Mask.objects.exists()


def test_the_words_are_erased_by_a_named_person_and_cannot_come_back(
    client: Client, cast: Cast, story: Any, theme: Any
):
    withdraw_story(by=None, row=story)
    page(client, cast.mo)
    assert decide(client, story.node, theme.node, "let_go") == 302
    assert not Mask.objects.exists()
    assert decide(client, story.node, theme.node, "give_back") == 409
    theme.refresh_from_db()
    assert "last bus" not in theme.summary
    assert Entry.objects.filter(did="let go of words taken back", on=theme.node.code, by=cast.mo).exists()


def test_words_that_were_not_theirs_are_put_back(client: Client, cast: Cast, story: Any, theme: Any):
    withdraw_story(by=None, row=story)
    page(client, cast.mo)
    assert decide(client, story.node, theme.node, "give_back") == 302
    theme.refresh_from_db()
    assert theme.summary == f"One said: {WORDS}."
    assert Entry.objects.filter(did="gave back words that were not taken back", on=theme.node.code).exists()


def test_after_their_time_nobody_is_shown_words_or_can_put_them_back(
    client: Client, cast: Cast, story: Any, theme: Any
):
    withdraw_story(by=None, row=story)
    Mask.objects.update(made_at=timezone.now() - timedelta(days=31))
    assert WORDS not in page(client, cast.mo)
    assert decide(client, story.node, theme.node, "give_back") == 409
    assert not Mask.objects.exists()


def test_the_draft_of_the_report_is_looked_at_by_the_convenors(client: Client, cast: Cast, story: Any, theme: Any):
    report = begin_report(by=cast.cora, programme=cast.pell, title="Report")
    section = add_section(by=cast.cora, report=report, title="Buses", text=f"{WORDS} [[{theme.node.code}]].")
    withdraw_story(by=None, row=story)
    section.refresh_from_db()
    assert "last bus" not in section.text
    assert f"[[{theme.node.code}]]" in section.text
    own = "/pell/items/voices-left/"
    assert "The draft of the report" in page(client, cast.cora, own)
    assert "The draft of the report" not in page(client, cast.mo)
    assert decide(client, story.node, None, "give_back", own) == 404
    client.force_login(cast.cora)
    assert decide(client, story.node, None, "give_back", own) == 302
    section.refresh_from_db()
    assert section.text == f"{WORDS} [[{theme.node.code}]]."


def test_a_draft_that_cites_nothing_of_it_is_left_alone(cast: Cast, story: Any):
    report = begin_report(by=cast.cora, programme=cast.pell, title="Report")
    section = add_section(by=cast.cora, report=report, title="Buses", text=f"{WORDS}.")
    withdraw_story(by=None, row=story)
    section.refresh_from_db()
    assert section.text == f"{WORDS}."


def test_what_may_not_be_quoted_any_more_waits_in_the_same_way(client: Client, cast: Cast, story: Any, theme: Any):
    change_allowed(by=None, row=story, scopes=["analyse"])
    shown = page(client, cast.mo)
    assert "is not to be" in shown
    assert WORDS in shown
