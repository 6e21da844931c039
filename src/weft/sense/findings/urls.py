"""Addresses of findings and gaps."""

from django.urls import path

from weft.provenance.addresses import item_routes
from weft.sense.findings import views
from weft.sense.findings.forms import FindingForm, GapForm
from weft.sense.findings.nouns import FINDING, GAP

app_name = "findings"
urlpatterns = [
    *item_routes(
        FINDING,
        page=views.finding,
        form=FindingForm,
        evidence=views.evidence,
        questions=views.questions,
    ),
    *item_routes(
        GAP,
        page=views.gap,
        form=GapForm,
        offer=views.offer,
        close=views.close,
        reopen=views.reopen,
    ),
    path("<slug:programme>/<slug:team>/findings/", views.findings, name="findings"),
    path("<slug:programme>/<slug:team>/findings/new/", views.new, name="new"),
    path("<slug:programme>/<slug:team>/gaps/", views.gaps, name="gaps"),
    path("<slug:programme>/<slug:team>/gaps/new/", views.new_gap, name="new_gap"),
]
