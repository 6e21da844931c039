"""The address of the search."""

from django.urls import path

from weft.pages.search import views

app_name = "search"
urlpatterns = [path("<slug:programme>/search/", views.search, name="search")]
