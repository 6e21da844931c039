"""Signing in and out, and a name."""

from allauth.account import views as allauth
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from weft.core import access
from weft.core.pages import form_page
from weft.people.accounts import actions
from weft.people.accounts.forms import NameForm

sign_in = access.everyone(allauth.RequestLoginCodeView.as_view(template_name="account/sign_in.html"))
sign_in_code = access.everyone(allauth.ConfirmLoginCodeView.as_view(template_name="account/sign_in_code.html"))


@access.everyone
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; the browser forgets the pages it kept."""
    response: HttpResponse = allauth.LogoutView.as_view()(request)
    response["Clear-Site-Data"] = '"cache"'
    return response


@access.signed_in
def name(request: HttpRequest) -> HttpResponse:
    """Change my name."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        actions.rename(by=request.user, name=form.cleaned_data["name"])
        messages.success(request, "Your name is changed.")
        return redirect("programmes:mine")
    return form_page(request, form, "Your name", reverse("programmes:mine"), crumb="My teams")
