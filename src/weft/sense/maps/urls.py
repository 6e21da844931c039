"""Addresses of opinion maps."""

from django.urls import path

from weft.sense.maps import views

app_name = "maps"
urlpatterns = [
    path("<slug:programme>/<slug:team>/maps/new/", views.new, name="new"),
    path("<slug:programme>/map/<str:code>/", views.opinion_map, name="map"),
    path("<slug:programme>/map/<str:code>/check/", views.check, name="check"),
    path("<slug:programme>/map/<str:code>/withdraw/", views.withdraw, name="withdraw"),
]
