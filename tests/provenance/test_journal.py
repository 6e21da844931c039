"""The journal of withdrawals: what is written, when, by how many at once, and what becomes of what was torn."""

import os
import re
import stat
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from weft.cli import main
from weft.commands import Failed
from weft.commands.serve import check_database
from weft.provenance.journal import Entry, complete, note, read

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]

AT = datetime(2026, 11, 30, 17, 4, 5, 678901, UTC)
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


@pytest.fixture(autouse=True)
def journal(settings, tmp_path: Path) -> Path:
    settings.WITHDRAWALS = tmp_path / "kept" / "withdrawals.jsonl"
    return settings.WITHDRAWALS


def entry(key: UUID) -> Entry:
    return Entry("item", key, AT)


def test_it_holds_ids_and_no_words_for_its_owner_alone(journal: Path) -> None:
    with transaction.atomic():
        note("item", ONE, TWO, at=AT)
        note("mark", THREE, at=AT, of=str(ONE))
        assert not journal.exists()
    assert journal.read_text().splitlines()[1:] == [
        f'{{"at": "2026-11-30T17:04:05.678901+00:00", "what": "item", "id": "{TWO}"}}',
        f'{{"at": "2026-11-30T17:04:05.678901+00:00", "what": "mark", "id": "{THREE}", "of": "{ONE}"}}',
    ]
    assert read() == ([entry(ONE), entry(TWO), Entry("mark", THREE, AT, str(ONE))], 0)
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_what_was_not_done_is_not_written(journal: Path) -> None:
    with transaction.atomic():
        note("item", ONE, at=AT)
        transaction.set_rollback(True)
    assert not journal.exists()


def test_a_torn_line_spoils_no_other(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    complete([entry(ONE), entry(TWO)])
    os.truncate(journal, journal.stat().st_size - 9)
    note("item", THREE, at=AT)
    assert read() == ([entry(ONE), entry(THREE)], 1)
    complete([entry(THREE), entry(TWO), entry(TWO)])
    assert read() == ([entry(ONE), entry(THREE), entry(TWO)], 1)
    assert len(journal.read_text().splitlines()) == 4
    assert main(["replay-withdrawals"]) == 0
    assert capsys.readouterr().out.endswith("Lines of the journal that cannot be read: 1.\n")


def test_many_processes_write_into_it_at_once(journal: Path) -> None:
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            try:
                for _ in range(50):
                    complete([entry(uuid4()), entry(uuid4())])
            finally:
                os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    entries, torn = read()
    assert (len(entries), torn) == (400, 0)


def test_what_cannot_be_written_waits(journal: Path, caplog: pytest.LogCaptureFixture) -> None:
    journal.mkdir(parents=True)
    note("item", ONE, at=AT)
    assert "its lines wait" in caplog.text
    journal.rmdir()
    note("item", TWO, at=AT)
    assert read()[0] == [entry(ONE), entry(TWO)]
    note("item", THREE, at=AT)
    assert len(journal.read_text().splitlines()) == 3


def test_nothing_is_served_beside_a_journal_that_cannot_be_used(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal.mkdir(parents=True)
    said = f"the journal of withdrawals, {journal}, cannot be used (Is a directory). See WEFT_WITHDRAWALS."
    with pytest.raises(Failed, match=re.escape(said)):
        check_database()
    assert main(["check"]) == 1
    assert f"T{said[1:]}" in capsys.readouterr().out
    journal.rmdir()
    check_database()
