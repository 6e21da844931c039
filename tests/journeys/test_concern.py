"""What may mean danger is passed on: from then on the safeguarding lead alone meets it, on a page of hers."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection

from tests.cast import Cast, joins, person
from tests.journeys.crawl import pages
from tests.journeys.test_held import LISTS, WORDS, use
from tests.journeys.walker import Walker
from tests.share.world import World, world
from weft.cli import main
from weft.listen.concerns.models import Concern, ConcernNote
from weft.listen.conversations.actions import add_participant, add_statement, answer
from weft.listen.conversations.models import Moderation, Statement
from weft.listen.conversations.queries import ballot_for
from weft.listen.stories.models import Story
from weft.people.accounts.models import User
from weft.provenance.models import Mask
from weft.sense.findings.models import Finding
from weft.sense.maps.queries import ballots
from weft.sense.sources.models import Excerpt

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast: Cast) -> World:
    return world(cast, people=4, stories=2, votes=0)


@pytest.fixture
def gale(made: World) -> User:
    lead = person("Gale")
    joins(lead, made.cast.pell, None, "safeguarding")
    return lead


@pytest.fixture
def child(made: World) -> Walker:
    """A child who tells of harm, with their four words."""
    walker = Walker().open(f"/c/{made.talk.code}/story/")
    walker.press("Send my story", text=WORDS, may="quote", words="on", under_18="yes")
    assert walker.reads("Sent. We have your story.")
    return walker


@pytest.fixture
def told(child: Walker) -> Story:
    return Story.objects.get(text=WORDS)


def walker_of(user: User) -> Walker:
    walker = Walker()
    walker.client.force_login(user)
    return walker


def where(reader: User | None) -> set[str]:
    """The pages on which a reader meets any of the words."""
    found = pages(reader, LISTS).items()
    return {address for address, page in found if "uince said" in page or "behind the hut" in page}


def pass_on(who: User, address: str) -> Walker:
    walker = walker_of(who).open(address).follow("Somebody may be in danger: pass it on")
    return walker.press("Pass it on", why="It is about harm.")


@pytest.mark.sqlite
def test_from_then_on_the_lead_alone_meets_it(
    made: World,
    told: Story,
    gale: User,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    django_capture_on_commit_callbacks: Any,
):
    cast = made.cast
    use(made, told)
    Finding.objects.filter(node__title="It is not safe there").update(text=f"They say: {WORDS}")
    assert WORDS in walker_of(cast.mo).open(told.node.get_absolute_url()).html
    with django_capture_on_commit_callbacks(execute=True):
        passed = pass_on(cast.mo, told.node.get_absolute_url())
    assert passed.reads("is with Gale now. Nobody else can see it.")
    for reader in (None, cast.mo, cast.cora):
        assert where(reader) == set()
        walker = walker_of(reader) if reader else Walker()
        assert walker.open(told.node.get_absolute_url()).status == 404
    concern = f"/pell/concerns/{told.node.code}/"
    assert where(gale) == {"/pell/concerns/", concern}
    assert walker_of(gale).open("/mine/").follow("Concerns that were passed to you").reads(WORDS[:20])
    assert walker_of(gale).open(concern).reads(WORDS)
    for reader in (cast.mo, cast.cora, cast.kit):
        assert walker_of(reader).open(concern).status == 404
    (letter,) = mail.outbox
    assert letter.to == ["gale@example.org"]
    assert "uince" not in letter.body + letter.subject
    for command in (
        ["dump", "pell"],
        ["trace", told.node.code, "--json"],
        ["export", "polis", made.talk.code, str(tmp_path)],
    ):
        main(command)
        assert "uince" not in capsys.readouterr().out
    assert "uince" not in "".join(path.read_text() for path in tmp_path.iterdir())
    main(["dump", "pell"])
    printed = capsys.readouterr()
    assert told.node.code not in printed.out
    assert printed.err == "Left out, since passed to a safeguarding lead: 1.\n"


def test_what_was_done_is_noted_and_it_is_handed_back(made: World, told: Story, gale: User):
    use(made, told)
    Finding.objects.filter(node__title="It is not safe there").update(text=f"They say: {WORDS}")
    pass_on(made.cast.mo, told.node.get_absolute_url())
    finding = Finding.objects.get(node__title="It is not safe there")
    assert "hut" not in finding.text
    lead = walker_of(gale).open(f"/pell/concerns/{told.node.code}/")
    lead.press("Save the note", did="Spoke to the school.")
    assert lead.reads("Spoke to the school.")
    lead.press("Dealt with: keep it sealed", did="It is with the school now.")
    assert lead.reads("It stays sealed.")
    lead.press("Hand it back to the team", did="It was a story from a film.")
    assert lead.reads("It is with the team again, and with nobody else.")
    assert [note.made_by for note in ConcernNote.objects.all()] == [gale] * 3
    assert walker_of(made.cast.mo).open(told.node.get_absolute_url()).reads(WORDS)
    assert Walker().open(told.node.get_absolute_url()).status == 404
    finding.refresh_from_db()
    assert finding.text == f"They say: {WORDS}"
    assert not Mask.objects.exists()


def test_whoever_told_it_takes_it_back_all_the_same(made: World, told: Story, child: Walker, gale: User):
    pass_on(made.cast.mo, told.node.get_absolute_url())
    child.open(f"/c/{made.talk.code}/sent/").press("Open my receipt")
    assert child.reads(WORDS)
    child.open(f"/r/yours/{told.node.code}/withdraw/").press("Yes, take it back")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM stories_story")
        assert not [text for (text,) in cursor.fetchall() if "hut" in text]
    assert walker_of(gale).open(f"/pell/concerns/{told.node.code}/").reads("Its words are gone.")


@pytest.mark.parametrize("is_handed_back", [False, True])
def test_passages_go_with_it_when_it_is_taken_back(
    made: World, told: Story, child: Walker, gale: User, is_handed_back: bool
):
    use(made, told)
    pass_on(made.cast.mo, told.node.get_absolute_url())
    lead = walker_of(gale).open(f"/pell/concerns/{told.node.code}/")
    if is_handed_back:
        lead.press("Hand it back to the team", did="It was a film.")
        sent = {"did": "Again.", "do": "hand_back"}
        assert lead.client.post(f"/pell/concerns/{told.node.code}/", sent).status_code in {409, 422}
    assert Excerpt.every.get().quote
    child.open(f"/c/{made.talk.code}/sent/").press("Open my receipt")
    child.open(f"/r/yours/{told.node.code}/withdraw/").press("Yes, take it back")
    passage = Excerpt.every.get()
    assert (passage.quote, passage.node.title, passage.node.is_withdrawn) == ("", "", True)


def test_where_nobody_is_named_it_is_sealed_and_the_team_is_told_whom_to_ask(made: World, told: Story):
    passed = pass_on(made.cast.mo, told.node.get_absolute_url())
    assert passed.reads("is sealed, but nobody can read it. No safeguarding lead is named. Tell Cora today")
    assert Walker().open(told.node.get_absolute_url()).status == 404
    assert where(made.cast.cora) == set()


def test_a_lead_of_another_team_is_shown_nothing(made: World, told: Story):
    other = person("Other")
    joins(other, made.cast.pell, made.cast.company, "safeguarding")
    pass_on(made.cast.mo, told.node.get_absolute_url())
    assert walker_of(other).open("/pell/concerns/").reads("Nothing was passed to you so far.")
    assert walker_of(other).open(f"/pell/concerns/{told.node.code}/").status == 404


def test_a_card_is_asked_of_nobody_any_more(made: World, gale: User, tmp_path: Path):
    cast, talk = made.cast, made.talk
    author = talk.participants.first()
    card = add_statement(by=cast.mo, conversation=talk, text=WORDS)
    address = f"/pell/summer/conversations/{talk.code}/"
    add_participant(by=None, conversation=talk, secret="voter")
    answer(by=ballot_for(talk.code, card.pk, "voter"), choice=1, key=uuid4())
    passed = walker_of(cast.mo).open(f"/pell/{card.node.code}/pass-on/").press("Pass it on")
    assert passed.reads("is with Gale now")
    assert not Statement.objects.filter(pk=card.pk).exists()
    assert Statement.every.get(pk=card.pk).moderation == Moderation.HIDDEN
    assert not walker_of(cast.mo).open(address).reads("behind the hut")
    assert not Walker().open(f"/c/{talk.code}/").reads("behind the hut")
    assert main(["export", "polis", talk.code, str(tmp_path)]) == 0
    assert not ballots(talk).votes
    another = add_statement(by=author, conversation=talk, text="The pool is cold.")
    assert another.number == card.number + 1
    assert Concern.objects.get().passed_by == cast.mo
