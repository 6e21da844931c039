"""The first account of an installation is made at the terminal."""

import pytest

from weft.cli import main
from weft.people.accounts.models import User
from weft.people.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_it_makes_an_account_without_a_password(capsys: pytest.CaptureFixture) -> None:
    assert main(["createoperator", "Ann@Example.org", "--name", "Ann"]) == 0
    ann = User.objects.get()
    assert (ann.email, ann.name, ann.is_operator) == ("ann@example.org", "Ann", True)
    assert not ann.has_usable_password()
    assert "ann@example.org is an operator now" in capsys.readouterr().out
    assert Entry.objects.get().did == "made operator"


def test_it_lifts_an_account_that_exists() -> None:
    User.objects.create_user("ann@example.org", "Ann")
    assert main(["createoperator", "ANN@example.org"]) == 0
    ann = User.objects.get()
    assert (ann.name, ann.is_operator) == ("Ann", True)


def test_it_refuses_what_is_no_address(capsys: pytest.CaptureFixture) -> None:
    assert main(["createoperator", "ann"]) == 1
    assert "'ann' is not an email address" in capsys.readouterr().err
    assert not User.objects.exists()
