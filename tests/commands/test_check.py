"""`weft check` names each thing that is missing, and only those."""

from pathlib import Path

import pytest

from weft.cli import main
from weft.people.accounts.models import User

pytestmark = pytest.mark.django_db

WRONG = {
    "DEMO": (True, "anybody can sign in as anybody"),
    "DEBUG": (True, "error pages show the insides"),
    "SECRET_KEY": ("short", "5 characters"),
    "ALLOWED_HOSTS": (["localhost"], "names this machine only"),
    "HTTPS": (False, "Set it to the https:// address"),
    "BEHIND_PROXY": (False, "WEFT_BEHIND_PROXY is off"),
    "EMAIL_HOST": ("", "nobody can get the code to sign in"),
    "DEFAULT_FROM_EMAIL": ("weft@localhost", "WEFT_MAIL_FROM is not set"),
    "DATA": (Path("/dev/shm/weft"), "a temporary place"),
    "STATIC_ROOT": (Path("/nonesuch"), "have not been collected"),
    "WHITENOISE_USE_FINDERS": (True, "WEFT_HASHED_FILES is off"),
}


@pytest.fixture
def ready(settings, monkeypatch, tmp_path: Path) -> None:
    """An installation that lacks nothing."""
    (tmp_path / "staticfiles.json").write_text("{}")
    monkeypatch.setenv("WEFT_DATA", "/srv/weft")
    settings.DEMO = settings.DEBUG = settings.WHITENOISE_USE_FINDERS = False
    settings.SECRET_KEY = "x" * 50
    settings.ALLOWED_HOSTS = ["weft.example.org"]
    settings.HTTPS = settings.BEHIND_PROXY = True
    settings.EMAIL_HOST = "mail.example.org"
    settings.DEFAULT_FROM_EMAIL = "weft@example.org"
    settings.DATA = Path("/srv/weft")
    settings.STATIC_ROOT = tmp_path
    operator = User.objects.create_user("op@example.org")
    operator.is_operator = True
    operator.save()


def test_nothing_is_missing(ready: None, capsys: pytest.CaptureFixture) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "Nothing is missing for production.\n"


@pytest.mark.parametrize("name", WRONG)
def test_one_thing_is_missing(name: str, ready: None, settings, capsys: pytest.CaptureFixture) -> None:
    value, sentence = WRONG[name]
    setattr(settings, name, value)
    assert main(["check"]) == 1
    heading, *lines = capsys.readouterr().out.splitlines()
    assert heading == "Weft is not ready for production:"
    assert len(lines) == 1
    assert sentence in lines[0]


def test_no_key_at_all(ready: None, settings, capsys: pytest.CaptureFixture) -> None:
    del settings.SECRET_KEY
    settings.SECRET_KEY = ""
    assert main(["check", "--json"]) == 1
    assert capsys.readouterr().out.startswith('[\n  "WEFT_SECRET_KEY is ')


def test_nobody_looks_after_the_site(ready: None, capsys: pytest.CaptureFixture) -> None:
    User.objects.update(is_operator=False)
    assert main(["check"]) == 1
    assert "weft createoperator" in capsys.readouterr().out


def test_the_data_folder_was_never_chosen(ready: None, monkeypatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.delenv("WEFT_DATA")
    assert main(["check"]) == 1
    assert "WEFT_DATA is not set" in capsys.readouterr().out
