"""Addresses of opinion maps."""

from django.urls import path

from weft.provenance.addresses import item_routes
from weft.provenance.pages import take_back_view
from weft.sense.maps import views
from weft.sense.maps.actions import withdraw_map
from weft.sense.maps.nouns import MAP

app_name = "maps"
urlpatterns = [
    *item_routes(MAP, page=views.opinion_map, check=views.check, take_back=take_back_view(MAP, withdraw_map)),
    path("<slug:programme>/<slug:team>/maps/new/", views.new, name="new"),
]
