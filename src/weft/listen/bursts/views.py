"""Many from one place: the page on which a team looks at them and decides, and the figures that everybody sees."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from weft.core.errors import Refused
from weft.core.pages import page
from weft.listen.bursts import actions, analysis, queries
from weft.listen.bursts.forms import DecideForm
from weft.listen.bursts.models import Decision
from weft.listen.conversations import queries as conversations
from weft.listen.conversations.actions import figures
from weft.listen.conversations.models import Conversation
from weft.people.programmes.models import Programme, Team
from weft.provenance import access

SAID = {
    Decision.ASIDE: "They are set aside. Nothing they answered is counted.",
    Decision.SEEN: "They count in full, each of them.",
}


LOOK_AGAIN = "More people came meanwhile, or somebody has decided. Open the page again, and look."


@access.maker
def listing(request: HttpRequest, of: Team | Programme, code: str) -> HttpResponse:
    """Who came among many from one place, and what was decided of whom."""
    conversation = conversations.conversation_of(of, code)
    sent = request.POST if request.method == "POST" else None
    forms = [DecideForm(sent, about=one, number=at) for at, one in enumerate(analysis.bursts(conversation), 1)]
    chosen = next((form for form in forms if form.is_bound), None)
    if sent is not None and (chosen is None or sent.get("decision") not in SAID):
        raise Refused(LOOK_AGAIN)
    if chosen is not None and chosen.is_valid():
        return _decide(request, conversation, chosen)
    words = {
        "conversation": conversation,
        "forms": forms,
        "decided": queries.decided(conversation),
        "back": reverse("conversations:conversation", args=[of.programme.slug, of.room, conversation.code]),
    }
    return page(request, "bursts/list.html", words, chosen)


def _decide(request: HttpRequest, conversation: Conversation, form: DecideForm) -> HttpResponse:
    decision = Decision(request.POST["decision"])
    actions.decide(
        by=request.user,
        conversation=conversation,
        people=form.about.people,
        decision=decision,
        because=form.cleaned_data["because"],
        first_at=form.about.first_at,
        last_at=form.about.last_at,
    )
    messages.success(request, SAID[decision])
    return redirect(request.path)


@access.maker
@require_POST
def undo(request: HttpRequest, of: Team | Programme, code: str, key: int) -> HttpResponse:
    """Count people again as if nothing had been decided of them."""
    conversation = conversations.conversation_of(of, code)
    actions.undo(by=request.user, burst=queries.burst_of(conversation, key))
    messages.success(request, "They are counted as they were before.")
    return redirect("bursts:list", of.programme.slug, of.room, conversation.code)


@access.maker
@require_POST
def show_figures(request: HttpRequest, of: Team | Programme, code: str) -> HttpResponse:
    """Let everybody see the figures of a conversation as they are now."""
    conversation = conversations.conversation_of(of, code)
    figures.show_now(by=request.user, conversation=conversation)
    messages.success(request, "Everybody sees the numbers as they are now, as far as they may be shown.")
    return redirect("conversations:conversation", of.programme.slug, of.room, conversation.code)
