"""Pages of problem statements."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from weft.core.pages import form_page, page
from weft.core.saving import attempt
from weft.frame.problems import actions, queries
from weft.frame.problems.forms import NewProblemForm, VersionForm
from weft.people.programmes.models import Team
from weft.provenance import access
from weft.provenance.forms import CompareForm
from weft.provenance.models import Node
from weft.provenance.queries import cited_now, numbered, row_of

TOGETHER = "Write it together. Every version is kept, and what is still disputed stands in the text."


@access.team_member
def new(request: HttpRequest, team: Team) -> HttpResponse:
    """Write the first version."""
    form = NewProblemForm(request.POST or None, programme=team.programme)
    if written := attempt(form, lambda: actions.write_problem(by=request.user, of=team, **form.facts()), "text"):
        return redirect(written.node)
    return form_page(request, form, "Write the problem down", team.tab("frame"), crumb="Frame", intro=TOGETHER)


@access.item("problem")
@require_safe
def problem(request: HttpRequest, node: Node) -> HttpResponse:
    """What the problem is, what is still disputed, and how the text came about."""
    versions = queries.versions_of(node)
    words = {"node": node, "version": versions[0], "versions": versions, "problem": row_of(node)}
    return page(request, "problems/problem.html", {**words, "cited": queries.cited_in(node, versions[0])})


@access.item("problem", edit=True)
def edit(request: HttpRequest, node: Node) -> HttpResponse:
    """Write a new version on top of the one that stands."""
    last = queries.newest(node)
    initial = {"title": last.title, "text": last.text, "disagreement": last.disagreement, "revision": last.number}
    row, here = row_of(node), access.standing(request, node.programme)
    form = VersionForm(request.POST or None, initial=initial, row=row, here=here, known=cited_now(node))
    if attempt(form, lambda: actions.write_version(by=request.user, row=row, **form.facts()), "text"):
        return redirect(node)
    back = node.get_absolute_url()
    return form_page(request, form, "Write a new version", back, crumb=node.title, intro=TOGETHER)


@access.item("problem")
@require_safe
def version(request: HttpRequest, node: Node, number: int) -> HttpResponse:
    """An earlier version, as it stood."""
    versions = queries.versions_of(node)
    chosen = numbered(versions, number)
    words = {"node": node, "version": chosen, "versions": versions, "cited": queries.cited_in(node, chosen)}
    return page(request, "problems/version.html", words)


@access.item("problem")
@require_safe
def changes(request: HttpRequest, node: Node) -> HttpResponse:
    """What changed between any two versions, word by word."""
    versions = queries.versions_of(node)
    difference = queries.difference(*CompareForm(request.GET).pair(versions))
    words = {"node": node, "versions": versions, "difference": difference}
    return page(request, "problems/changes.html", words)


@access.item("problem", edit=True)
@require_POST
def publish(request: HttpRequest, node: Node) -> HttpResponse:
    """Let everybody read the draft."""
    actions.publish(by=request.user, row=row_of(node))
    return redirect(node)
