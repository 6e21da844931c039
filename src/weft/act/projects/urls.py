"""Addresses of projects and their days."""

from django.urls import path

from weft.act.projects import views
from weft.act.projects.forms import ProjectForm
from weft.act.projects.nouns import ACTIVITY, PROJECT
from weft.provenance.addresses import item_routes

app_name = "projects"
urlpatterns = [
    *item_routes(
        PROJECT,
        page=views.project,
        form=ProjectForm,
        trying=views.trying,
        state=views.state,
        days=views.days,
        new_day=views.new_day,
    ),
    *item_routes(ACTIVITY, page=views.activity, edit=views.edit_day),
    path("<slug:programme>/<slug:team>/projects/new/", views.new, name="new"),
    path("<slug:programme>/<slug:team>/days/new/", views.quick_day, name="quick_day"),
]
