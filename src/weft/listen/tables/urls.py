"""Addresses of table mode."""

from django.urls import path

from weft.listen.tables import views

app_name = "tables"
urlpatterns = [
    path("c/<slug:code>/table/", views.table, name="table"),
    path("c/<slug:code>/table/start/", views.start, name="start"),
    path("c/<slug:code>/table/over/", views.over, name="over"),
    path("<slug:programme>/<slug:team>/conversations/<slug:code>/table/", views.set_up, name="set_up"),
    path("<slug:programme>/<slug:team>/conversations/<slug:code>/table/end/", views.end, name="end"),
]
