"""Addresses of findings and gaps."""

from django.urls import path

from weft.sense.findings import views

app_name = "findings"
urlpatterns = [
    path("<slug:programme>/<slug:team>/findings/", views.findings, name="findings"),
    path("<slug:programme>/<slug:team>/findings/new/", views.new, name="new"),
    path("<slug:programme>/finding/<str:code>/", views.finding, name="finding"),
    path("<slug:programme>/finding/<str:code>/edit/", views.edit, name="edit"),
    path("<slug:programme>/finding/<str:code>/evidence/", views.evidence, name="evidence"),
    path("<slug:programme>/finding/<str:code>/questions/", views.questions, name="questions"),
    path("<slug:programme>/finding/<str:code>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:programme>/<slug:team>/gaps/", views.gaps, name="gaps"),
    path("<slug:programme>/<slug:team>/gaps/new/", views.new_gap, name="new_gap"),
    path("<slug:programme>/gap/<str:code>/", views.gap, name="gap"),
    path("<slug:programme>/gap/<str:code>/edit/", views.edit_gap, name="edit_gap"),
    path("<slug:programme>/gap/<str:code>/offer/", views.offer, name="offer"),
    path("<slug:programme>/gap/<str:code>/close/", views.close, name="close"),
    path("<slug:programme>/gap/<str:code>/reopen/", views.reopen, name="reopen"),
    path("<slug:programme>/gap/<str:code>/withdraw/", views.withdraw_gap, name="withdraw_gap"),
]
