"""Changing one's mind about what may be done with a story, while the story stays."""

import re

import pytest
from django.test import Client

from tests.listen.conftest import Talk
from weft.core.errors import Refused
from weft.listen.conversations.models import Consent, Participant
from weft.listen.receipts.actions import issue
from weft.listen.stories import actions, queries
from weft.listen.stories.actions import withdraw_story
from weft.listen.stories.models import Story
from weft.listen.themes.actions import gather, make_theme
from weft.people.audit.models import Entry
from weft.provenance.models import Link, Node
from weft.provenance.queries import search
from weft.sense.findings.actions import make_finding
from weft.sense.sources.actions import take_excerpt
from weft.share.reports.actions import add_section, begin_report, publish

WORDS = "We walk home in the dark because the last bus goes at six."


@pytest.fixture
def teller(talk: Talk) -> Participant:
    return talk.person("one")


@pytest.fixture
def story(teller: Participant) -> Story:
    scopes = ("analyse", "quote", "describe")
    return actions.tell(
        by=teller, participant=teller, text=WORDS, scopes=scopes, described_as="a mother of two in Ormsea"
    )


def opened(participant: Participant, secret: str) -> Client:
    """A phone on which this receipt is open."""
    client, words = Client(), issue(by=None, participant=participant, secret=secret)
    assert client.post("/r/", {"code": "tide123", "words": " ".join(words)})["Location"] == "/r/yours/"
    return client


@pytest.fixture
def phone(teller: Participant, story: Story) -> Client:
    return opened(teller, "one")


def quoted_everywhere(cast, story: Story) -> dict[str, Node]:
    """The words in a theme, an excerpt, a finding and a published edition."""
    theme = make_theme(
        by=cast.mo, of=cast.summer, title="Dark walks", summary=f"Said a mother of two in Ormsea: {WORDS}"
    )
    gather(by=cast.mo, row=theme, sources=[story.node])
    excerpt = take_excerpt(by=cast.mo, of=story.node, start=0, end=24)
    finding = make_finding(
        by=cast.mo,
        of=cast.summer,
        title="After six there is no bus",
        text=f"One said: {WORDS}",
        evidence=[(theme.node, "supports")],
    )
    report = begin_report(by=cast.cora, programme=cast.pell, title="Report")
    add_section(by=cast.cora, report=report, title="Buses", text=f"“{WORDS}” [[{finding.node.code}]].")
    edition = publish(by=cast.cora, report=report)
    return {"theme": theme.node, "excerpt": excerpt.node, "finding": finding.node, "edition": edition.node}


def scopes(story: Story) -> set[str]:
    return queries.scopes_of([story.pk]).get(story.pk, set())


def test_without_quoting_the_words_leave_every_page_and_the_team_keeps_reading(cast, story: Story):
    actions.release(by=cast.mo, row=story)
    made = quoted_everywhere(cast, story)
    actions.change_allowed(by=story.participant, row=story, scopes=["analyse"])
    stranger, member = Client(), Client()
    member.force_login(cast.mo)
    assert stranger.get(story.node.get_absolute_url()).status_code == 404
    assert WORDS in member.get(story.node.get_absolute_url()).text
    assert stranger.get(made["excerpt"].get_absolute_url()).status_code == 410
    for name in ("theme", "finding", "edition"):
        page = stranger.get(made[name].get_absolute_url()).text
        assert "last bus goes" not in page, name
        assert "a mother of two" not in page, name
        assert "words taken back on" in page, name
    from django.contrib.auth.models import AnonymousUser

    from weft.people.programmes.access import standing_of

    assert not search(cast.pell, "dark", standing_of(AnonymousUser(), cast.pell)).filter(kind="story").exists()
    assert Link.objects.filter(source=story.node, target=made["theme"], withdrawn_at=None).exists()
    assert scopes(story) == {"analyse"}


def test_without_any_use_nothing_rests_on_it_and_nothing_can(cast, story: Story):
    made = quoted_everywhere(cast, story)
    actions.change_allowed(by=story.participant, row=story, scopes=[])
    assert not Link.objects.filter(source=story.node, withdrawn_at=None).exists()
    with pytest.raises(Refused, match="only read"):
        gather(by=cast.mo, row=made["theme"].theme, sources=[story.node])
    assert Story.objects.get(pk=story.pk).text == WORDS
    assert Node.objects.get(pk=story.pk).visibility == "team"


def test_quoting_without_the_description_takes_the_description_alone(cast, story: Story):
    made = quoted_everywhere(cast, story)
    actions.change_allowed(by=story.participant, row=story, scopes=["analyse", "quote"], described_as="a mother")
    page = Client().get(made["theme"].get_absolute_url()).text
    assert "a mother of two" not in page
    assert "last bus goes" in page
    assert "a mother" not in Client().get(story.node.get_absolute_url()).text


