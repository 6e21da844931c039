"""Addresses of stories."""

from django.urls import path

from weft.listen.stories import views
from weft.listen.stories.actions import withdraw_story
from weft.listen.stories.nouns import STORY
from weft.provenance.addresses import item_routes
from weft.provenance.pages import take_back_view

app_name = "stories"
urlpatterns = [
    path("c/<slug:code>/story/", views.tell, name="tell"),
    path("r/yours/<slug:code>/allowed/", views.allow, name="allow"),
    *item_routes(
        STORY,
        page=views.story,
        release=views.release,
        keep=views.keep,
        not_used=views.aside,
        hide=views.hide,
        show_again=views.show_again,
        allowed=views.allowed,
        take_back=take_back_view(STORY, withdraw_story),
    ),
    path("<slug:programme>/<slug:team>/stories/", views.listing, name="list"),
    path("<slug:programme>/<slug:team>/conversations/<slug:code>/paper/", views.paper, name="paper"),
    path("<slug:programme>/<slug:team>/conversations/<slug:code>/slip/", views.slip, name="slip"),
]
