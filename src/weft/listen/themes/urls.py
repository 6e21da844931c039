"""Addresses of themes."""

from django.urls import path

from weft.listen.themes import views

app_name = "themes"
urlpatterns = [
    path("<slug:programme>/theme/<slug:code>/", views.theme, name="theme"),
    path("<slug:programme>/theme/<slug:code>/edit/", views.edit, name="edit"),
    path("<slug:programme>/theme/<slug:code>/gather/", views.gather, name="gather"),
    path("<slug:programme>/theme/<slug:code>/release/", views.release, name="release"),
    path("<slug:programme>/theme/<slug:code>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:programme>/<slug:team>/themes/new/", views.new, name="new"),
]
