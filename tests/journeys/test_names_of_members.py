"""A stranger who looks for names: on every page that everybody can get, no member stands who did not say so."""

import re
from importlib.resources import files

import pytest
from django.core.cache import cache

from tests.journeys.crawl import pages
from tests.programme_file.files import loaded
from weft.people.accounts.models import User
from weft.people.programmes.actions import call_oneself
from weft.people.programmes.permissions import may_be_named

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.sqlite]
STARTS = ("/", "/pell-coast/", "/pell-coast/search/?words=a&kind=", "/pell-coast/journey/", "/mine/")


def named_on(found: dict[str, str], users: list[User]) -> dict[str, list[str]]:
    """Who is named, or found by their address, on which pages."""
    words = {at: " ".join(re.sub(r"<[^>]*>", " ", page).split()) + page for at, page in found.items()}
    who = {user.name: re.compile(rf"{re.escape(user.name)}|{re.escape(user.email)}") for user in users}
    return {
        name: at
        for name, told in who.items()
        if (at := sorted(one for one, page in words.items() if told.search(page)))
    }


def test_a_stranger_finds_those_who_said_so_and_nobody_else() -> None:
    """Texts that teams wrote may name whom they like, so here everybody is called something that no text holds."""
    loaded((files("weft.programme_file") / "demo.yaml").read_text("utf-8"))
    users = list(User.objects.order_by("pk"))
    assert {user.name for user in users if not may_be_named(user)} == {"Priya Nand", "Ewan Firth", "Joan Bircham"}
    for number, user in enumerate(users):
        call_oneself(
            by=user, name=f"Quaxley-{number:02} Ondrimer", name_in_public=["yes", "no", "under_18", "yes"][number % 4]
        )
    cache.clear()
    found = pages(None, STARTS)
    assert len(found) > 300
    named = named_on(found, users)
    assert named
    assert named.keys() <= {user.name for user in User.objects.all() if may_be_named(user)}
    assert "gathered by a member from University of Pellhaven" in " ".join(" ".join(found.values()).split())
