"""Addresses of projects and their days."""

from django.urls import path

from weft.act.projects import views

app_name = "projects"
urlpatterns = [
    path("<slug:programme>/project/<str:code>/", views.project, name="project"),
    path("<slug:programme>/project/<str:code>/edit/", views.edit, name="edit"),
    path("<slug:programme>/project/<str:code>/trying/", views.trying, name="trying"),
    path("<slug:programme>/project/<str:code>/state/", views.state, name="state"),
    path("<slug:programme>/project/<str:code>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:programme>/project/<str:code>/days/", views.days, name="days"),
    path("<slug:programme>/project/<str:code>/days/new/", views.new_day, name="new_day"),
    path("<slug:programme>/activity/<str:code>/", views.activity, name="activity"),
    path("<slug:programme>/activity/<str:code>/edit/", views.edit_day, name="edit_day"),
    path("<slug:programme>/<slug:team>/projects/new/", views.new, name="new"),
    path("<slug:programme>/<slug:team>/days/new/", views.quick_day, name="quick_day"),
]
