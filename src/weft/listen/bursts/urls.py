"""Addresses of what a team does about many who come from one place."""

from django.urls import path

from weft.listen.bursts import views

app_name = "bursts"
HERE = "<slug:programme>/<slug:team>/conversations/<slug:code>"
urlpatterns = [
    path(f"{HERE}/arrivals/", views.listing, name="list"),
    path(f"{HERE}/arrivals/<int:key>/undo/", views.undo, name="undo"),
    path(f"{HERE}/figures/", views.show_figures, name="show_figures"),
]
