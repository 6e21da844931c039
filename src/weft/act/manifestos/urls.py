"""Addresses of manifestos and asks."""

from django.urls import path

from weft.act.manifestos import views

app_name = "manifestos"
urlpatterns = [
    path("<slug:programme>/manifesto/<str:code>/", views.manifesto, name="manifesto"),
    path("<slug:programme>/manifesto/<str:code>/edit/", views.edit_manifesto, name="edit_manifesto"),
    path("<slug:programme>/manifesto/<str:code>/withdraw/", views.withdraw_manifesto, name="withdraw_manifesto"),
    path("<slug:programme>/ask/<str:code>/", views.ask, name="ask"),
    path("<slug:programme>/ask/<str:code>/edit/", views.edit_ask, name="edit_ask"),
    path("<slug:programme>/ask/<str:code>/event/", views.event, name="event"),
    path("<slug:programme>/ask/<str:code>/withdraw/", views.withdraw_ask, name="withdraw_ask"),
    path("<slug:programme>/<slug:team>/manifestos/new/", views.new_manifesto, name="new_manifesto"),
    path("<slug:programme>/<slug:team>/asks/new/", views.new_ask, name="new_ask"),
]
