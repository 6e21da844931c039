"""Addresses of stories."""

from django.urls import path

from weft.listen.stories import views

app_name = "stories"
urlpatterns = [
    path("c/<slug:code>/story/", views.tell, name="tell"),
    path("r/yours/<slug:code>/allowed/", views.allow, name="allow"),
    path("<slug:programme>/story/<slug:code>/", views.story, name="story"),
    path("<slug:programme>/story/<slug:code>/read/", views.read, name="read"),
    path("<slug:programme>/story/<slug:code>/not-used/", views.aside, name="aside"),
    path("<slug:programme>/story/<slug:code>/allowed/", views.allowed, name="allowed"),
    path("<slug:programme>/story/<slug:code>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:programme>/<slug:team>/stories/", views.listing, name="list"),
    path("<slug:programme>/<slug:team>/conversations/<slug:code>/paper/", views.paper, name="paper"),
    path("<slug:programme>/<slug:team>/conversations/<slug:code>/slip/", views.slip, name="slip"),
]
