"""Addresses of what a voice left behind."""

from django.urls import path

from weft.listen.left import views

app_name = "left"
urlpatterns = [
    path("<slug:programme>/<slug:team>/voices-left/", views.listing, name="list"),
    path("<slug:programme>/<slug:team>/voices-left/decide/", views.decide, name="decide"),
]
