"""The addresses of the site. Literal first parts stand before the programmes' own."""

from django.urls import include, path

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
urlpatterns = [path("", include(f"weft.{area}.urls")) for area in AREAS]