def test_what_a_teller_says_of_themselves_in_their_story_stays_there(talk: Talk, teller: Participant):
    text = f"I am a mother of two in Ormsea. {WORDS}"
    facts = {"by": teller, "participant": teller, "text": text}
    row = actions.tell(scopes=["analyse", "describe"], described_as="a mother of two in Ormsea", **facts)
    again = actions.tell(scopes=["quote"], **facts)
    actions.change_allowed(by=teller, row=row, scopes=[])
    for one in (row, again):
        one.refresh_from_db()
        one.node.refresh_from_db()
        assert (one.text, one.node.title) == (text, actions.title_of(text))


def test_what_was_not_allowed_may_be_allowed_later_with_the_wording_of_the_day(cast, talk: Talk, teller: Participant):
    story = actions.tell(by=teller, participant=teller, text=WORDS, scopes=["analyse"], wording="2026-01")
    actions.change_allowed(by=teller, row=story, scopes=["quote", "analyse"], wording="2026-11")
    assert dict(Consent.objects.filter(node=story.node).values_list("scope", "wording")) == {
        "analyse": "2026-01",
        "quote": "2026-11",
    }
    assert Client().get(story.node.get_absolute_url()).status_code == 404
    actions.release(by=cast.mo, row=story)
    assert WORDS in Client().get(story.node.get_absolute_url()).text


def test_what_is_taken_back_is_dated_and_the_trail_holds_no_words(story: Story):
    actions.change_allowed(by=story.participant, row=story, scopes=["analyse"])
    kept = dict(Consent.objects.filter(node=story.node).values_list("scope", "withdrawn_at"))
    assert kept["analyse"] is None
    assert kept["quote"] == kept["describe"] is not None
    entry = Entry.objects.filter(did="changed what is allowed of story").get()
    assert (entry.on, "bus" in str(entry.detail)) == (story.node.code, False)


def test_nobody_wears_down_an_older_page_by_copying_it_and_changing_their_mind(cast, teller: Participant):
    finding = make_finding(by=cast.mo, of=cast.summer, title="Buses", text=WORDS)
    copy = actions.tell(by=teller, participant=teller, text=WORDS, scopes=["quote"])
    actions.change_allowed(by=teller, row=copy, scopes=[])
    finding.refresh_from_db()
    assert finding.text == WORDS


def test_a_story_that_was_taken_back_has_nothing_to_allow(story: Story, phone: Client):
    withdraw_story(by=None, row=story)
    with pytest.raises(Refused):
        actions.change_allowed(by=None, row=story, scopes=["quote"])
    assert phone.get(f"/r/yours/{story.node.code}/allowed/").status_code == 404


def test_the_receipt_leads_to_the_choices_and_keeps_them(story: Story, phone: Client):
    address = f"/r/yours/{story.node.code}/allowed/"
    assert address in phone.get("/r/yours/").text
    page = phone.get(address)
    assert page["Cache-Control"] == "no-store"
    assert re.findall(r'value="(\w+)"[^>]*\schecked', page.text) == ["quote"]
    assert phone.post(address, {"may": "use", "described_as": "", "revision": 1})["Location"] == "/r/yours/"
    assert "You allowed: Use it to find what people share." in phone.get("/r/yours/").text
    assert phone.post(address, {"may": "read", "revision": 2})["Location"] == "/r/yours/"
    assert "You allowed nothing but reading it." in phone.get("/r/yours/").text


def test_nothing_is_changed_before_something_is_chosen(story: Story, phone: Client):
    answer = phone.post(f"/r/yours/{story.node.code}/allowed/", {"described_as": "a baker", "revision": 1})
    assert answer.status_code == 422
    assert "You have not said what may be done with it." in answer.text
    assert scopes(story) == {"analyse", "quote", "describe"}


def test_a_description_goes_where_it_is_left_empty(story: Story, phone: Client):
    phone.post(f"/r/yours/{story.node.code}/allowed/", {"may": "quote", "described_as": "", "revision": 1})
    assert scopes(story) == {"analyse", "quote"}


def test_only_the_open_receipt_of_its_teller_changes_it(story: Story, talk: Talk):
    address = f"/r/yours/{story.node.code}/allowed/"
    assert Client().post(address, {"may": "read"})["Location"] == "/r/"
    assert opened(talk.person("two"), "two").post(address, {"may": "read"}).status_code == 404
    assert scopes(story) == {"analyse", "quote", "describe"}


def test_the_team_changes_it_for_somebody_who_asked_on_paper(cast, story: Story, client: Client):
    address = f"/pell/{story.node.code}/allowed/"
    client.force_login(cast.mo)
    assert "on paper or in person" in client.get(address).text
    assert client.post(address, {"may": "read", "revision": 1})["Location"] == story.node.get_absolute_url()
    assert scopes(story) == set()
