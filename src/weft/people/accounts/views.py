"""Signing in and out."""

from allauth.account import views as allauth
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from weft.core import access

sign_in = access.everyone(allauth.RequestLoginCodeView.as_view(template_name="account/sign_in.html"))
sign_in_code = access.everyone(allauth.ConfirmLoginCodeView.as_view(template_name="account/sign_in_code.html"))


@access.everyone
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; the browser forgets the pages it kept."""
    response: HttpResponse = allauth.LogoutView.as_view()(request)
    response["Clear-Site-Data"] = '"cache"'
    return response
