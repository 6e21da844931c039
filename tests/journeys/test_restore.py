"""A backup is restored from before somebody took something back: it is taken back again before anybody reads it."""

import os
import shutil
import signal
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections
from psycopg.sql import SQL, Identifier

from tests.cast import Cast
from tests.journeys.test_withdrawal import columns
from tests.programme_file.files import SMALL, changed, loaded
from weft.cli import main
from weft.commands import Failed
from weft.commands.serve import check_database
from weft.learn.insights.actions import withdraw_recommendation
from weft.learn.insights.models import Recommendation
from weft.listen.conversations.actions import add_participant, add_statement, make_conversation, withdraw_statement
from weft.listen.conversations.models import Participant
from weft.listen.receipts import actions
from weft.listen.stories.actions import change_allowed
from weft.listen.stories.models import Story
from weft.people.programmes.models import Programme
from weft.programme_file.dump import dump
from weft.provenance.items import Origin
from weft.provenance.models import Node
from weft.share.responses.actions import mark, take_back_mark
from weft.share.responses.models import Mark

pytestmark = pytest.mark.django_db(transaction=True)

LEFT = "We queued in the rain for an hour and went home again with nothing."
CARD = "The last red bus on Friday leaves without us every week."
KEPT = "My boy noticed that the fork was dry and he said nothing at all."
REPEATS = "It held where [[R-2222]] and not elsewhere."
SAID = (LEFT, CARD, "A father", "Let children ride free")
OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"  # nobody may be in what is copied
Restore = Callable[[], None]


@pytest.fixture(autouse=True)
def journal(settings, tmp_path: Path) -> Path:
    settings.WITHDRAWALS = tmp_path / "kept" / "withdrawals.jsonl"
    return settings.WITHDRAWALS


@pytest.fixture
def backup(tmp_path: Path) -> Iterator[Callable[[], Restore]]:
    """Back the database up as it is, and give what puts it back."""
    name, copy = str(connection.settings_dict["NAME"]), tmp_path / "backup.sqlite3"
    taken = f"backup_{os.getpid()}"

    def on_server(*commands: str) -> None:
        connections.close_all()
        with psycopg.connect(os.environ["WEFT_DATABASE_URL"], autocommit=True) as server:
            server.execute(OTHERS, [name])
            for command in commands:
                server.execute(SQL(command).format(name=Identifier(name), taken=Identifier(taken)))

    def take() -> Restore:
        if connection.vendor == "postgresql":
            on_server("CREATE DATABASE {taken} TEMPLATE {name}")
            return lambda: on_server("DROP DATABASE {name}", "CREATE DATABASE {name} TEMPLATE {taken}")
        with closing(sqlite3.connect(name)) as now, closing(sqlite3.connect(copy)) as then:
            now.backup(then)
        return restore_file

    def restore_file() -> None:
        connections.close_all()
        shutil.copy(copy, name)
        for beside in ("-wal", "-shm"):
            Path(name + beside).unlink(missing_ok=True)

    yield take
    if connection.vendor == "postgresql":
        on_server("DROP DATABASE IF EXISTS {taken}")


@pytest.fixture
def programme() -> Programme:
    """The small programme before anything was taken back, with repeats of what people said."""
    text = changed(REPEATS, f"It held where [[R-2222]]. {LEFT}", SMALL[: SMALL.index("withdrawals:")])
    return loaded(changed("rests_on: [V-2222, ", "rests_on: [V-2222, Y-5555, ", text))


def take_back() -> None:
    """Something in each way, save what somebody said of an answer."""
    people = {one.number: one for one in Participant.objects.select_related("conversation")}
    actions.withdraw_said(by=None, participant=people[6], node=Node.objects.get(code="Y-5555"))
    actions.withdraw_votes(by=None, participant=people[7])
    actions.withdraw_participant(by=None, participant=people[5])
    change_allowed(by=None, row=Story.objects.get(text=KEPT), scopes=["analyse"])
    father = Story.objects.get(described_as="A father")
    change_allowed(by=None, row=father, scopes=["analyse", "quote", "describe"], described_as="A parent")
    withdraw_recommendation(by=None, row=Recommendation.objects.get())


