"""Addresses of accounts. allauth's own names stay global, since it looks them up itself."""

from django.urls import path

from weft.people.accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_request_login_code"),
    path("sign-in/with/", views.sign_in, name="account_login"),
    path("sign-in/join/", views.sign_in, name="account_signup"),
    path("sign-in/code/", views.sign_in_code, name="account_confirm_login_code"),
    path("sign-out/", views.sign_out, name="account_logout"),
]
