"""The address of the board."""

from django.urls import path

from weft.pages.cohort import views

app_name = "cohort"
urlpatterns = [path("<slug:programme>/cohort/", views.cohort, name="cohort")]
