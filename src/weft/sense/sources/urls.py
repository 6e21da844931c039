"""Addresses of sources and excerpts."""

from django.urls import path

from weft.listen.stories.nouns import STORY
from weft.provenance.addresses import item_route, item_routes
from weft.provenance.pages import take_back_view
from weft.sense.sources import views
from weft.sense.sources.actions import withdraw_excerpt
from weft.sense.sources.forms import SourceForm
from weft.sense.sources.nouns import EXCERPT, SOURCE

app_name = "sources"
urlpatterns = [
    *item_routes(SOURCE, page=views.source, form=SourceForm, excerpt=views.take_from_source),
    *item_routes(EXCERPT, page=views.excerpt, take_back=take_back_view(EXCERPT, withdraw_excerpt)),
    item_route(STORY, "excerpt/", views.take_from_story, "story-excerpt"),
    path("<slug:programme>/<slug:team>/sources/", views.sources, name="sources"),
    path("<slug:programme>/<slug:team>/sources/new/", views.new, name="new"),
]
