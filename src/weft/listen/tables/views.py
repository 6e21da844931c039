"""Table mode: on the device that many use, and where the team turns it on."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from weft.core.pages import page
from weft.core.same_site import same_site
from weft.listen import device, seat
from weft.listen.conversations import queries as conversations
from weft.listen.conversations.models import Conversation
from weft.listen.guessing import Guesser
from weft.listen.tables import actions, queries
from weft.listen.tables.forms import PinForm
from weft.people.programmes.models import Programme, Team
from weft.provenance import access

WRONG = "This is not the PIN of today. Ask whoever runs the conversation for it."


@access.everyone
@same_site
@never_cache
@sensitive_post_parameters("pin")
@sensitive_variables("form")
def table(request: HttpRequest, code: str) -> HttpResponse:
    """Put a device into table mode with the PIN, or make it an ordinary one again."""
    conversation = conversations.conversation_to_join(code)
    if not conversation.is_open or code != conversation.code:
        return redirect("conversations:part", conversation.code)
    words = {"conversation": conversation, "programme": conversation.programme, "team": conversation.team}
    if request.user.is_authenticated:
        return page(request, "tables/signed_in.html", words)
    form, guesser = PinForm(request.POST or None), Guesser.of(request, "pin")
    if form.is_valid():
        wait = guesser.wait_for(code)
        if not wait and queries.opens(conversation, form.cleaned_data["pin"]):
            return _let(request, conversation)
        if not wait:
            guesser.count(code)
        form.add_error("pin", wait or WRONG)
    return guesser.marked(page(request, "tables/table.html", words, form), request.path)


def _let(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """Into table mode with nothing of whoever used the device before; or out of it, where it was in it."""
    here: seat.Seat | None = request.table  # type: ignore[attr-defined]
    response = redirect("conversations:part", conversation.code)
    if here is not None and here.conversation == conversation:
        return seat.get_up(response, conversation.code)
    of = conversation.of
    slip = reverse("stories:slip", args=[of.programme.slug, of.room, conversation.code])
    return seat.sit_down(device.forget(response, conversation.code, slip), conversation)


@access.everyone
@same_site
@never_cache
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin on a device in table mode, as somebody new."""
    here: seat.Seat | None = request.table  # type: ignore[attr-defined]
    response = redirect("conversations:part", here.conversation.code if here else code)
    return seat.begin_turn(response, here, "time" in request.POST) if here else response


@access.everyone
@never_cache
@require_safe
def over(request: HttpRequest, code: str) -> HttpResponse:
    """Forget whoever takes part on a device in table mode, and begin anew. On any other device nothing happens."""
    here: seat.Seat | None = request.table  # type: ignore[attr-defined]
    response = redirect("conversations:part", here.conversation.code if here else code)
    return seat.end_turn(response, here.conversation.code) if here else response


@access.maker
@never_cache
def set_up(request: HttpRequest, of: Team | Programme, code: str) -> HttpResponse:
    """Turn table mode on, and read its PIN."""
    found = conversations.conversation_of(of, code)
    if request.method == "POST":
        actions.begin_table(by=request.user, conversation=found)
        return redirect(request.path)
    address = settings.ADDRESS + reverse("tables:table", args=[found.code])
    words = {"conversation": found, "address": address, "spoken": address.partition("://")[2].rstrip("/")}
    return page(request, "tables/set_up.html", {**words, "pin": queries.pin_of(found)})


@access.maker
@require_POST
def end(request: HttpRequest, of: Team | Programme, code: str) -> HttpResponse:
    """Turn table mode off."""
    found = actions.end_table(by=request.user, conversation=conversations.conversation_of(of, code))
    return redirect("tables:set_up", of.programme.slug, of.room, found.code)
