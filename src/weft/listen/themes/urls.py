"""Addresses of themes."""

from django.urls import path

from weft.listen.themes import views
from weft.listen.themes.forms import ThemeForm
from weft.listen.themes.nouns import THEME
from weft.provenance.addresses import item_routes

app_name = "themes"
urlpatterns = [
    *item_routes(
        THEME,
        page=views.theme,
        form=ThemeForm,
        gather=views.gather,
        let_go=views.let_go,
    ),
    path("<slug:programme>/<slug:team>/themes/new/", views.new, name="new"),
]
