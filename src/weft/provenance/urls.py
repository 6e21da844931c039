"""Addresses of the thread."""

from weft.provenance import views
from weft.provenance.addresses import item_route, old_routes

app_name = "provenance"
urlpatterns = [item_route(None, "thread/", views.thread, "thread")]
moved = old_routes(views.moved)
