"""Addresses of the learning journey."""

from django.urls import path

from weft.people.journey import views

app_name = "journey"
urlpatterns = [
    path("<slug:programme>/journey/", views.journey, name="journey"),
    path("<slug:programme>/journey/new/", views.new_session, name="new"),
    path("<slug:programme>/journey/<int:number>/", views.session, name="session"),
    path("<slug:programme>/journey/<int:number>/edit/", views.edit_session, name="edit"),
    path("<slug:programme>/journey/<int:number>/came/", views.who_came, name="came"),
]
