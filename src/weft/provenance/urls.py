"""Addresses of the thread."""

from django.urls import path

from weft.provenance import views

app_name = "provenance"
urlpatterns = [path("<slug:programme>/thread/<str:code>/", views.thread, name="thread")]
