"""Addresses of sources and excerpts."""

from django.urls import path

from weft.sense.sources import views

app_name = "sources"
urlpatterns = [
    path("<slug:programme>/<slug:team>/sources/", views.sources, name="sources"),
    path("<slug:programme>/<slug:team>/sources/new/", views.new, name="new"),
    path("<slug:programme>/source/<str:code>/", views.source, name="source"),
    path("<slug:programme>/source/<str:code>/edit/", views.edit, name="edit"),
    path("<slug:programme>/source/<str:code>/excerpt/", views.take_from_source, name="take"),
    path("<slug:programme>/source/<str:code>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:programme>/story/<str:code>/excerpt/", views.take_from_story, name="take_from_story"),
    path("<slug:programme>/excerpt/<str:code>/", views.excerpt, name="excerpt"),
    path("<slug:programme>/excerpt/<str:code>/withdraw/", views.withdraw_excerpt, name="withdraw_excerpt"),
]
