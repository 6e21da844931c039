"""Addresses of problem statements."""

from django.urls import path

from weft.frame.problems import views
from weft.frame.problems.nouns import PROBLEM
from weft.provenance.addresses import item_route, item_routes

app_name = "problems"
urlpatterns = [
    *item_routes(
        PROBLEM,
        page=views.problem,
        edit=views.edit,
        changes=views.changes,
        publish=views.publish,
        take_back=views.withdraw,
    ),
    item_route(PROBLEM, "version/<int:number>/", views.version, "problem-version"),
    path("<slug:programme>/<slug:team>/problems/new/", views.new, name="new"),
]
