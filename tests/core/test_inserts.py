"""New rows are written at once, or together where very many come; nobody who asks the database misses one."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from weft.core import inserts
from weft.people.accounts.models import User
from weft.people.audit.models import Entry

pytestmark = pytest.mark.django_db


def entry(did: str) -> Entry:
    """A row that is made now."""
    return inserts.insert(Entry(did=did, on="a test"))


def person(email: str) -> User:
    """A row of a table in which an address stands once."""
    return inserts.insert(get_user_model()(email=email, name="Ann"))


def test_alone_a_row_is_written_at_once() -> None:
    assert entry("one").pk is not None
    assert [one.pk is not None for one in inserts.insert_all([Entry(did="a"), Entry(did="b")])] == [True, True]
    assert inserts.insert_all([]) == []


def test_together_rows_wait_until_somebody_asks_for_them() -> None:
    with inserts.together() as waiting:
        entry("one")
        inserts.insert_all([Entry(did="two")])
        assert not User.objects.exists()
        assert waiting.rows.keys() == {Entry._meta.db_table}
        assert list(Entry.objects.values_list("did", flat=True).order_by("id")) == ["one", "two"]
        assert not waiting.rows
        entry("three")
    assert Entry.objects.count() == 3


def test_some_hundreds_are_written_in_one_go() -> None:
    with CaptureQueriesContext(connection) as queries, inserts.together() as waiting:
        for number in range(inserts.MOST + 1):
            entry(str(number))
        assert [len(rows) for rows in waiting.rows.values()] == [1]
    assert len([one for one in queries if one["sql"].startswith("INSERT")]) < 10


def test_what_waits_is_written_as_it_is_by_then() -> None:
    with inserts.together():
        ann = person("ann@example.org")
        ann.name = "Anna"
        inserts.update(ann, "name")
    assert User.objects.get().name == "Anna"


def renamed(one: User, name: str) -> User:
    """Somebody with another name."""
    one.name = name
    inserts.update(one, "name")
    return one


def test_what_changes_in_rows_that_were_written_waits_too() -> None:
    with inserts.together() as waiting:
        both = [person(f"{name}@example.org") for name in ("ann", "bea")]
        assert User.objects.count() == 2
        for one in both:
            one.is_active = False
            inserts.update(renamed(one, "Nobody"), "is_active")
        assert waiting.changes.keys() == {User._meta.db_table}
        assert [(one.name, one.is_active) for one in User.objects.all()] == [("Nobody", False)] * 2
        assert not waiting.changes
        renamed(both[0], "Anna")
    assert set(User.objects.values_list("name", flat=True)) == {"Anna", "Nobody"}


def test_what_is_asked_writes_its_own_tables_only() -> None:
    with inserts.together() as waiting:
        entry("one")
        person("ann@example.org")
        assert Entry.objects.count() == 1
        assert waiting.rows.keys() == {User._meta.db_table}


def test_a_step_sets_a_savepoint_only_once_it_asks_something() -> None:
    def savepoints(ask: bool) -> list[str]:
        with CaptureQueriesContext(connection) as queries, waiting.step("outer"), waiting.step("inner"):
            with transaction.atomic():
                entry("one")
            if ask:
                assert not User.objects.exists()
        return [one["sql"] for one in queries if "SAVEPOINT" in one["sql"]]

    with inserts.together() as waiting:
        assert savepoints(ask=False) == []
        assert len(savepoints(ask=True)) == 4


def failing(waiting: inserts.Waiting, *people: User) -> None:
    """A step that fails when what waited before it is written."""
    with waiting.step("failing"):
        entry("failing")
        for one in people:
            renamed(one, "Nobody")
        assert not User.objects.filter(name="").exists()
        assert Entry.objects.filter(did="failing").exists()
        raise ZeroDivisionError


def test_a_step_that_fails_leaves_nothing_and_takes_nothing_along() -> None:
    with inserts.together() as waiting:
        with waiting.step("before"):
            entry("before")
        with pytest.raises(ZeroDivisionError):
            failing(waiting)
        with waiting.step("after"):
            entry("after")
    assert list(Entry.objects.values_list("did", flat=True).order_by("id")) == ["before", "after"]


def people(*emails: str) -> None:
    """Several rows that are made together, each in a step of its own."""
    with inserts.together() as waiting:
        for email in emails:
            with waiting.step(email):
                person(email)


def test_what_the_database_refuses_is_told_with_its_mark() -> None:
    person("ann@example.org")
    with pytest.raises(inserts.Clash) as refused:
        people("bea@example.org", "ann@example.org", "cat@example.org")
    assert refused.value.mark == "ann@example.org"
    # two constraints stand against it, and each database names the one that it tried first
    assert "one_account_an_address" in str(refused.value) or "accounts_user_email_key" in str(refused.value)


def test_what_is_refused_keeps_nothing_else_from_being_written() -> None:
    person("ann@example.org")
    with pytest.raises(inserts.Clash):
        people("ann@example.org", "bea@example.org", "bea@example.org", "cat@example.org")
    assert {one.email for one in User.objects.all()} == {f"{name}@example.org" for name in ("ann", "bea", "cat")}
    with inserts.together() as waiting:
        person("ann@example.org")
        with pytest.raises(ZeroDivisionError):
            failing(waiting)
        assert User.objects.count() == 3
        assert [clash.mark for clash in waiting.clashes.values()] == [None]
        waiting.clashes.clear()


def test_a_change_in_a_step_that_fails_is_undone() -> None:
    with inserts.together() as waiting:
        ann, bea = person("ann@example.org"), person("bea@example.org")
        assert User.objects.count() == 2
        renamed(ann, "Anna")
        with pytest.raises(ZeroDivisionError):
            failing(waiting, bea)
    assert set(User.objects.values_list("email", "name")) == {("ann@example.org", "Anna"), ("bea@example.org", "Ann")}


def moved(one: User, email: str) -> None:
    """A step in which somebody gets an address."""
    with inserts.together() as waiting, waiting.step(one.name):
        one.email = email
        inserts.update(one, "email")


def test_a_change_that_the_database_refuses_is_told_with_its_mark() -> None:
    person("ann@example.org")
    bea = person("bea@example.org")
    with pytest.raises(inserts.Clash) as refused:
        moved(bea, "ann@example.org")
    assert refused.value.mark == "Ann"
    assert User.objects.filter(email="bea@example.org").exists()


def test_steps_after_rows_waited_fail_by_themselves_too() -> None:
    with inserts.together() as waiting:
        pass
    with pytest.raises(ZeroDivisionError):
        failing(waiting)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_rows_wait_in_a_transaction_only() -> None:
    with pytest.raises(RuntimeError, match="within a transaction"), inserts.together():
        pass
    with transaction.atomic(), inserts.together():
        entry("one")
    assert Entry.objects.count() == 1
