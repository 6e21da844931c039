"""Addresses of the report, its draft and its editions."""

from django.urls import path

from weft.provenance.addresses import item_routes
from weft.share.reports import views
from weft.share.reports.nouns import EDITION

app_name = "reports"
urlpatterns = [
    *item_routes(EDITION, page=views.edition),
    path("<slug:programme>/report/", views.report, name="report"),
    path("<slug:programme>/report/draft/", views.draft, name="draft"),
    path("<slug:programme>/report/draft/about/", views.about, name="about"),
    path("<slug:programme>/report/draft/preview/", views.preview, name="preview"),
    path("<slug:programme>/report/draft/sections/new/", views.new_section, name="new_section"),
    path("<slug:programme>/report/draft/sections/<int:section>/", views.section, name="section"),
    path("<slug:programme>/report/draft/sections/<int:section>/move/", views.move, name="move"),
    path("<slug:programme>/report/draft/sections/<int:section>/remove/", views.remove, name="remove"),
    path("<slug:programme>/report/check/", views.check, name="check"),
    path("<slug:programme>/report/check/<str:sentence>/", views.judge, name="judge"),
    path("<slug:programme>/report/publish/", views.publish, name="publish"),
]
