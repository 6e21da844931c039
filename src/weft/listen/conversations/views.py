"""Taking part in a conversation, and the team's side of it."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from weft.core import dates, throttle
from weft.core.errors import Refused
from weft.core.pages import form_page, page
from weft.core.same_site import same_site
from weft.core.saving import attempt
from weft.listen import device
from weft.listen.conversations import actions, analysis, queries
from weft.listen.conversations.actions import figures
from weft.listen.conversations.forms import ConversationForm, EditConversationForm, HideForm, SeedForm, SuggestForm
from weft.listen.conversations.models import Choice, Conversation, Moderation, Participant
from weft.listen.conversations.pages import newcomer
from weft.listen.conversations.queries import Ballot, Card
from weft.listen.conversations.queries import figures as moments
from weft.people.programmes.models import Programme, Team
from weft.provenance import access
from weft.provenance.items import Origin
from weft.provenance.models import Node
from weft.provenance.pages import OF_ALL

A_PAGE = 25
CHOICES = {"agree": Choice.AGREE, "disagree": Choice.DISAGREE, "pass": Choice.PASS}


def part_context(conversation: Conversation, **more: Any) -> dict[str, Any]:
    """What every page of taking part needs."""
    return {"conversation": conversation, "programme": conversation.programme, "team": conversation.team, **more}


def card_context(conversation: Conversation, card: Card, participant: Participant | None) -> dict[str, Any]:
    """A card and what its form sends along: a fresh key, and for a newcomer what their secret will be made of."""
    start = "" if participant else device.new_start()
    gone = participant is not None and participant.withdrawn_at is not None
    return part_context(conversation, card=card, participant=participant, key=uuid4(), start=start, is_gone=gone)


@access.everyone
@never_cache
@require_safe
def part(request: HttpRequest, code: str) -> HttpResponse:
    """A conversation as whoever scanned its code meets it: the first card at once."""
    conversation = queries.conversation_to_join(code)
    if code != conversation.code:
        return redirect("conversations:part", conversation.code)
    participant = queries.participant_with(conversation, device.secret_of(request, code))
    if not conversation.is_open:
        words = part_context(conversation, participant=participant, closed=dates.near_day(conversation.closed_at))
        return page(request, "conversations/closed.html", words)
    if _asks_age(request, conversation, participant):
        return redirect("ages:age", conversation.code)
    return page(request, "conversations/part.html", _next(conversation, participant))


def _asks_age(request: HttpRequest, conversation: Conversation, participant: Participant | None) -> bool:
    return queries.asks_age(conversation, participant, device.age_said(request, conversation.code))


def _next(conversation: Conversation, participant: Participant | None) -> dict[str, Any]:
    """The next card of a participant, or of somebody new."""
    answered = queries.answered_by(participant.pk if participant else None)
    if conversation.takes_statements:
        card = analysis.next_card(conversation.pk, participant.number if participant else None, answered)
    else:
        card = Card(None, None, 0, 0, None)
    return card_context(conversation, card, participant)


@access.everyone
@never_cache
@require_safe
def card(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One card by its number, to answer it or to change the answer."""
    conversation = queries.conversation_to_join(code)
    if not (conversation.is_open and conversation.takes_statements):
        return redirect("conversations:part", conversation.code)
    statement = queries.card_numbered(conversation, number)
    participant = queries.participant_with(conversation, device.secret_of(request, conversation.code))
    if _asks_age(request, conversation, participant):
        return redirect("ages:age", conversation.code)
    answered = queries.answered_by(participant.pk if participant else None)
    shown = analysis.one_card(conversation.pk, statement, answered)
    return page(request, "conversations/part.html", card_context(conversation, shown, participant))


