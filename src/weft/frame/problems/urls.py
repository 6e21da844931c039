"""Addresses of problem statements."""

from django.urls import path

from weft.frame.problems import views

app_name = "problems"
urlpatterns = [
    path("<slug:programme>/<slug:team>/problems/new/", views.new, name="new"),
    path("<slug:programme>/problem/<str:code>/", views.problem, name="problem"),
    path("<slug:programme>/problem/<str:code>/edit/", views.edit, name="edit"),
    path("<slug:programme>/problem/<str:code>/version/<int:number>/", views.version, name="version"),
    path("<slug:programme>/problem/<str:code>/changes/", views.changes, name="changes"),
    path("<slug:programme>/problem/<str:code>/publish/", views.publish, name="publish"),
    path("<slug:programme>/problem/<str:code>/withdraw/", views.withdraw, name="withdraw"),
]
