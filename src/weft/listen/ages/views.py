"""Saying how old one is, before anything else, where children take part."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from weft.core.pages import page
from weft.core.same_site import same_site
from weft.listen import device
from weft.listen.ages.forms import AgeForm
from weft.listen.conversations import actions
from weft.listen.conversations import queries as conversations
from weft.listen.conversations.models import Age, Conversation
from weft.listen.guessing import Guesser
from weft.listen.tables.queries import opens
from weft.provenance import access

NO_YES = "Nobody has said yes yet. Ask whoever runs this to type their PIN here."
NO_PIN = "There is no PIN today. Ask whoever runs this to set up a shared device; the PIN stands there."
WRONG = "This is not the PIN of today. Ask whoever runs this to type it."


@access.everyone
@same_site
@never_cache
@sensitive_post_parameters("pin")
@sensitive_variables("form")
def age(request: HttpRequest, code: str) -> HttpResponse:
    """Say how old one is; for somebody under 13 whoever runs the conversation says yes, by the PIN of table mode.

    On a device in table mode they did so when they set it up. Whoever said it wrong says it again (`?again=1`).
    """
    conversation = conversations.conversation_to_join(code)
    participant = conversations.participant_with(conversation, device.secret_of(request, conversation.code))
    on = redirect("conversations:part", conversation.code)
    said = device.age_said(request, conversation.code)
    asks = conversations.asks_age(conversation, participant, said) or "again" in request.GET
    if not (conversation.is_open and conversation.for_children and asks):
        return on
    asks_pin = not device.is_shared(request)
    form, guesser = AgeForm(request.POST or None, asks_pin=asks_pin), Guesser.of(request, "pin")
    if form.is_valid():
        refusal = _refusal(form, guesser, conversation) if asks_pin else ""
        if not refusal:
            said = form.cleaned_data["age"]
            if participant is not None:
                actions.say_age(by=participant, participant=participant, age=said)
            return device.say_age(request, on, conversation.code, said)
        form.add_error("pin", refusal)
    words = {"conversation": conversation, "programme": conversation.programme, "team": conversation.team}
    response = page(request, "ages/age.html", words, form)
    return guesser.marked(response, request.path) if form.is_bound else response


def _refusal(form: AgeForm, guesser: Guesser, conversation: Conversation) -> str:
    """Why somebody under 13 may not go on yet."""
    if form.cleaned_data["age"] != Age.CHILD:
        return ""
    if not conversation.has_table:
        return NO_PIN
    if not form.pin_typed:
        return NO_YES
    wait = guesser.wait_for(conversation.code)
    if wait or opens(conversation, form.pin_typed):
        return wait
    guesser.count(conversation.code)
    return WRONG
