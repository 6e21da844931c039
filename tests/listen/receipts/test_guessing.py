"""Wrong words: whoever guesses is held back, and nobody is locked out by others on the same network."""

import pytest
from django.core import signing
from django.test import Client

from tests.listen.conftest import Talk
from tests.listen.receipts.test_receipts import told
from weft.core import throttle
from weft.listen import guessing

pytestmark = pytest.mark.sqlite

GUESS = {"code": "tide123", "words": "abandon ability able about"}


@pytest.fixture
def right(talk: Talk) -> dict[str, str]:
    """The words of somebody who took part."""
    return {"code": "tide123", "words": " ".join(told(Client(), talk))}


def asked() -> Client:
    """A device that has opened the page which asks for words."""
    device = Client()
    device.get("/r/")
    return device


def settled(monkeypatch: pytest.MonkeyPatch, devices: list[Client]) -> list[Client]:
    """The same a minute later."""
    monkeypatch.setattr(guessing, "SETTLING_SECONDS", -1)
    return devices


def guesses(device: Client, times: int) -> list[int]:
    return [device.post("/r/", GUESS).status_code for _ in range(times)]


def test_a_wifi_full_of_children_locks_nobody_out(right: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    children = settled(monkeypatch, [asked() for _ in range(6)])
    for child in children[:5]:
        assert guesses(child, 11) == [422] * 10 + [429]
    assert children[5].post("/r/", right)["Location"] == "/r/yours/"


def test_right_words_open_after_a_minute_where_others_guessed_wrong(
    right: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert guesses(Client(), 10) == [422] * 10
    child = asked()
    waits = child.post("/r/", right)
    assert waits.status_code == 429
    assert "Wait one minute, then try again." in waits.text
    assert right["words"] in waits.text, "nobody types them twice"
    settled(monkeypatch, [child])
    assert child.post("/r/", right)["Location"] == "/r/yours/"


def test_a_device_waits_for_its_own_wrong_tries(right: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    (child,) = settled(monkeypatch, [asked()])
    guesses(child, 10)
    waits = child.post("/r/", right)
    assert waits.status_code == 429
    assert "Wait ten minutes, then try again." in waits.text


def test_a_new_mark_on_each_try_is_worth_nothing(right: dict[str, str]) -> None:
    assert [asked().post("/r/", GUESS).status_code for _ in range(11)] == [422] * 10 + [429]
    assert guesses(Client(), 1) == [429]


def test_a_mark_of_one_network_is_worth_nothing_on_another(
    right: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(monkeypatch, [])
    mark = asked().cookies[guessing.MARK].value
    there = {"REMOTE_ADDR": "203.0.113.7"}
    for _ in range(10):
        guesses(Client(**there), 1)
    for kept in (mark, "made up", mark + "x", ""):
        device = Client(**there)
        device.cookies[guessing.MARK] = kept
        assert device.post("/r/", right).status_code == 429


def test_one_network_has_so_many_marks(right: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "MARKS_A_CALLER", 2)
    marked = [guessing.MARK in asked().cookies for _ in range(3)]
    assert marked == [True, True, False]
    assert guessing.MARK in Client(REMOTE_ADDR="203.0.113.7").get("/r/").cookies


def test_a_device_keeps_its_mark_and_it_says_nothing(talk: Talk) -> None:
    device = asked()
    cookie = device.cookies[guessing.MARK]
    assert (cookie["path"], cookie["max-age"], cookie["httponly"]) == ("/r/", 3600, True)
    before = cookie.value
    assert guessing.MARK not in device.get("/r/").cookies or device.cookies[guessing.MARK].value == before
    assert asked().cookies[guessing.MARK].value.split(":")[0] != before.split(":")[0]
    assert len(signing.b64_decode(before.split(":")[0].encode())) == 9


def test_where_very_many_guess_at_one_conversation_a_mark_is_worth_nothing(
    right: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = settled(monkeypatch, [asked() for _ in range(3)])
    monkeypatch.setattr(guessing, "MANY", 1)
    monkeypatch.setattr(guessing, "VERY_MANY", 3)
    assert guesses(first, 2) == [422, 429], "one each, once many have guessed"
    assert guesses(second, 2) == [422, 429]
    assert guesses(third, 1) == [422]
    assert asked().post("/r/", right).status_code == 429, "one from each network, once very many have"
    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    assert elsewhere.post("/r/", right)["Location"] == "/r/yours/"


def test_wrong_tries_for_a_conversation_count_for_a_day(talk: Talk) -> None:
    guesses(Client(), 1)
    ends = throttle.Throttle.objects.order_by("-ends_at").values_list("ends_at", flat=True)[0]
    assert ends - throttle.Throttle.objects.order_by("ends_at").values_list("ends_at", flat=True)[0] > 23 * 3600
