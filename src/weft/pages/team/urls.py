"""Addresses of teams and their workspaces."""

from django.urls import path

from weft.pages.team import views

app_name = "team"
urlpatterns = [
    path("<slug:programme>/<slug:team>/", views.team, name="team"),
    path("<slug:programme>/<slug:team>/work/<slug:stage>/", views.workspace, name="workspace"),
]
