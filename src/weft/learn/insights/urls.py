"""Addresses of insights and recommendations."""

from django.urls import path

from weft.learn.insights import views
from weft.learn.insights.forms import InsightForm, RecommendationForm
from weft.learn.insights.nouns import INSIGHT, RECOMMENDATION
from weft.provenance.addresses import item_routes

app_name = "insights"
urlpatterns = [
    *item_routes(INSIGHT, page=views.insight, form=InsightForm, cases=views.cases),
    *item_routes(RECOMMENDATION, form=RecommendationForm),
    path("<slug:programme>/insights/", views.insights, name="insights"),
    path("<slug:programme>/<slug:team>/insights/new/", views.new, name="new"),
    path("<slug:programme>/<slug:team>/recommendations/new/", views.recommend, name="recommend"),
]