def words() -> set[str]:
    """What of that stands in the database."""
    texts = [text for table, text in columns().items() if table != "provenance_mask"]
    return {said for said in SAID if any(said in text for text in texts)}


@pytest.mark.parametrize("is_lost", [False, pytest.param(True, marks=pytest.mark.sqlite)], ids=["kept", "lost"])
def test_what_was_taken_back_is_taken_back_again(
    is_lost: bool,
    programme: Programme,
    backup: Callable[[], Restore],
    journal: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    restore = backup()
    take_back()
    if is_lost:
        journal.unlink()  # a new one is written from what the database knows
    assert words() == set()
    after = dump(programme)
    assert "A parent" in after
    check_database()
    restore()
    assert words() == {*SAID}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    assert main(["serve", "--port", port]) == 1
    refused = capsys.readouterr().err
    assert refused.startswith("weft serve: what was taken back stands in the database again (8 lines of the journal")
    assert "Run `weft replay-withdrawals` before anybody reads it." in refused
    assert main(["check"]) == 1
    assert f"  - W{refused.removeprefix('weft serve: w')}" in capsys.readouterr().out

    assert main(["replay-withdrawals"]) == 0
    assert capsys.readouterr().out.startswith("Taken back again: 8, of ")
    assert words() == set()
    assert dump(programme) == after.replace("        described_as: A parent\n", "")
    check_database()
    assert main(["replay-withdrawals"]) == 0
    assert capsys.readouterr().out.startswith("Taken back again: 0, of ")


def test_what_was_said_of_an_answer_is_taken_back_again(
    programme: Programme, backup: Callable[[], Restore], capsys: pytest.CaptureFixture[str]
) -> None:
    restore = backup()
    said = Mark.objects.exclude(participant=None).get()
    take_back_mark(by=None, row=said)
    restore()
    assert main(["replay-withdrawals"]) == 0
    assert capsys.readouterr().out.startswith("Taken back again: 1, of ")
    assert not Mark.objects.exclude(participant=None).exists()
    mark(by=None, row=said.response, participant=said.participant, answer="no")
    check_database()


def test_what_was_allowed_again_stays(programme: Programme) -> None:
    story = Story.objects.get(text=KEPT)
    scopes = ["analyse", "quote", "describe"]
    for allowed, described in ((["analyse"], ""), (scopes, "A mother"), (scopes, "A parent"), (scopes, "A mother")):
        change_allowed(by=None, row=story, scopes=allowed, described_as=described)
    assert main(["replay-withdrawals"]) == 0
    story.refresh_from_db()
    assert story.described_as == "A mother"


def test_a_journal_of_another_database_stops_nobody(cast: Cast, journal: Path, capsys: pytest.CaptureFixture) -> None:
    talk = make_conversation(by=cast.lena, of=cast.summer, prompt="What now?", code="tide123")
    who = add_participant(by=None, conversation=talk, secret="one")
    first = add_statement(by=who, conversation=talk, text=CARD, origin=Origin(code="T-2222"))
    withdraw_statement(by=who, row=first)
    first.delete()
    first.node.consents.all().delete()
    Node.objects.filter(code="T-2222").delete()
    add_statement(by=who, conversation=talk, text=CARD, origin=Origin(code="T-2222"))
    check_database()
    assert main(["replay-withdrawals"]) == 0
    assert capsys.readouterr().out == "Taken back again: 0, of 1 in the journal of withdrawals.\n"
    assert Node.objects.filter(code="T-2222", withdrawn_at=None).exists()


@pytest.mark.sqlite
def test_a_process_killed_before_it_wrote_its_line_is_made_up_for(
    programme: Programme, backup: Callable[[], Restore], journal: Path
) -> None:
    journal.unlink()
    restore = backup()
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            os.open = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
            withdraw_recommendation(by=None, row=Recommendation.objects.get())
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert Node.objects.get(code="K-2222").is_withdrawn
    assert not journal.exists()
    check_database()
    restore()
    with pytest.raises(Failed, match="1 line of the journal"):
        check_database()
