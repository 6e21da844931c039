"""Addresses of themes."""

from django.urls import path

from weft.listen.themes import views
from weft.listen.themes.nouns import THEME
from weft.provenance.addresses import item_routes

app_name = "themes"
urlpatterns = [
    *item_routes(
        THEME,
        page=views.theme,
        edit=views.edit,
        gather=views.gather,
        release=views.release,
        take_back=views.withdraw,
    ),
    path("<slug:programme>/<slug:team>/themes/new/", views.new, name="new"),
]
