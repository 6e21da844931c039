"""Pages that belong to no area."""

from django.urls import path

from weft.core import views

app_name = "core"
urlpatterns = [
    path("parts/", views.parts, name="parts"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
