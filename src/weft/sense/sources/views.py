"""Pages of sources and of the passages taken from them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from weft.core.pages import page
from weft.core.saving import attempt
from weft.people.programmes.models import Programme, Team
from weft.provenance import access
from weft.provenance.models import Node
from weft.provenance.pages import new_page
from weft.provenance.queries import row_of
from weft.provenance.visibility import sees
from weft.sense.sources import actions, queries
from weft.sense.sources.forms import PassageForm, SourceForm, SourceSearchForm

PAGE_SIZE = 25


@access.team_reader
@require_safe
def sources(request: HttpRequest, team: Team) -> HttpResponse:
    """Every source of a team, side by side."""
    form = SourceSearchForm(request.GET or None)
    looked_for = form.cleaned_data if form.is_valid() else {}
    here = access.standing(request, team.programme)
    found = queries.sources_of(team, here, knowledge=looked_for.get("kind", ""), words=looked_for.get("q", ""))
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "sources/sources.html", {"page": shown, "looked_for": looked_for}, form)


@access.maker
def new(request: HttpRequest, of: Team | Programme) -> HttpResponse:
    """Add a source."""
    form = SourceForm(request.POST or None, of=of)
    return new_page(request, of, form, actions.add_source, "Add a source", of.tab("sense"), button="Add it")


@access.item("source")
@require_safe
def source(request: HttpRequest, node: Node) -> HttpResponse:
    """One source: what it is, what it is fit for, its limits, its text and the passages taken from it."""
    excerpts = queries.excerpts_of(node, access.standing(request, node.programme))
    words = {"node": node, "source": row_of(node), "excerpts": excerpts}
    return page(request, "sources/source.html", words)


@access.item("source", edit=True)
def take_from_source(request: HttpRequest, node: Node) -> HttpResponse:
    """Take a passage from a source."""
    return _take(request, node)


@access.item("story", edit=True)
def take_from_story(request: HttpRequest, node: Node) -> HttpResponse:
    """Take a passage from a story."""
    return _take(request, node)


def _take(request: HttpRequest, node: Node) -> HttpResponse:
    text = queries.text_of(node)
    teams = [] if node.team else node.programme.teams.all()
    form = PassageForm(request.POST or None, text=text, teams=teams)
    if taken := attempt(form, lambda: actions.take_excerpt(by=request.user, of=node, **form.facts()), "passage"):
        return redirect(taken.node)
    return page(request, "sources/take.html", {"node": node, "text": text}, form)


@access.item("excerpt")
@require_safe
def excerpt(request: HttpRequest, node: Node) -> HttpResponse:
    """One passage, and where it stands."""
    found = queries.excerpt_at(node)
    here = access.standing(request, node.programme)
    return page(request, "sources/excerpt.html", {"node": node, "excerpt": found, "sees_source": sees(here, found.of)})
