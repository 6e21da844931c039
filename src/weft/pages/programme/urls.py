"""Addresses of the first pages."""

from django.urls import path

from weft.pages.programme import views

app_name = "programme"
urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:programme>/", views.programme, name="programme"),
]
