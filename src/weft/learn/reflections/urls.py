"""Addresses of reflections."""

from django.urls import path

from weft.learn.reflections import views

app_name = "reflections"
urlpatterns = [
    path("<slug:programme>/reflection/<str:code>/", views.reflection, name="reflection"),
    path("<slug:programme>/reflection/<str:code>/edit/", views.edit, name="edit"),
    path("<slug:programme>/reflection/<str:code>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:programme>/<slug:team>/reflections/", views.reflections, name="reflections"),
    path("<slug:programme>/<slug:team>/reflections/new/", views.new, name="new"),
]
