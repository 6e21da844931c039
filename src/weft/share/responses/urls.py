"""Addresses of asks with their answers, and of marking them."""

from django.urls import path

from weft.share.responses import views

app_name = "responses"
urlpatterns = [
    path("r/answers/", views.mine, name="mine"),
    path("r/answers/<str:code>/", views.mark_mine, name="mark_mine"),
    path("r/answers/<str:code>/back/", views.take_back_mine, name="take_back_mine"),
    path("<slug:programme>/asks/", views.asks, name="asks"),
    path("<slug:programme>/ask/<str:code>/answer/", views.answer_ask, name="answer_ask"),
    path(
        "<slug:programme>/recommendation/<str:code>/answer/", views.answer_recommendation, name="answer_recommendation"
    ),
    path("<slug:programme>/response/<str:code>/", views.response, name="response"),
    path("<slug:programme>/response/<str:code>/edit/", views.edit, name="edit"),
    path("<slug:programme>/response/<str:code>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:programme>/response/<str:code>/promises/new/", views.new_promise, name="new_promise"),
    path("<slug:programme>/response/<str:code>/promises/<int:promise>/", views.update, name="update"),
    path("<slug:programme>/response/<str:code>/mark/<slug:team>/", views.mark, name="mark"),
]