@access.everyone
@same_site
@never_cache
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Record one answer: the hot path. The script is sent the next card, everybody else to the page with it."""
    data = request.POST
    statement, key = as_uuid(data.get("statement")), as_uuid(data.get("key"))
    choice = CHOICES.get(data.get("choice", ""))
    if statement is None or key is None or choice is None:
        return _unclear(request, code, statement)
    secret = device.secret_of(request, code) or device.secret_from(data.get("start", ""))
    ballot = queries.ballot_for(code, statement, secret)
    if ballot.participant is None and ballot.closed_at is None:
        newcomer(request, queries.conversation_to_join(code), secret)
        ballot = queries.ballot_for(code, statement, secret)
    actions.answer(by=ballot, choice=choice, key=key)
    response: HttpResponse
    if request.headers.get("X-Requested-With") == "weft":
        response = _next_fragment(request, ballot)
    else:
        response = HttpResponseRedirect(request.path.removesuffix("answer/"))
    return response if secret == device.secret_of(request, code) else device.remember(request, response, code, secret)


def _next_fragment(request: HttpRequest, ballot: Ballot) -> HttpResponse:
    """The next card alone, with no more reading than it needs."""
    conversation = queries.conversation_answered(ballot)
    card = analysis.next_card(conversation.pk, ballot.number, queries.answered_by(ballot.participant))
    words = {"conversation": conversation, "card": card, "participant": ballot.participant, "key": uuid4()}
    return render(request, "conversations/_card.html", words)


def _unclear(request: HttpRequest, code: str, statement: UUID | None) -> HttpResponse:
    """Somebody pressed Enter, or a form was damaged on its way: the card again, and what to do."""
    conversation = queries.conversation_to_join(code)
    actions.check_open(conversation)
    participant = queries.participant_with(conversation, device.secret_of(request, code))
    context = _next(conversation, participant)
    same = queries.shown_card(conversation.pk, pk=statement) if statement else None
    if same is not None:
        context["card"] = replace(context["card"], statement=same)
    return render(request, "conversations/part.html", {**context, "is_unclear": True}, status=422)


@access.everyone
@same_site
@never_cache
def suggest(request: HttpRequest, code: str) -> HttpResponse:
    """Add a card for others to answer."""
    conversation = queries.conversation_to_join(code)
    participant = queries.participant_with(conversation, device.secret_of(request, code))
    actions.check_open(conversation, participant)
    if _asks_age(request, conversation, participant):
        return redirect("ages:age", conversation.code)
    if not (conversation.takes_statements and conversation.takes_new_statements):
        raise Refused("No cards can be added to this conversation.")
    form = SuggestForm(request.POST or None, initial={"start": "" if participant else device.new_start()})
    if not form.is_valid():
        return page(request, "conversations/suggest.html", part_context(conversation), form)
    throttle.limit(request, "suggest", settings.MOST_CARDS)
    secret = device.secret_of(request, code) or device.secret_from(form.cleaned_data["start"])
    participant = participant or newcomer(request, conversation, secret)
    origin = Origin(key=form.cleaned_data["key"])
    actions.add_statement(by=participant, conversation=conversation, text=form.cleaned_data["text"], origin=origin)
    return device.remember(request, redirect("conversations:suggested", code), code, secret)


@access.everyone
@never_cache
@require_safe
def suggested(request: HttpRequest, code: str) -> HttpResponse:
    """What happens to a card that was added."""
    return page(request, "conversations/suggested.html", part_context(queries.conversation_to_join(code)))


def as_uuid(typed: str | None) -> UUID | None:
    """A key from a form, or none if it is damaged."""
    try:
        return UUID(typed or "")
    except ValueError:
        return None


# The team's side


def team_page(conversation: Conversation) -> str:
    """The conversation's page in the workspace."""
    where = [conversation.programme.slug, conversation.of.room, conversation.code]
    return reverse("conversations:conversation", args=where)


