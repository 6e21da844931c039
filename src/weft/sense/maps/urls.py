"""Addresses of opinion maps."""

from django.urls import path

from weft.provenance.addresses import item_routes
from weft.sense.maps import views
from weft.sense.maps.nouns import MAP

app_name = "maps"
urlpatterns = [
    *item_routes(MAP, page=views.opinion_map, check=views.check, take_back=views.withdraw),
    path("<slug:programme>/<slug:team>/maps/new/", views.new, name="new"),
]
