"""Addresses of orchards."""

from django.urls import path

from tests.house.orchards import views
from tests.house.orchards.forms import OrchardForm
from tests.house.orchards.nouns import ORCHARD
from weft.provenance.addresses import item_routes

app_name = "orchards"
new = path("<slug:programme>/<slug:team>/orchards/new/", views.new, name="new")
urlpatterns = [*item_routes(ORCHARD, form=OrchardForm), new]
