"""A voice left: looking again at what repeated it or rested on it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from weft.core.errors import Refused
from weft.core.pages import page
from weft.listen.conversations.queries import back_to
from weft.listen.left import queries
from weft.listen.left.forms import DecideForm
from weft.people.programmes.models import Programme, Team
from weft.provenance import access, masks

DECIDED = "Somebody has decided on these words already, or their time is over."
DONE = {
    "let_go": (masks.let_go, "The words are erased. The mark stays."),
    "give_back": (masks.give_back, "The words stand again."),
}


@access.maker
@require_safe
def listing(request: HttpRequest, of: Team | Programme) -> HttpResponse:
    """Every text in which words wait, and what rests on one voice less."""
    words = {"of": of, "places": queries.places(of), "lost": queries.lost(of), "days": masks.DAYS, **back_to(of)}
    return page(request, "left/list.html", words)


@access.maker
@require_POST
def decide(request: HttpRequest, of: Team | Programme) -> HttpResponse:
    """Erase the words that wait in one text, or put them back."""
    masks.let_go_of_old()
    form = DecideForm(request.POST)
    found = queries.place_of(of, form.cleaned_data["voice"], form.cleaned_data["item"]) if form.is_valid() else None
    if found is None:
        raise Refused(DECIDED)
    act, said = DONE[form.cleaned_data["do"]]
    act(by=request.user, node=found.voice, place=found.item)
    messages.success(request, said)
    return redirect("left:list", of.programme.slug, of.room)
