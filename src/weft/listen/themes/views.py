"""Themes: what several people said."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from weft.core.pages import page
from weft.core.standing import Standing
from weft.listen.conversations import analysis
from weft.listen.conversations.actions import figures
from weft.listen.themes import actions, queries
from weft.listen.themes.forms import ThemeForm
from weft.people.programmes.models import Team
from weft.provenance import access
from weft.provenance.models import Node
from weft.provenance.pages import new_page
from weft.provenance.queries import by_code, row_of


@access.team_member
def new(request: HttpRequest, team: Team) -> HttpResponse:
    """Name what several people said; gathering comes next."""
    form = ThemeForm(request.POST or None, of=team)
    words = {"crumb": "Listen", "button": "Make it"}
    return new_page(
        request, team, form, actions.make_theme, "Make a theme", team.tab("listen"), then="gather/", **words
    )


@access.item("theme", also=("theme__gathered_by",))
@require_safe
def theme(request: HttpRequest, node: Node) -> HttpResponse:
    """One theme: what it gathers, in the words of those who allow it."""
    inside = request.may_work_here  # type: ignore[attr-defined]
    found = queries.contents(node, inside)
    figures.step(statements=found.cards)
    shown = analysis.results(found.cards, inside)
    words = {"node": node, "theme": node.theme, "contents": found, "shown": shown, "inside": inside}
    return page(request, "themes/theme.html", words)


@access.item("theme", edit=True)
def gather(request: HttpRequest, node: Node) -> HttpResponse:
    """Look for stories and cards, and tick those that say it."""
    words = request.GET.get("q", "").replace("\0", "")[:200]
    if request.method == "POST":
        found = by_code(node.programme, request.POST.getlist("item")[:100], _here(request, node))
        count = actions.gather(by=request.user, row=row_of(node), sources=found.values())
        said = {0: "Nothing was ticked.", 1: "One is gathered."}.get(count, f"{count} are gathered.")
        messages.success(request, said)
        return redirect(node.get_absolute_url() if count else request.get_full_path())
    return page(request, "themes/gather.html", {"node": node, "found": queries.to_gather(node, words), "q": words})


@access.item("theme", edit=True)
@require_POST
def let_go(request: HttpRequest, node: Node) -> HttpResponse:
    """Take one out again."""
    found = by_code(node.programme, [request.POST.get("item", "")], _here(request, node))
    for source in found.values():
        actions.let_go(by=request.user, row=row_of(node), source=source)
    return redirect(node.get_absolute_url())


def _here(request: HttpRequest, node: Node) -> Standing:
    return access.standing(request, node.programme)