@access.reader
@require_safe
def listed(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What anybody may take part in now."""
    return page(request, "conversations/open.html", {"conversations": queries.open_conversations(programme)})


@access.maker
def new(request: HttpRequest, of: Team | Programme) -> HttpResponse:
    """Open a conversation."""
    form = ConversationForm(request.POST or None, initial=ConversationForm.initial_of(None))
    if conversation := attempt(form, lambda: actions.make_conversation(by=request.user, of=of, **form.facts())):
        messages.success(request, f"The conversation is open. Its code is {conversation.code}.")
        return redirect(team_page(conversation))
    return form_page(
        request, form, "Open a conversation", of.tab("listen"), button="Open it", intro="" if of.team else OF_ALL
    )


@access.maker
def edit(request: HttpRequest, of: Team | Programme, code: str) -> HttpResponse:
    """Change what is asked and how."""
    conversation = queries.conversation_of(of, code)
    form = EditConversationForm(request.POST or None, initial=EditConversationForm.initial_of(conversation))
    if attempt(form, lambda: actions.edit_conversation(by=request.user, conversation=conversation, **form.facts())):
        return redirect(team_page(conversation))
    return form_page(request, form, "Edit the conversation", team_page(conversation), crumb=conversation.prompt)


@access.maker
@require_safe
def conversation(request: HttpRequest, of: Team | Programme, code: str) -> HttpResponse:
    """How a conversation goes: who came, what was answered, what waits."""
    found = queries.conversation_of(of, code)
    show = {"waiting": Moderation.WAITING, "hidden": Moderation.HIDDEN}.get(request.GET.get("show", ""))
    rows = queries.statements_of(found, Moderation.SHOWN if show is None else show)
    counts = queries.counts_of(found)
    pages = Paginator(rows, A_PAGE)
    pages.count = {None: counts.shown, Moderation.WAITING: counts.waiting, Moderation.HIDDEN: counts.hidden}[show]
    statements = pages.get_page(request.GET.get("page"))
    context = {
        **queries.back_to(of),
        "conversation": found,
        "counts": counts,
        "figures_of": moments.latest_moment(found, timezone.now()),
        "page": statements,
        "shown": analysis.results(statements, inside=True),
        "show": request.GET.get("show", ""),
    }
    return page(request, "conversations/conversation.html", context)


@access.maker
def close(request: HttpRequest, of: Team | Programme, code: str) -> HttpResponse:
    """Close a conversation, after asking; or open it again."""
    found = queries.conversation_of(of, code)
    if request.method == "POST":
        if found.is_open:
            actions.close_conversation(by=request.user, conversation=found)
        else:
            actions.reopen_conversation(by=request.user, conversation=found)
        return redirect(team_page(found))
    words = {
        "question": f"Close “{found.prompt}”?" if found.is_open else f"Open “{found.prompt}” again?",
        "consequences": ["Nobody can answer any more. What was said stays.", "You can open it again at any time."]
        if found.is_open
        else [f"People can answer again with the code {found.code}."],
        "button": "Close it" if found.is_open else "Open it again",
        "cancel": team_page(found),
    }
    return page(request, "core/confirm.html", words)


@access.maker
def seed(request: HttpRequest, of: Team | Programme, code: str) -> HttpResponse:
    """Add cards of the team's own."""
    found = queries.conversation_of(of, code)
    form = SeedForm(request.POST or None)
    if form.is_valid():
        lines = form.cleaned_data["lines"]
        actions.add_statements(by=request.user, conversation=found, texts=lines)
        messages.success(request, "One card is added." if len(lines) == 1 else f"{len(lines)} cards are added.")
        return redirect(team_page(found))
    words = {
        "heading": "Add cards",
        "intro": f"People answer them one by one: agree, disagree or pass. They stand under “{found.prompt}”.",
        "button": "Add them",
        "crumb": found.prompt,
        "crumb_url": team_page(found),
        "cancel": team_page(found),
    }
    return page(request, "core/form_page.html", words, form)


@access.maker
def moderate(request: HttpRequest, of: Team | Programme, code: str, number: int) -> HttpResponse:
    """Show a card, or let it wait again, by one tap; hiding it asks for the reason."""
    found = queries.conversation_of(of, code)
    statement = queries.statement_numbered(found, number)
    back = f"{team_page(found)}?show=waiting"
    if request.method == "POST" and request.POST.get("show") in {"yes", "later"}:
        later = request.POST["show"] == "later"
        moderation = Moderation.WAITING if later else Moderation.SHOWN
        actions.moderate(by=request.user, row=statement, moderation=moderation)
        return redirect(back if request.POST.get("back") != "all" else team_page(found))
    form = HideForm(request.POST or None)
    if form.is_valid():
        actions.moderate(by=request.user, row=statement, moderation=Moderation.HIDDEN, **form.cleaned_data)
        messages.success(request, f"Card {number} is hidden. You can show it again from the hidden cards.")
        return redirect(back)
    words = {"question": "Hide this card?", "button": "Hide it", "cancel": back, "statement": statement}
    return page(request, "conversations/hide.html", words, form)


@access.maker
@require_safe
def poster(request: HttpRequest, of: Team | Programme, code: str) -> HttpResponse:
    """A page to print and put up where people already are."""
    found = queries.conversation_of(of, code)
    address = settings.ADDRESS + reverse("conversations:part", args=[found.code])
    words = {"conversation": found, "address": address, "spoken": address.partition("://")[2].rstrip("/")}
    return page(request, "conversations/poster.html", words)


@access.item("statement")
@require_safe
def statement(request: HttpRequest, node: Node) -> HttpResponse:
    """One card: how it was answered, and what came of it."""
    found = queries.statement_of(node)
    inside = request.may_work_here  # type: ignore[attr-defined]
    figures.step(statements=[found])
    words = {
        "node": node,
        "statement": found,
        "shown": analysis.results([found], inside),
        "inside": inside,
        "aside": analysis.aside(moments.aside(found), inside),
    }
    return page(request, "conversations/statement.html", words)
