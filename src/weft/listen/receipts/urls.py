"""Addresses of receipts."""

from django.urls import path

from weft.listen.receipts import views

app_name = "receipts"
urlpatterns = [
    path("r/", views.find, name="find"),
    path("r/yours/", views.yours, name="yours"),
    path("r/yours/back/", views.back, name="back"),
    path("r/yours/close/", views.close, name="close"),
    path("r/yours/<slug:what>/withdraw/", views.withdraw, name="withdraw"),
    path("c/<slug:code>/words/", views.keep, name="keep"),
    path("c/<slug:code>/finished/", views.finished, name="finished"),
    path("c/<slug:code>/sent/", views.sent, name="sent"),
]
