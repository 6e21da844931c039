"""Asks with their answers, entering answers, promises, and marking the homework."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from weft.core.pages import form_page, page
from weft.core.revisions import facts_of
from weft.core.same_site import same_site
from weft.core.saving import attempt
from weft.listen import device
from weft.listen.conversations.models import Participant
from weft.listen.device import silent
from weft.listen.receipts.queries import participant_opened
from weft.people.programmes.models import Programme
from weft.people.programmes.queries import team_of
from weft.provenance import access
from weft.provenance.models import Node
from weft.provenance.pages import CODE_STAYS, withdraw_page
from weft.share.responses import actions, queries
from weft.share.responses.forms import (
    AnswerForm,
    FilterForm,
    MarkForm,
    PromiseForm,
    TeamMarkForm,
    UpdateForm,
)


@access.reader
def asks(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Every ask and recommendation, the longest silence first, with the answers in full."""
    form = FilterForm(request.GET or None, programme=programme)
    picked = form.cleaned_data if form.is_valid() else {}
    team = form.teams.get(picked.get("team", ""))
    here = access.standing(request, programme)
    everything = queries.keys(programme, here, team)
    state = picked.get("state", "")
    shown = Paginator([key for key in everything if not state or key.end == state], 25).get_page(
        request.GET.get("page")
    )
    listed = queries.asked(programme, shown.object_list, here)
    words = {"asks": listed, "shown": shown, "figure": queries.waited(everything, listed), "is_picked": bool(picked)}
    return page(request, "responses/asks.html", words, form)


@access.item("ask", edit=True)
def answer_ask(request: HttpRequest, node: Node) -> HttpResponse:
    """Enter the answer to an ask."""
    return enter(request, node)


@access.item("recommendation", edit=True)
def answer_recommendation(request: HttpRequest, node: Node) -> HttpResponse:
    """Enter the answer to a recommendation."""
    return enter(request, node)


def enter(request: HttpRequest, to: Node) -> HttpResponse:
    """The form for an answer."""
    form = AnswerForm(request.POST or None, of=to.of)
    if made := attempt(form, lambda: actions.respond(by=request.user, to=to, **form.facts())):
        return redirect(made.node)
    intro = f"To “{to.title}”. The answer is quoted in full, in the words of who gave it."
    return form_page(request, form, "Enter the answer", to.get_absolute_url(), intro=intro)


@access.item("response")
def response(request: HttpRequest, node: Node) -> HttpResponse:
    """An answer: its reasons, its promises, and whether it answered."""
    found = queries.response_at(node)
    here = access.standing(request, node.programme)
    inside = here.works_in(node.team_id)
    actions.step(response=found)
    words = {
        "node": node,
        "response": found,
        "homework": queries.homework(found, inside),
        "teams": queries.teams_that_may_mark(node, here) if here.is_member else [],
        "may_change": inside,
    }
    return page(request, "responses/response.html", words)


@access.item("response", edit=True)
def withdraw(request: HttpRequest, node: Node) -> HttpResponse:
    """Take an answer back."""
    found = queries.response_at(node)
    before = f"“{found.to.title}” is as it was before this answer."
    return withdraw_page(
        request,
        node,
        lambda: actions.withdraw_response(by=request.user, row=found),
        before,
        CODE_STAYS,
        what=node.about.said,
        then=found.to,
    )


@access.item("response", edit=True)
def new_promise(request: HttpRequest, node: Node) -> HttpResponse:
    """Add something that was promised."""
    form = PromiseForm(request.POST or None)
    if form.is_valid():
        actions.promise(by=request.user, row=queries.response_at(node), **form.cleaned_data)
        return redirect(node)
    return form_page(request, form, "Add a promise", node.get_absolute_url(), button="Add it")


@access.item("response", edit=True)
def update(request: HttpRequest, node: Node, promise: int) -> HttpResponse:
    """Say what came of a promise."""
    found = queries.promise_of(queries.response_at(node), promise)
    form = UpdateForm(request.POST or None, initial=facts_of(found, ("came", "update", "revision")))
    if attempt(form, lambda: actions.update_promise(by=request.user, row=found, **form.facts())):
        return redirect(node)
    return form_page(request, form, f"Promised: {found.what}", node.get_absolute_url())


@access.item("response")
def mark(request: HttpRequest, node: Node, team: str) -> HttpResponse:
    """Say for a team whether it answered."""
    here = access.standing(request, node.programme)
    marking = team_of(node.programme, team)
    if not here.works_in(marking.pk):
        raise Http404(access.NOT_HERE)
    found = queries.response_at(node)
    old = queries.mark_of_team(found, marking)
    said = facts_of(old, ("answer", "why", "revision")) if old else {"revision": 0}
    form = TeamMarkForm(request.POST or None, initial=said)
    if attempt(form, lambda: actions.mark(by=request.user, row=found, team=marking, **form.facts())):
        return redirect(node)
    return form_page(request, form, f"{marking.name}: did it answer?", node.get_absolute_url(), intro=found.to.title)


def opened(request: HttpRequest) -> Participant | None:
    """Whose receipt is open on this device."""
    key = device.opened_receipt(request)
    return participant_opened(key) if key else None


@access.everyone
def mine(request: HttpRequest) -> HttpResponse:
    """The answers to what came of a contributor's words."""
    participant = opened(request)
    if participant is None:
        return silent(redirect("receipts:find"))
    return silent(page(request, "responses/mine.html", about(participant, answers=queries.to_mark(participant))))


@access.everyone
@same_site
def mark_mine(request: HttpRequest, code: str) -> HttpResponse:
    """Say as a contributor whether an answer answered."""
    participant = opened(request)
    if participant is None:
        return silent(redirect("receipts:find"))
    one = next((one for one in queries.to_mark(participant) if one.response.node.code == code.upper()), None)
    if one is None:
        raise Http404(access.NOT_HERE)
    old = one.mark
    form = MarkForm(request.POST or None, initial={"answer": old.answer, "why": old.why} if old else None)
    if form.is_valid():
        actions.mark(by=participant, row=one.response, **form.cleaned_data)
        return silent(redirect("receipts:yours" if "on_receipt" in request.POST else "responses:mine"))
    return silent(page(request, "responses/mark_mine.html", about(participant, one=one), form))


@access.everyone
@same_site
@require_POST
def take_back_mine(request: HttpRequest, code: str) -> HttpResponse:
    """Take back as a contributor what one said of an answer."""
    participant = opened(request)
    if participant is None:
        return silent(redirect("receipts:find"))
    found = queries.mark_of(participant, code)
    if found is not None:
        actions.take_back_mark(by=participant, row=found)
    return silent(redirect("responses:mine"))


def about(participant: Participant, **more: object) -> dict[str, object]:
    """What the pages of an opened receipt need."""
    conversation = participant.conversation
    return {"conversation": conversation, "programme": conversation.programme, "team": conversation.team, **more}
