"""Addresses of taking part and of the team's conversations."""

from django.urls import path

from weft.listen.conversations import views
from weft.listen.conversations.nouns import STATEMENT
from weft.provenance.addresses import item_routes

app_name = "conversations"
urlpatterns = [
    path("c/<slug:code>/", views.part, name="part"),
    path("c/<slug:code>/card/<int:number>/", views.card, name="card"),
    path("c/<slug:code>/answer/", views.answer, name="answer"),
    path("c/<slug:code>/add/", views.suggest, name="suggest"),
    path("c/<slug:code>/added/", views.suggested, name="suggested"),
    *item_routes(STATEMENT, page=views.statement),
    path("<slug:programme>/conversations/", views.listed, name="open"),
    path("<slug:programme>/<slug:team>/conversations/new/", views.new, name="new"),
    path("<slug:programme>/<slug:team>/conversations/<slug:code>/", views.conversation, name="conversation"),
    path("<slug:programme>/<slug:team>/conversations/<slug:code>/edit/", views.edit, name="edit"),
    path("<slug:programme>/<slug:team>/conversations/<slug:code>/close/", views.close, name="close"),
    path("<slug:programme>/<slug:team>/conversations/<slug:code>/cards/new/", views.seed, name="seed"),
    path(
        "<slug:programme>/<slug:team>/conversations/<slug:code>/cards/<int:number>/",
        views.moderate,
        name="moderate",
    ),
    path("<slug:programme>/<slug:team>/conversations/<slug:code>/poster/", views.poster, name="poster"),
]
