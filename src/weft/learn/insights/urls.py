"""Addresses of insights and recommendations."""

from django.urls import path

from weft.learn.insights import views
from weft.learn.insights.nouns import INSIGHT, RECOMMENDATION
from weft.provenance.addresses import item_routes

app_name = "insights"
urlpatterns = [
    *item_routes(INSIGHT, page=views.insight, edit=views.edit, cases=views.cases, take_back=views.withdraw_insight),
    *item_routes(
        RECOMMENDATION,
        page=views.recommendation,
        edit=views.edit_recommendation,
        take_back=views.withdraw_recommendation,
    ),
    path("<slug:programme>/insights/", views.insights, name="insights"),
    path("<slug:programme>/<slug:team>/insights/new/", views.new, name="new"),
    path("<slug:programme>/<slug:team>/recommendations/new/", views.recommend, name="recommend"),
]
