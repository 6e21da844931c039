"""What was taken back is nowhere: on no page, in no export, in no column, in no log."""

import html
import logging
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from tests.journeys.crawl import pages
from weft.cli import main
from weft.core.text import Runs
from weft.listen.conversations.models import Conversation, Participant, Statement, Vote, VoteEvent
from weft.listen.receipts import actions
from weft.listen.stories.models import Story
from weft.people.accounts.models import User
from weft.people.audit.models import Entry
from weft.people.programmes.models import Membership, Programme
from weft.programme_file import demo
from weft.provenance.models import Node
from weft.sense.maps.models import Placing
from weft.sense.sources.models import Excerpt

WARM = ("", "report/", "search/?words=&kind=", "long-summer/", "long-summer/work/listen/", "long-summer/work/sense/")


def plainly(text: str) -> str:
    """The words alone, in small letters, as they stand and as they read without the tags."""
    read = re.sub(r"<[^>]*>", "", text)
    return " ".join(
        re.sub(r"[^\w]+", " ", html.unescape(one).casefold().replace("'", "").replace("’", "")) for one in (text, read)
    )


def runs_of(texts: Iterable[str]) -> set[str]:
    """Every five words in a row."""
    found: set[str] = set()
    for text in texts:
        words = plainly(text).split()[: len(plainly(text).split()) // 2]
        found |= {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}
    return found


def where(runs: set[str], texts: dict[str, str]) -> list[str]:
    """The places where any of them still stands."""
    found = []
    for place, text in texts.items():
        words = plainly(text)
        found += [f"{place}: {run}" for run in runs if run in words][:1]
    return found


def columns() -> dict[str, str]:
    """Every value of every table, by table."""
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith("provenance_search") or table == "provenance_searchtext":
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                found[table] = "\n".join(str(value) for row in cursor.fetchall() for value in row)
    return found


def exports(
    programme: Programme, codes: Iterable[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> dict[str, str]:
    """All that the commands write."""
    found = {}
    for words in (["dump", programme.slug], *(["trace", code, "--json"] for code in codes)):
        assert main(words) == 0
        found[" ".join(words)] = capsys.readouterr().out
    for conversation in Conversation.objects.all():
        assert main(["export", "polis", conversation.code, str(folder / conversation.code)]) == 0
        found |= {str(path): path.read_text("utf-8") for path in (folder / conversation.code).iterdir()}
    return found


def somebody(programme: Programme, role: str) -> User:
    return Membership.objects.filter(programme=programme, role=role, to_on=None).first().user


def warm(programme: Programme, people: Iterable[User | None]) -> None:
    """Let the pages that are kept for a while be kept."""
    for user in people:
        client = Client()
        if user is not None:
            client.force_login(user)
        for path in WARM:
            client.get(f"/{programme.slug}/{path}")


def one_who_told(leaving: Participant) -> list[str]:
    """Everything that a participant said."""
    return [story.text for story in leaving.stories.all()] + [card.text for card in leaving.statements.all()]


@pytest.mark.django_db
def test_what_was_taken_back_is_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    programme = demo.fill()
    convenor, member = somebody(programme, "convenor"), somebody(programme, "lead")
    said = [*Story.objects.values_list("text", flat=True), *Statement.objects.values_list("text", flat=True)]
    trail = "\n".join(f"{one.did} {one.on} {one.detail}" for one in Entry.objects.all())
    assert where(runs_of(said), {"audit trail": trail}) == []

    quoted = Excerpt.objects.filter(of__kind="story", of__withdrawn_at=None).values_list("of", flat=True)
    story = Story.objects.select_related("node__programme").filter(pk__in=quoted).order_by("told_at").first()
    card = Statement.objects.select_related("node__programme").exclude(author=None).filter(moderation=1).first()
    leaving = Participant.objects.filter(stories__node__in=quoted, votes__isnull=False).exclude(pk=story.participant_id)
    leaving = leaving.exclude(pk=card.author_id).distinct().order_by("number").last()
    voter = Participant.objects.exclude(votes=None).filter(stories=None, statements=None).order_by("number").first()
    said = [story.text, card.text, *one_who_told(leaving)]
    runs = runs_of(said)
    assert len(runs) > 50
    with caplog.at_level(logging.INFO):
        for take_back in (
            lambda: actions.withdraw_story(by=None, story=story),
            lambda: actions.withdraw_statement(by=None, statement=card),
            lambda: actions.withdraw_votes(by=None, participant=voter),
            lambda: actions.withdraw_participant(by=None, participant=leaving),
        ):
            warm(programme, (None, member, convenor))
            take_back()
        found = {f"{user}: {at}": text for user in (None, convenor) for at, text in pages(user).items()}
        tabs = [
            f"/{programme.slug}/long-summer/work/{tab}/"
            for tab in ("listen", "sense", "frame", "act", "learn", "share")
        ]
        found |= {f"{member}: {at}": text for at, text in pages(member, tuple(tabs), most=60).items()}
    assert len(found) > 2000
    codes = Node.objects.filter(kind__in=("edition", "theme", "finding")).values_list("code", flat=True)
    written = exports(programme, [story.node.code, card.node.code, *codes], tmp_path, capsys)
    assert where(runs, {**columns(), **written, "log": caplog.text, **found}) == []
    for model in (Vote, VoteEvent, Placing):
        assert not model.objects.filter(participant__in=[voter, leaving]).exists()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's index points at rows and holds no places")
def test_the_search_index_forgets_too() -> None:
    """An FTS5 index keeps the words of a deleted text, with their places, unless it is told not to."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO provenance_search(provenance_search, rank) VALUES ('automerge', 0)")
    programme = demo.fill()
    story = Story.objects.filter(node__programme=programme, text__contains=" ").order_by("-told_at").first()
    rare = {word for word in Runs.of(story.text).runs for word in word if len(word) > 7}
    others = "\n".join(Story.objects.exclude(pk=story.pk).values_list("text", flat=True)).casefold()
    everything = others + "\n".join(columns().values()).casefold().replace(story.text.casefold(), "")
    assert rare
    actions.withdraw_story(by=None, story=story)
    with connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, provenance_search, 'row')")
        cursor.execute("SELECT term FROM temp.terms")
        terms = {row[0] for row in cursor.fetchall()}
        cursor.execute("DROP TABLE temp.terms")
    assert not {word for word in rare & terms if word not in everything}
