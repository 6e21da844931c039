"""Addresses of reflections."""

from django.urls import path

from weft.learn.reflections import views
from weft.learn.reflections.forms import ReflectionForm
from weft.learn.reflections.nouns import REFLECTION
from weft.provenance.addresses import item_routes

app_name = "reflections"
urlpatterns = [
    *item_routes(REFLECTION, form=ReflectionForm),
    path("<slug:programme>/<slug:team>/reflections/", views.reflections, name="reflections"),
    path("<slug:programme>/<slug:team>/reflections/new/", views.new, name="new"),
]
