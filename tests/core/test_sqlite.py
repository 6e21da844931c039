"""The writers of one process queue: nobody fails, nobody starves, and the lock is always let go."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.db.utils import ConnectionHandler, IntegrityError, OperationalError

from weft.core.sqlite.base import DatabaseWrapper

ALIAS = "queue"


@pytest.fixture
def database(tmp_path: Path, django_db_blocker) -> Iterator[str]:
    """A file of its own, where SQLite itself gives up waiting after a twentieth of a second."""
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 0.05,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF",
    }
    here = {"ENGINE": "weft.core.sqlite", "NAME": tmp_path / "queue.sqlite3", "OPTIONS": options}
    connections.settings[ALIAS] = ConnectionHandler({"default": {}, ALIAS: here}).settings[ALIAS]
    with django_db_blocker.unblock():
        run("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        run("CREATE TABLE note (writer INT, parent INT REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
        yield ALIAS
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]


def run(sql: str, *values: object) -> list[tuple]:
    with connections[ALIAS].cursor() as cursor:
        return cursor.execute(sql, values).fetchall()


def in_thread(work: Callable[[], object]) -> object:
    """Run the work in a thread with its own connection, and close that connection."""

    def wrapped() -> object:
        try:
            return work()
        finally:
            connections[ALIAS].close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(wrapped).result(timeout=30)


def write_note(writer: int = 0) -> None:
    with transaction.atomic(using=ALIAS):
        run("INSERT INTO note (writer) VALUES (%s)", writer)


def test_many_writers_all_succeed_and_none_waits_long(database: str) -> None:
    waits: list[float] = []

    def write_many(writer: int) -> None:
        for _ in range(30):
            began = time.monotonic()
            write_note(writer)
            waits.append(time.monotonic() - began)
        connections[ALIAS].close()

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(write_many, writer) for writer in range(8)]:
            done.result(timeout=60)
    assert run("SELECT COUNT(*), COUNT(DISTINCT writer) FROM note") == [(240, 8)]
    assert max(waits) < DatabaseWrapper.patience / 2


def test_a_writer_outwaits_a_long_transaction_of_another_thread(database: str) -> None:
    writing, finish = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic(using=ALIAS):
            run("INSERT INTO note (writer) VALUES (1)")
            writing.set()
            finish.wait(10)
        connections[ALIAS].close()

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(slow)
        assert writing.wait(10)
        assert run("SELECT COUNT(*) FROM note") == [(0,)], "readers do not wait, and do not see half a change"
        threading.Timer(0.4, finish.set).start()
        write_note(2)
        first.result(timeout=10)
    assert run("SELECT COUNT(*) FROM note") == [(2,)]


def test_a_writer_that_waits_too_long_gets_the_usual_error(database: str, monkeypatch) -> None:
    monkeypatch.setattr(DatabaseWrapper, "patience", 0.05)
    with transaction.atomic(using=ALIAS), pytest.raises(OperationalError, match="database is locked"):
        in_thread(write_note)
    in_thread(write_note)


def test_the_lock_is_let_go_after_an_error(database: str) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(using=ALIAS):
        1 / 0  # noqa: B018
    in_thread(write_note)


def test_the_lock_is_let_go_after_a_commit_that_fails(database: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(using=ALIAS):
        run("INSERT INTO note (parent) VALUES (404)")
    in_thread(write_note)
    assert run("SELECT COUNT(*) FROM note") == [(1,)]


def test_the_lock_is_let_go_when_the_connection_closes_inside_a_transaction(database: str) -> None:
    with transaction.atomic(using=ALIAS):
        connections[ALIAS].close()
    in_thread(write_note)


def test_the_lock_is_let_go_when_another_process_keeps_the_file(database: str) -> None:
    from sqlite3 import connect

    other = connect(connections[ALIAS].settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError):
        write_note()
    other.execute("ROLLBACK")
    other.close()
    in_thread(write_note)


def test_savepoints_inside_a_transaction_do_not_ask_again(database: str) -> None:
    with transaction.atomic(using=ALIAS):
        write_note(1)
        with transaction.atomic(using=ALIAS):
            write_note(2)
            transaction.set_rollback(True, using=ALIAS)
    assert run("SELECT writer FROM note") == [(1,)]
