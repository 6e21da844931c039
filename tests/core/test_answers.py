"""What every answer carries, who is held back, and who is not."""

import re

import pytest
from django.core import mail
from django.test import Client, override_settings

from tests.cast import Cast
from weft.listen import guessing
from weft.listen.conversations.actions import add_participant, make_conversation
from weft.listen.receipts.actions import issue
from weft.people.programmes.models import Programme

pytestmark = pytest.mark.django_db
WORDS = "abandon ability able about"


def test_every_answer_carries_the_policy_errors_too(client: Client, cast: Cast):
    client.force_login(cast.mo)
    broken = Client(HTTP_HOST="evil.example")
    found = [client.get("/"), client.get("/nowhere/at/all/"), client.post("/r/", {"code": "x"}), broken.get("/")]
    found += [client.get("/pell/settings/"), Client(enforce_csrf_checks=True).post("/sign-in/", {"email": "a@b.org"})]
    assert [one.status_code for one in found] == [200, 404, 422, 400, 404, 403]
    for answer in found:
        policy = answer["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}


def test_pages_of_a_signed_in_person_are_kept_by_nobody_else(client: Client, cast: Cast):
    client.force_login(cast.mo)
    for page in ("/mine/", "/pell/", "/pell/summer/work/listen/"):
        assert "private" in client.get(page)["Cache-Control"]
    assert client.post("/sign-out/")["Clear-Site-Data"] == '"cache"'


def test_signing_in_changes_the_session_and_keeps_the_code_to_the_letter(client: Client, cast: Cast, caplog):
    client.post("/sign-in/", {"email": "mo@example.org"})
    before = client.session.session_key
    code = re.search(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b", mail.outbox[-1].body)
    assert code, mail.outbox[-1].body
    answer = client.post("/sign-in/code/", {"code": code[1]})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(cast.mo.pk)
    assert client.session.session_key != before
    assert code[1] not in caplog.text


def test_an_address_without_account_is_answered_like_one_with(cast: Cast):
    answers = [Client().post("/sign-in/", {"email": one}) for one in ("mo@example.org", "nobody-here@example.org")]
    assert len({(one.status_code, one["Location"]) for one in answers}) == 1


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(client: Client, cast: Cast, to: str):
    client.post("/sign-in/", {"email": "mo@example.org", "next": to})
    code = re.search(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b", mail.outbox[-1].body)
    assert client.post("/sign-in/code/", {"code": code[1], "next": to})["Location"] == "/mine/"


@override_settings(DEMO=True)
def test_one_tap_opens_the_accounts_of_demonstrations_alone(client: Client, cast: Cast):
    Programme.objects.filter(pk=cast.other.pk).update(is_demo=True)
    for wanted in (cast.mo.pk, cast.nobody.pk, "²", "9" * 30, ""):
        assert client.post("/demo/", {"user": wanted}, HTTP_HOST="localhost").status_code == 404
    assert client.post("/demo/", {"user": cast.ola.pk}, HTTP_HOST="localhost").status_code == 302
    for more in ({"REMOTE_ADDR": "10.0.0.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}):
        assert client.get("/demo/", HTTP_HOST="localhost", **more).status_code == 404


def test_a_made_up_origin_does_not_help_guessing(client: Client):
    for number in range(12):
        answer = client.post("/r/", {"code": "tide123", "words": WORDS}, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    assert answer.status_code == 429


def test_guessing_by_many_locks_nobody_out(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guessing, "MANY", 5)
    talk = make_conversation(by=cast.mo, of=cast.summer, prompt="How?", code="tide123")
    teller = add_participant(by=None, conversation=talk, secret="one")
    words = issue(by=teller, participant=teller, secret="one")
    for number in range(8):
        Client(REMOTE_ADDR=f"10.0.0.{number}").post("/r/", {"code": "tide123", "words": WORDS})
    again = Client(REMOTE_ADDR="10.0.0.1").post("/r/", {"code": "tide123", "words": WORDS})
    assert again.status_code == 429, "whoever guessed once waits now"
    honest = Client(REMOTE_ADDR="10.9.9.9").post("/r/", {"code": "tide123", "words": " ".join(words)})
    assert honest["Location"] == "/r/yours/"
