"""Nonsense to send to the pages of a room, and what may come back: a page, and never a broken server.

The rooms are tried in a file each, so that several processes share them.
"""

import re
from urllib.parse import quote, urlencode

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.house.routes import Route, routes
from tests.journeys.walker import Form, Page
from weft.people.journey.models import Session
from weft.people.leads.models import Lead
from weft.people.programmes.models import Membership, Programme, Role, Venue
from weft.provenance.models import Node
from weft.share.reports.models import Section
from weft.share.responses.models import Promise

# The stages whose pages a file tries, by the end of its name: `test_junk_listen.py`
ROOMS = {
    "act": {"act"},
    "learn": {"learn", "share"},
    "listen": {"listen"},
    "people": {"people", "account", "core", "pages", "provenance"},
    "sense": {"sense", "frame"},
}
EXAMPLES_A_FORM = 6
JUNK = (
    *("", " ", "\0", "a\0b", "\ud800", "a\ud83d", "\ufffe", "\u202eabc", "💥" * 400, "e\u0301" * 200, "\r\n\r\n"),
    *(
        "x" * 5001,
        "word " * 5000,
        "9" * 4500,
        "9" * 40,
        "-1",
        "-" + "9" * 30,
        "0",
        "1.5",
        "1e999",
        "NaN",
        "²",
        "٣",
        "0x10",
    ),
    *(
        "None",
        "null",
        "true",
        "[]",
        "{}",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "'; DROP TABLE x; --",
        "%s%n",
    ),
    *(
        "[[F-2222]]",
        "[[X-99999]]",
        "[[" * 300,
        "]]" * 300,
        "# " * 400,
        "*_`" * 500,
        "|" * 900,
        "\u0663/\u0661/\u0662\u0660\u0662\u0666",
    ),
    *(
        "00000000-0000-0000-0000-000000000000",
        "0" * 32,
        "not-a-uuid",
        "2026-02-30",
        "31/12/9999",
        "0000-00-00",
        "24:61",
    ),
    *("F-2222", "f-2222", "public", "agree", "support", "yes", "on", "1", "2"),
)
ASKED = (
    *("page", "focus", "q", "words", "kind", "team", "of", "evidence", "show", "order", "conversation", "before"),
    *("after", "state", "manifesto", "next", "errors"),
)
HARMLESS = {200, 302, 308, 400, 403, 404, 405, 409, 410, 413, 422, 429}


def stage_of(view: object) -> str:
    """The stage in which a view lives; that of the package for signing in is `account`."""
    return view.__module__.split(".")[1]


def addresses(programme: Programme, room: str) -> list[str]:
    """Every address of the room, of something that is there."""
    team = next(t for t in programme.teams.all() if t.nodes.exists() and t.conversations.exists())
    known = {"programme": programme.slug, "team": team.slug, "stage": "listen", "number": "1", "secret": "x"}
    known |= {"slug": "x", "word": "finding", "rest": "edit/"}
    known |= {"sentence": "a" * 64, "what": "answers", "entry": "1", "key": "1", "section": "1", "promise": "1"}
    talk = team.conversations.order_by("opened_at").first()
    here = [route for route in routes() if stage_of(route.view) in ROOMS[room]]
    return [at for route in here if (at := address(route, known, programme, talk.code))]


def address(route: Route, known: dict[str, str], programme: Programme, talk: str) -> str:
    """One address; empty for what is not ours."""
    if not route.is_plain or not route.name:
        return ""
    values = {**known, "code": code_for(route, programme, talk)}
    rows = {"organisations": programme.organisations, "places": programme.places}
    for part, found in rows.items():
        if f"/{part}/<" in route.address:
            values["slug"] = found.first().slug
    ids = {
        "leads/": Lead,
        "people/": Membership,
        "venues/": Venue,
        "sections/": Section,
        "promises/": Promise,
        "journey/": Session,
    }
    for part, model in ids.items():
        if part in route.address and (row := model.objects.first()):
            values |= {"key": str(row.pk), "section": str(row.pk), "promise": str(row.pk)}
    return reverse(route.name, kwargs={part: values[part] for part in route.parts})


