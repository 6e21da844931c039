"""Passing on what may mean danger, and the safeguarding lead's own pages."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from weft.core.pages import page
from weft.core.saving import attempt
from weft.listen.concerns import actions, queries
from weft.listen.concerns.forms import NoteForm, PassOnForm
from weft.listen.concerns.models import ConcernState
from weft.people.programmes.models import Programme
from weft.provenance import access
from weft.provenance.models import Node

DOES = {"note": actions.note, "close": actions.close, "hand_back": actions.hand_back}
DONE = {
    "note": "The note is saved.",
    "close": "It is noted as dealt with. It stays sealed.",
    "hand_back": "It is with the team again, and with nobody else.",
}


def pass_on_view(kind: str) -> Callable[..., HttpResponse]:
    """The page on which what somebody said is passed to the safeguarding lead."""

    @access.item(kind, edit=True)
    @never_cache
    def pass_on(request: HttpRequest, node: Node) -> HttpResponse:
        """Pass what somebody said to the safeguarding lead, who alone sees it from then on."""
        return _pass_on(request, node)

    return pass_on


def _pass_on(request: HttpRequest, node: Node) -> HttpResponse:
    form = PassOnForm(request.POST or None)
    leads = [str(lead.user) for lead in queries.leads_for(node)]
    name_one = "" if leads else queries.whom_to_name(node)
    if attempt(form, lambda: actions.pass_on(by=request.user, node=node, **form.facts())):
        messages.add_message(request, messages.SUCCESS if leads else messages.ERROR, queries.now_with(node))
        return redirect(node.of.tab("listen"))
    words = {"node": node, "leads": leads, "name_one": name_one}
    return page(request, "concerns/pass_on.html", words, form)


@access.safeguarding
@never_cache
@require_safe
def listing(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Everything that was passed to a safeguarding lead, what is open first."""
    found = queries.concerns_of(programme, access.standing(request, programme))
    return page(request, "concerns/list.html", {"concerns": found})


@access.safeguarding
@never_cache
def concern(request: HttpRequest, programme: Programme, code: str) -> HttpResponse:
    """One concern: the words, and what was done."""
    found = queries.concern_of(programme, access.standing(request, programme), code)
    form = NoteForm(request.POST or None)
    does = request.POST.get("do", "")
    act = DOES.get(does, actions.note)
    if attempt(form, lambda: act(by=request.user, concern=found, **form.facts())):
        messages.success(request, DONE.get(does, DONE["note"]))
        return redirect("concerns:concern", programme.slug, found.item.code)
    notes = queries.notes_of(found)
    words = {
        "concern": found,
        "node": found.item,
        "said": queries.said(found.item),
        "notes": notes,
        "may_decide": found.state != ConcernState.HANDED_BACK and not found.item.is_withdrawn,
    }
    return page(request, "concerns/concern.html", words, form)
