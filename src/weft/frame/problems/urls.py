"""Addresses of problem statements."""

from django.urls import path

from weft.frame.problems import views
from weft.frame.problems.actions import withdraw_problem
from weft.frame.problems.nouns import PROBLEM
from weft.provenance.addresses import item_route, item_routes
from weft.provenance.pages import take_back_view

app_name = "problems"
urlpatterns = [
    *item_routes(
        PROBLEM,
        page=views.problem,
        edit=views.edit,
        changes=views.changes,
        publish=views.publish,
        take_back=take_back_view(PROBLEM, withdraw_problem),
    ),
    item_route(PROBLEM, "version/<int:number>/", views.version, "problem-version"),
    path("<slug:programme>/<slug:team>/problems/new/", views.new, name="new"),
]
