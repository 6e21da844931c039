"""Addresses of money."""

from django.urls import path

from weft.act.grants import views

app_name = "grants"
urlpatterns = [
    path("<slug:programme>/<slug:team>/grants/new/", views.new, name="new"),
    path("<slug:programme>/<slug:team>/grants/<int:key>/", views.book, name="book"),
    path("<slug:programme>/<slug:team>/grants/<int:key>/spend/", views.spend, name="spend"),
    path("<slug:programme>/<slug:team>/grants/<int:key>/plan/", views.plan, name="plan"),
    path("<slug:programme>/<slug:team>/grants/<int:key>/<int:entry>/correct/", views.correct, name="correct"),
]
