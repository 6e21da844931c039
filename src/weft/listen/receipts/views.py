"""Four words: getting them, opening the receipt with them, and taking back what was said.

The words are typed or come behind "#", and are posted: they never stand in a path, a query, a log or a referrer. An
opened receipt is remembered for half an hour by a signed cookie that names the participant and not the words.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from weft.core.pages import page
from weft.core.same_site import same_site
from weft.listen import device
from weft.listen.conversations import queries as conversations
from weft.listen.conversations.actions import figures
from weft.listen.conversations.models import Conversation, Participant, Weight
from weft.listen.device import silent
from weft.listen.guessing import Guesser
from weft.listen.receipts import actions, queries
from weft.listen.receipts.forms import FindForm
from weft.provenance import access

UNKNOWN = "We do not know these four words. Check the spelling, one word at a time. Each word is on your slip."


@access.everyone
@same_site
@sensitive_post_parameters("words")
@sensitive_variables("words", "form")
def find(request: HttpRequest) -> HttpResponse:
    """Open a receipt by the conversation's code and four words."""
    form = FindForm(request.POST or None)
    guesser = Guesser.of(request)
    if form.is_valid():
        code, words = form.cleaned_data["code"], form.cleaned_data["words"]
        if wait := guesser.wait_for(code):
            form.add_error("words", wait)
            response = silent(page(request, "receipts/find.html", {}, form))
            response.status_code = 429
            return guesser.marked(response, request.path)
        participant = queries.participant_for(code, words)
        if participant is not None:
            return silent(_opened(participant))
        guesser.count(code)
        form.add_error("words", " ".join([UNKNOWN, *queries.alike(words)]))
    return guesser.marked(silent(page(request, "receipts/find.html", {}, form)), request.path)


def _opened(participant: Participant) -> HttpResponse:
    """The way to the receipt, with the cookie that opens it."""
    return device.open_receipt(redirect("receipts:yours"), participant.pk.hex)


def opened(request: HttpRequest) -> Participant | None:
    """Whose receipt is open on this device."""
    key = device.opened_receipt(request)
    return queries.participant_opened(key) if key else None


def about(participant: Participant, **more: Any) -> dict[str, Any]:
    """What the pages of an opened receipt need."""
    conversation = participant.conversation
    return {"conversation": conversation, "programme": conversation.programme, "team": conversation.team, **more}


@access.everyone
@require_safe
def yours(request: HttpRequest) -> HttpResponse:
    """What became of what somebody said and answered."""
    participant = opened(request)
    if participant is None:
        return silent(redirect("receipts:find"))
    account = queries.account(participant)
    figures.step(statements=account.statements)
    return silent(
        page(
            request,
            "receipts/yours.html",
            about(participant, account=account, is_aside=participant.weight == Weight.SET_ASIDE),
        )
    )


@access.everyone
@same_site
def withdraw(request: HttpRequest, what: str) -> HttpResponse:
    """Take back one thing, all answers, or everything: first what rests on it is shown, then it is done."""
    participant = opened(request)
    if participant is None:
        return silent(redirect("receipts:find"))
    account = queries.account(participant)
    said = None if what in {"answers", "everything"} else queries.said_with(account, what)
    if said is None and what not in {"answers", "everything"}:
        raise Http404(access.NOT_HERE)
    if request.method == "POST":
        if said is not None:
            actions.withdraw_said(by=None, participant=participant, node=said.node)
        elif what == "answers":
            actions.withdraw_votes(by=None, participant=participant)
        else:
            actions.withdraw_participant(by=None, participant=participant)
        return silent(redirect("receipts:back"))
    words = about(participant, account=account, said=said, what=what)
    return silent(page(request, "receipts/withdraw.html", words))


@access.everyone
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """After something was taken back."""
    participant = opened(request)
    if participant is None:
        return silent(redirect("receipts:find"))
    return silent(page(request, "receipts/back.html", about(participant, account=queries.account(participant))))


@access.everyone
@same_site
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Forget the open receipt on this device."""
    return silent(device.close_receipt(redirect("receipts:find")))


@access.everyone
@same_site
@require_POST
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """Give four words to whoever has contributed from this device."""
    conversation, participant, secret = _here(request, code)
    if participant is None:
        return redirect("conversations:part", conversation.code)
    actions.issue(by=None, participant=participant, secret=secret)
    response = redirect("receipts:sent", conversation.code)
    if queries.are_just_given(participant):
        device.show_words(response, conversation.code, participant.pk.hex)
    return response


@access.everyone
@never_cache
@require_safe
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """What happens next, and the four words if this is still the visit in which they were given."""
    conversation, participant, secret = _here(request, code)
    if participant is None:
        return redirect("conversations:part", conversation.code)
    words = queries.words_for(secret, conversation)
    shown = words and device.may_show_words(request, participant.pk.hex)
    slip = queries.slip(conversation, words) if shown else None
    context = about(participant, sent=queries.sent_so_far(participant), slip=slip, has_words=bool(words))
    return silent(page(request, "receipts/sent.html", context))


@access.everyone
@same_site
@require_POST
def finished(request: HttpRequest, code: str) -> HttpResponse:
    """Make a shared device forget whoever took part, and begin anew. Nothing of what they said is taken back."""
    conversation = conversations.conversation_to_join(code)
    of = conversation.of
    slip = reverse("stories:slip", args=[of.programme.slug, of.room, conversation.code])
    response = redirect("conversations:part", conversation.code)
    return silent(device.forget(response, conversation.code, slip))


def _here(request: HttpRequest, code: str) -> tuple[Conversation, Participant | None, str]:
    """The conversation, who takes part in it from this device, and their secret."""
    conversation = conversations.conversation_to_join(code)
    secret = device.secret_of(request, conversation.code)
    participant = conversations.participant_with(conversation, secret)
    if participant is not None:
        participant.conversation = conversation
    return conversation, participant, secret
