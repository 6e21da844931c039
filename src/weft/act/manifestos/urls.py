"""Addresses of manifestos and asks."""

from django.urls import path

from weft.act.manifestos import views
from weft.act.manifestos.forms import AskForm, ManifestoForm
from weft.act.manifestos.nouns import ASK, MANIFESTO
from weft.provenance.addresses import item_routes

app_name = "manifestos"
urlpatterns = [
    *item_routes(MANIFESTO, page=views.manifesto, form=ManifestoForm),
    *item_routes(ASK, page=views.ask, form=AskForm, event=views.event),
    path("<slug:programme>/<slug:team>/manifestos/new/", views.new_manifesto, name="new_manifesto"),
    path("<slug:programme>/<slug:team>/asks/new/", views.new_ask, name="new_ask"),
]
