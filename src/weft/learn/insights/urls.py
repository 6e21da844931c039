"""Addresses of insights and recommendations."""

from django.urls import path

from weft.learn.insights import views

app_name = "insights"
urlpatterns = [
    path("<slug:programme>/insights/", views.insights, name="insights"),
    path("<slug:programme>/insight/<str:code>/", views.insight, name="insight"),
    path("<slug:programme>/insight/<str:code>/edit/", views.edit, name="edit"),
    path("<slug:programme>/insight/<str:code>/cases/", views.cases, name="cases"),
    path("<slug:programme>/insight/<str:code>/withdraw/", views.withdraw_insight, name="withdraw_insight"),
    path("<slug:programme>/recommendation/<str:code>/", views.recommendation, name="recommendation"),
    path("<slug:programme>/recommendation/<str:code>/edit/", views.edit_recommendation, name="edit_recommendation"),
    path(
        "<slug:programme>/recommendation/<str:code>/withdraw/",
        views.withdraw_recommendation,
        name="withdraw_recommendation",
    ),
    path("<slug:programme>/<slug:team>/insights/new/", views.new, name="new"),
    path("<slug:programme>/<slug:team>/recommendations/new/", views.recommend, name="recommend"),
]
