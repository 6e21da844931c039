"""What was taken back is nowhere: on no page, in no export, in no column, in no log."""

import html
import logging
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.journeys.crawl import pages
from tests.programme_file.files import SMALL, changed, loaded
from weft.cli import main
from weft.listen.conversations.actions import withdraw_statement
from weft.listen.conversations.models import Conversation, Participant, Statement, Vote, VoteEvent
from weft.listen.receipts import actions
from weft.listen.stories.actions import withdraw_story
from weft.listen.stories.models import Story
from weft.people.accounts.models import User
from weft.people.programmes.models import Programme
from weft.provenance.masks import let_go_of_old
from weft.provenance.models import Mask, Node
from weft.sense.maps.models import Placing

pytestmark = pytest.mark.long

WARM = ("", "report/", "search/?words=&kind=", "summer/", "summer/work/listen/", "summer/work/sense/")
STORY = "The fare is what keeps us away from the pool"
CARD = "The last red bus on Friday leaves without us every week."
LEFT = "We queued in the rain for an hour and went home again with nothing."
SAID = (STORY, CARD, LEFT)
# where the words are repeated, beside the excerpt, the edition and the search texts that hold them by themselves
REPEATS = {
    "text: So say [[V-2222]] and [[S-2222]].": f"text: So say [[V-2222]] and [[S-2222]]. {STORY}.",
    "Getting there costs too much [[F-2222]] [[V-2222]].": f"Getting there costs too much [[F-2222]]. {CARD}",
    "No queues [[D-2222]].": f"No queues [[D-2222]]. {LEFT}",
    "Keep them, as [[R-2222]] shows.": f"Keep them, as [[R-2222]] shows. {STORY}.",
    "It held where [[R-2222]] and not elsewhere.": f"It held where [[R-2222]]. {LEFT}",
    "In winter there are no swimmers.": f"In winter there are no swimmers. {CARD}",
    "The fare keeps families away [[F-2222]].": " ".join(f"{said.rstrip('.')} [[F-2222]]." for said in SAID),
}
READERS = {"anybody": ("", 40), "a lead": ("lena@example.org", 150), "the convenor": ("ida@example.org", 200)}


def with_repeats() -> str:
    """The small programme before anything is taken back, with what people said repeated by those who read it."""
    text = SMALL[: SMALL.index("withdrawals:")]
    for old, new in REPEATS.items():
        text = changed(old, new, text)
    return changed(
        "rests_on: [V-2222, ", "rests_on: [V-2222, T-7777, Y-5555, ", text
    )  # so that all of it comes of them


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for the tests of this file; what each of them takes back is there again for the next."""
    with django_db_blocker.unblock(), transaction.atomic():
        loaded(with_repeats())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def programme(told: None, db: None) -> Programme:
    return Programme.objects.get()


def runs_of(*texts: str) -> set[tuple[str, ...]]:
    """Every five words in a row, in small letters, as they stand and as they read without the tags."""
    found: set[tuple[str, ...]] = set()
    for one in (*texts, *(re.sub(r"<[^>]*>", "", text) for text in texts)):
        plain = html.unescape(one).casefold().replace("'", "").replace("’", "")
        words = re.sub(r"[^\w]+", " ", plain).split()
        found.update(zip(*(words[at:] for at in range(5)), strict=False))
    return found


def where(texts: dict[str, str]) -> dict[str, set[tuple[str, ...]]]:
    """The places where any of what people said still stands."""
    said = runs_of(*SAID)
    return {place: found for place, text in texts.items() if (found := said & runs_of(text))}


def columns() -> dict[str, str]:
    """Every value of every table, by table."""
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith("provenance_search") or table == "provenance_searchtext":
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                found[table] = "\n".join(str(value) for row in cursor.fetchall() for value in row)
    return found


def exports(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """All that the commands write."""
    found = {}
    for words in (
        ["dump", "pell"],
        *(["trace", code, "--json"] for code in Node.objects.values_list("code", flat=True)),
    ):
        assert main(words) == 0
        found[" ".join(words)] = capsys.readouterr().out
    for conversation in Conversation.objects.all():
        assert main(["export", "polis", conversation.code, str(folder / conversation.code)]) == 0
        found |= {str(path): path.read_text("utf-8") for path in (folder / conversation.code).iterdir()}
    return found


def warm(people: Iterable[User | None]) -> None:
    """Let the pages that are kept for a while be kept."""
    for user in people:
        client = Client()
        if user is not None:
            client.force_login(user)
        for path in WARM:
            client.get(f"/pell/{path}")


def take_all_back(*readers: User | None) -> None:
    """A story, a card, somebody's answers, and all that somebody else left; pages are read before each."""
    card = Statement.objects.select_related("node__programme").get(node__code="T-7777")
    story = Story.objects.select_related("node__programme").get(node__code="Y-2222")
    assert (card.text, story.text.startswith(STORY)) == (CARD, True)
    for take_back in (
        lambda: withdraw_story(by=None, row=story),
        lambda: withdraw_statement(by=None, row=card),
        lambda: actions.withdraw_votes(by=None, participant=Participant.objects.get(number=7)),
        lambda: actions.withdraw_participant(by=None, participant=Participant.objects.get(number=6)),
    ):
        warm(readers)
        take_back()


def test_nothing_that_was_taken_back_is_kept(
    programme: Programme, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    before = where({**columns(), **exports(tmp_path / "before", capsys)})
    assert len(before) > 30
    assert "audit_entry" not in before
    with caplog.at_level(logging.INFO):
        take_all_back(None)
    assert set(where({**columns(), **exports(tmp_path / "after", capsys), "log": caplog.text})) == {"provenance_mask"}
    Mask.objects.update(made_at=timezone.now() - timedelta(days=31))
    let_go_of_old()
    assert where(columns()) == {}
    for model in (Vote, VoteEvent, Placing):
        assert not model.objects.filter(participant__number__in=[6, 7]).exists()


@pytest.mark.parametrize("reader", READERS)
def test_nothing_that_was_taken_back_is_read(programme: Programme, reader: str) -> None:
    email, fewest = READERS[reader]
    who = User.objects.get(email=email) if email else None
    report = {"report": Client().get("/pell/report/").content.decode()}
    assert {words for found in where(report).values() for words in found} == runs_of(*SAID)
    take_all_back(who)
    found = pages(who)
    assert len(found) > fewest
    assert set(where(found)) == ({"/pell/summer/voices-left/", "/pell/items/voices-left/"} & set(found))
