"""The address at which people say how old they are."""

from django.urls import path

from weft.listen.ages import views

app_name = "ages"
urlpatterns = [path("c/<slug:code>/age/", views.age, name="age")]
