"""Addresses of concerns."""

from django.urls import path

from weft.listen.concerns import views
from weft.provenance.addresses import item_route
from weft.provenance.registry import NOUNS, spoken

app_name = "concerns"
urlpatterns = [
    *(item_route(NOUNS[kind], "pass-on/", views.pass_on_view(kind), f"{kind}-pass-on") for kind in spoken()),
    path("<slug:programme>/concerns/", views.listing, name="list"),
    path("<slug:programme>/concerns/<slug:code>/", views.concern, name="concern"),
]