def code_for(route: Route, programme: Programme, talk: str) -> str:
    """The code that an address asks for: of an item of its kind, of any item, or of a conversation."""
    items = Node.objects.filter(programme=programme, withdrawn_at=None).order_by("code")
    if route.kind:
        return next((node.code for node in items.filter(kind=route.kind.key)), talk)
    code = items.first().code if route.parts.get("code", "").endswith("code") else talk
    return code.lower() if route.parts.get("code") == "small_code" else code


def sent(fields: dict[str, list[str]]) -> str:
    """A form as a browser that is not one may send it: lone surrogates and all."""
    return urlencode(fields, doseq=True, errors="surrogatepass")


def member(programme: Programme) -> Client:
    """Somebody who may reach every page of the programme, on a device that has taken part."""
    client = Client()
    client.force_login(Membership.objects.filter(programme=programme, role=Role.CONVENOR).first().user)
    return client


def check(response: HttpResponse, what: str) -> None:
    assert response.status_code in HARMLESS, f"{what} answered {response.status_code}"
    assert "Content-Security-Policy" in response, what


def forms_of(client: Client, programme: Programme, room: str) -> list[tuple[str, Form]]:
    """Every form that posts to the room, with the address that it goes to, each kind once."""
    found: dict[tuple[str, ...], tuple[str, Form]] = {}
    for place in addresses(programme, room):
        response = client.get(place)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            for form in Page(response.content.decode()).forms:
                goes = form.action if form.action.startswith("/") else place
                key = (re.sub(r"[A-Z]-[0-9A-Z]+|\d+", "X", goes), *sorted(form.names))
                is_here = stage_of(resolve(goes.partition("?")[0]).func) in ROOMS[room]
                if form.method == "post" and is_here and "sign-out" not in goes:
                    found.setdefault(key, (goes, form))
    return list(found.values())


def put_into_forms(programme: Programme, room: str) -> None:
    """Fill in the forms of a room with junk."""
    client = member(programme)
    forms = forms_of(client, programme, room)
    assert len(forms) >= 8

    @settings(
        max_examples=EXAMPLES_A_FORM * len(forms),
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def post(data: st.DataObject) -> None:
        goes, form = forms[data.draw(st.integers(0, len(forms) - 1))]
        fields = {name: list(values) for name, values in form.values.items()}
        for name in sorted(form.names - {"csrfmiddlewaretoken"}):
            if data.draw(st.integers(0, 2)):
                some = st.one_of(st.sampled_from(JUNK), st.text(max_size=30), st.sampled_from(JUNK))
                fields[name] = data.draw(st.lists(some, min_size=0, max_size=3))
        for name, value, _ in form.buttons.values():
            if name:
                fields[name] = [data.draw(st.sampled_from([value, *JUNK]))]
        with transaction.atomic():
            response = client.post(goes, sent(fields), content_type="application/x-www-form-urlencoded")
            check(response, f"{goes} with {fields!r}")
            transaction.set_rollback(True)

    post()


def ask_of_pages(programme: Programme, room: str, turn: int) -> None:
    """Put junk behind the question mark of every address of a room."""
    client, nobody = member(programme), Client()
    for number, place in enumerate(addresses(programme, room)):
        junk = [JUNK[(number * 7 + at * 3 + turn * 11) % len(JUNK)] for at in range(len(ASKED))]
        for who in (client, nobody):
            asked = sent({name: [value, value] for name, value in zip(ASKED, junk, strict=True)})
            check(who.get(f"{place}?{asked}"), f"{place}?{asked}")


def put_into_addresses(programme: Programme, room: str) -> None:
    """Put junk into the parts of every address of a room."""
    client = member(programme)
    junk = {
        "int": ("0", "99999999999999999999", "9" * 4400),
        "str": ("\0", "é\0", "x" * 5000, "..", "F-2222\n"),
        "slug": ("x" * 900, "-"),
    }

    def filled(route: Route, turn: int) -> str:
        def part(found: re.Match[str]) -> str:
            some = junk.get(found[1], junk["str"])
            return programme.slug if found[2] == "programme" else quote(some[turn % len(some)])

        return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", part, route.address)

    for route in routes():
        if route.is_plain and stage_of(route.view) in ROOMS[room]:
            for turn in range(5):
                place = filled(route, turn)
                check(client.get(place), place[:200])
