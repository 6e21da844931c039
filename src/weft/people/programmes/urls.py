"""Addresses of programmes, teams and who belongs."""

from django.urls import path

from weft.people.programmes import views

app_name = "programmes"
urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("mine/name/", views.name, name="name"),
    path("demo/", views.demo, name="demo"),
    path("programmes/new/", views.new, name="new"),
    path("invitation/", views.come_in, name="come_in"),
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
    path("<slug:programme>/settings/", views.edit, name="edit"),
    path("<slug:programme>/people/", views.people, name="people"),
    path("<slug:programme>/teams/new/", views.new_team, name="new_team"),
    path("<slug:programme>/organisations/", views.organisations, name="organisations"),
    path("<slug:programme>/organisations/new/", views.new_organisation, name="new_organisation"),
    path("<slug:programme>/organisations/<slug:slug>/", views.edit_organisation, name="edit_organisation"),
    path("<slug:programme>/places/", views.places, name="places"),
    path("<slug:programme>/places/new/", views.new_place, name="new_place"),
    path("<slug:programme>/places/venues/new/", views.new_venue, name="new_venue"),
    path("<slug:programme>/places/venues/<int:key>/", views.edit_venue, name="edit_venue"),
    path("<slug:programme>/places/<slug:slug>/", views.edit_place, name="edit_place"),
    path("<slug:programme>/<slug:team>/settings/", views.edit_team, name="edit_team"),
    path("<slug:programme>/<slug:team>/people/", views.team_people, name="team_people"),
    path("<slug:programme>/<slug:team>/people/<int:key>/role/", views.member_role, name="member_role"),
    path("<slug:programme>/<slug:team>/people/<int:key>/leave/", views.end_membership, name="end_membership"),
    path(
        "<slug:programme>/<slug:team>/people/invitations/<int:key>/withdraw/",
        views.withdraw_invitation,
        name="withdraw_invitation",
    ),
]
