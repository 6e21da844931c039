"""Whatever is sent in cookies, bodies and hosts, the answer is a page and never a broken server."""

from pathlib import Path
from uuid import UUID

from django.test import Client

from tests.house.routes import routes
from tests.journeys.junk import ROOMS, check, member, stage_of
from weft.people.accounts.models import User
from weft.people.programmes.models import Programme


def test_every_room_has_a_file_that_tries_its_pages() -> None:
    assert {stage_of(route.view) for route in routes()} <= set().union(*ROOMS.values())
    assert {path.stem for path in Path(__file__).parent.glob("test_junk_*.py")} == {
        f"test_junk_{room}" for room in ROOMS
    }


def test_junk_in_cookies_and_bodies_is_refused(programme: Programme) -> None:
    programme.conversations.update(closed_at=None)
    code = programme.conversations.filter(takes_stories=True).first().code
    for junk in ("\0", "x" * 4000, "::", "a:b:c", "💥", str(UUID(int=0))):
        client = Client()
        for name in (f"weft_part_{code}", "weft_receipt", "weft_slip", "sessionid", "csrftoken", "messages"):
            client.cookies[name] = junk.encode().decode("latin-1") if junk != "💥" else "%F0"
        for place in (
            f"/c/{code}/",
            f"/c/{code}/story/",
            f"/c/{code}/sent/",
            "/r/",
            "/r/yours/",
            "/r/answers/",
            "/mine/",
        ):
            check(client.get(place), f"{place} with cookies {junk[:20]!r}")
    client = member(programme)
    for place in (f"/c/{code}/answer/", f"/c/{code}/story/", "/r/", "/sign-in/", f"/{programme.slug}/settings/"):
        check(client.post(place, "a=" + "x" * 3_000_000, content_type="application/x-www-form-urlencoded"), place)
        check(
            client.post(
                place, "&".join(f"a{n}=1" for n in range(1500)), content_type="application/x-www-form-urlencoded"
            ),
            place,
        )
        check(client.post(place, b"\xff\xfe\x00", content_type="multipart/form-data; boundary=x"), place)
        check(client.post(place, "{", content_type="application/json"), place)
        for method in ("put", "patch", "delete", "options", "head", "trace"):
            check(getattr(client, method)(place), f"{method} {place}")


def test_a_strange_host_is_answered_plainly(programme: Programme) -> None:
    for host in ("evil.example", "localhost:99999999", "a b", "[::1", ""):
        check(Client(HTTP_HOST=host).get("/"), host)
    assert User.objects.exists()
