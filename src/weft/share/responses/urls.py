"""Addresses of asks with their answers, and of marking them."""

from django.urls import path

from weft.act.manifestos.nouns import ASK
from weft.learn.insights.nouns import RECOMMENDATION
from weft.provenance.addresses import item_route, item_routes
from weft.share.responses import views
from weft.share.responses.forms import AnswerForm
from weft.share.responses.nouns import RESPONSE

app_name = "responses"
urlpatterns = [
    path("r/answers/", views.mine, name="mine"),
    path("r/answers/<str:code>/", views.mark_mine, name="mark_mine"),
    path("r/answers/<str:code>/back/", views.take_back_mine, name="take_back_mine"),
    *item_routes(
        RESPONSE, page=views.response, form=AnswerForm, take_back=views.withdraw, new_promise=views.new_promise
    ),
    item_route(RESPONSE, "promises/<int:promise>/", views.update, "response-promise"),
    item_route(RESPONSE, "mark/<slug:team>/", views.mark, "response-mark"),
    item_route(ASK, "answer/", views.answer_ask, "ask-answer"),
    item_route(RECOMMENDATION, "answer/", views.answer_recommendation, "recommendation-answer"),
    path("<slug:programme>/asks/", views.asks, name="asks"),
]
