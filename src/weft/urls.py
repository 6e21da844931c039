"""The addresses of the site: of every room that has some. Literal first parts stand before the programmes' own."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from weft.provenance.urls import moved

FIRST = "weft.listen.conversations"  # since a whole hall may be answering
LAST = ("weft.pages.team", "weft.pages.programme")  # since their addresses take any word


def place(room: str) -> int:
    """Where the addresses of a room stand: before those of the others, among them in the order of rooms, or after."""
    return 1 + LAST.index(room) if room in LAST else -1 if room == FIRST else 0


ROOMS = [room for room in sorted(settings.ROOMS, key=place) if find_spec(f"{room}.urls")]
urlpatterns: list[URLPattern | URLResolver] = [path("", include(f"{room}.urls")) for room in ROOMS]
urlpatterns += moved  # last, so that no page of today is sent on
