"""Addresses of leads."""

from django.urls import path

from weft.people.leads import views

app_name = "leads"
urlpatterns = [
    path("<slug:programme>/<slug:team>/leads/", views.leads, name="leads"),
    path("<slug:programme>/<slug:team>/leads/<int:key>/back/", views.step_back, name="step_back"),
]
