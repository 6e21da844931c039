"""Signing in, and what is mine."""

from allauth.account import views as allauth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from weft.core import access
from weft.core.pages import page
from weft.people.accounts import actions
from weft.people.accounts.forms import NameForm
from weft.people.programmes import queries

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

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
def mine(request: HttpRequest) -> HttpResponse:
    """My programmes and teams."""
    return page(request, "accounts/mine.html", {"mine": queries.mine(request.user)})


@access.signed_in
def name(request: HttpRequest) -> HttpResponse:
    """Change my name."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        actions.rename(by=request.user, name=form.cleaned_data["name"])
        messages.success(request, "Your name is changed.")
        return redirect("accounts:mine")
    return page(
        request, "core/form_page.html", {"heading": "Your name", "crumb": "My teams", "crumb_url": "/mine/"}, form
    )


def is_this_machine(request: HttpRequest) -> bool:
    """Whether the request came from the machine that serves it, straight and under a local name."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    local = request.META.get("REMOTE_ADDR", "") in {"127.0.0.1", "::1"} and "HTTP_X_FORWARDED_FOR" not in request.META
    return local and (host in {"localhost", "127.0.0.1", "::1"} or host.endswith(".localhost"))


@access.everyone
def demo(request: HttpRequest) -> HttpResponse:
    """Sign in as anyone of the demonstration's cast, with one tap; only on this machine and only with WEFT_DEMO."""
    if not (settings.DEMO and is_this_machine(request)):
        raise Http404(access.NOT_HERE)
    if request.method == "POST":
        wanted = request.POST.get("user", "")
        chosen = next((one.user for one in queries.demo_cast() if str(one.user_id) == wanted), None)
        if chosen is None:
            raise Http404(access.NOT_HERE)
        login(request, chosen, backend=BACKEND)
        return redirect("accounts:mine")
    return page(request, "accounts/demo.html", {"cast": queries.demo_cast()})
