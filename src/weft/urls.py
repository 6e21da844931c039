"""The addresses of the site. Literal first parts stand before the programmes' own."""

from django.urls import URLPattern, URLResolver, include, path

from weft.provenance.urls import moved

AREAS = [
    "listen.conversations",  # first, since a whole hall may be answering
    "core",
    "people.accounts",
    "people.programmes",
    "people.leads",
    "people.journey",
    "listen.receipts",
    "listen.stories",
    "listen.themes",
    "sense.sources",
    "sense.findings",
    "sense.maps",
    "frame.problems",
    "provenance",
    "act.projects",
    "act.grants",
    "act.manifestos",
    "learn.reflections",
    "learn.insights",
    "share.reports",
    "share.responses",
    "pages.cohort",
    "pages.search",
    "pages.team",
    "pages.programme",
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include(f"weft.{area}.urls")) for area in AREAS]
urlpatterns += moved  # last, so that no page of today is sent on
