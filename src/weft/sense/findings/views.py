"""Pages of findings and gaps."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from weft.core.pages import page
from weft.core.saving import attempt
from weft.core.standing import Standing
from weft.listen.conversations.actions import figures
from weft.people.programmes.models import Programme, Team
from weft.provenance import access
from weft.provenance import queries as thread
from weft.provenance.models import Node, Relation
from weft.provenance.pages import new_page
from weft.provenance.visibility import sees
from weft.sense.findings import actions, analysis, queries
from weft.sense.findings.forms import (
    CloseForm,
    FindingForm,
    GapForm,
    OfferForm,
    QuestionsForm,
    TieForm,
)

PAGE_SIZE = 25
CHOICES = 10


def _here(request: HttpRequest, node: Node) -> Standing:
    return access.standing(request, node.programme)


@access.team_reader
@require_safe
def findings(request: HttpRequest, team: Team) -> HttpResponse:
    """Every finding of a team."""
    found = queries.findings_of(team, access.standing(request, team.programme))
    return page(
        request, "findings/findings.html", {"page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))}
    )


@access.team_member
def new(request: HttpRequest, team: Team) -> HttpResponse:
    """Make a finding; evidence comes next."""
    form = FindingForm(request.POST or None, of=team)
    intro = "Write the claim down first. What speaks for it and against it comes on the next page."
    words = {"intro": intro, "button": "Make it", "crumb": "Make sense"}
    make = actions.make_finding
    return new_page(request, team, form, make, "Make a finding", team.tab("sense"), then="evidence/", **words)


@access.item("finding")
@require_safe
def finding(request: HttpRequest, node: Node) -> HttpResponse:
    """A finding: how many agreed, the evidence for and against, how sure we are, what is not known."""
    panel = thread.panel(node, _here(request, node))
    found = queries.contents(panel)
    evidence = queries.evidence(panel)
    given = queries.answers(found.finding)
    entries = [*evidence.supports, *evidence.contradicts]
    cards = queries.cards_behind(entries)
    figures.step(statements=cards)
    words = {
        "node": node,
        "finding": found.finding,
        "gaps": found.gaps,
        "cited": found.cited,
        "panel": panel,
        "evidence": evidence,
        "tallies": analysis.tallies(entries, cards),
        "answers": given,
        "how_sure": queries.how_sure(given),
    }
    return page(request, "findings/finding.html", words)


@access.item("finding", edit=True)
def evidence(request: HttpRequest, node: Node) -> HttpResponse:
    """Look for what speaks for a finding and against it, and tie it."""
    looked_for = request.GET.get("q", "").replace("\0", "")[:200]
    form = TieForm(request.POST or None, programme=node.programme, here=_here(request, node))
    if attempt(form, lambda: _tie(request, node, **form.facts())):
        return redirect(request.get_full_path())
    found = queries.evidence_choices(node, looked_for, _here(request, node))
    shown = Paginator(found, CHOICES).get_page(request.GET.get("page"))
    words = {"node": node, "q": looked_for, "page": shown, "ties": queries.ties_of(node)}
    return page(request, "findings/evidence.html", words, form)


def _tie(request: HttpRequest, node: Node, evidence: Node, relation: str, note: str) -> bool:
    found = queries.finding_at(node)
    if relation == "untie":
        for way in actions.EVIDENCE:
            actions.untie_evidence(by=request.user, row=found, source=evidence, relation=way)
    else:
        actions.tie_evidence(by=request.user, row=found, source=evidence, relation=relation, note=note)
    return True


@access.item("finding", edit=True)
def questions(request: HttpRequest, node: Node) -> HttpResponse:
    """Say how sure the team is, in four answers with reasons."""
    found = queries.finding_at(node)
    initial = {
        f"{name}_{part}": getattr(found, f"{name}_{part}") for name in queries.ASKED for part in ("worry", "reason")
    }
    form = QuestionsForm(request.POST or None, initial={**initial, "revision": found.asked_revision})
    if attempt(form, lambda: actions.answer_questions(by=request.user, row=found, **form.facts())):
        return redirect(node)
    words = {"node": node, "heading": "How sure are we?", "cancel": node.get_absolute_url()}
    return page(request, "findings/questions.html", words, form)


@access.team_reader
@require_safe
def gaps(request: HttpRequest, team: Team) -> HttpResponse:
    """Everything a team does not know, and what it knows by now."""
    found = queries.gaps_of_team(team, access.standing(request, team.programme))
    return page(request, "findings/gaps.html", {"page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))})


@access.maker
def new_gap(request: HttpRequest, of: Team | Programme) -> HttpResponse:
    """Note what is not known; with `?of=` it came up with that item."""
    form = GapForm(request.POST or None, of=of)
    code = request.GET.get("of", "")[:12].upper()
    came_of = thread.by_code(of.programme, [code], access.standing(request, of.programme)).get(code)
    make = partial(actions.make_gap, sources=[(came_of, Relation.PRODUCED)] if came_of else [])
    back = came_of.get_absolute_url() if came_of else of.tab("sense")
    intro = f"It came up with: {came_of.title}." if came_of else ""
    return new_page(request, of, form, make, "Note what is not known", back, intro=intro)


@access.item("gap")
@require_safe
def gap(request: HttpRequest, node: Node) -> HttpResponse:
    """What is not known, what was offered, and what closed it."""
    found = queries.gap_at(node)
    sees_answer = found.closed_by is not None and sees(_here(request, node), found.closed_by)
    return page(request, "findings/gap.html", {"node": node, "gap": found, "sees_answer": sees_answer})


@access.item("gap", edit=True)
def offer(request: HttpRequest, node: Node) -> HttpResponse:
    """Look for something that may close a gap, and offer it."""
    looked_for = request.GET.get("q", "").replace("\0", "")[:200]
    gap = queries.gap_at(node)
    form = OfferForm(request.POST or None, programme=node.programme, here=_here(request, node))
    if attempt(form, lambda: actions.offer_evidence(by=request.user, row=gap, **form.facts())):
        return redirect(request.get_full_path())
    found = queries.evidence_choices(node, looked_for, _here(request, node))
    shown = Paginator(found, CHOICES).get_page(request.GET.get("page"))
    words = {"node": node, "q": looked_for, "page": shown, "ties": queries.ties_of(node)}
    return page(request, "findings/offer.html", words, form)


@access.item("gap", edit=True)
def close(request: HttpRequest, node: Node) -> HttpResponse:
    """Close a gap by something named."""
    found = queries.gap_at(node)
    initial = {"code": request.GET.get("evidence", "")[:12]}
    form = CloseForm(request.POST or None, programme=node.programme, initial=initial, here=_here(request, node))
    if attempt(form, lambda: actions.close_gap(by=request.user, row=found, **form.facts()), "code"):
        return redirect(node)
    words = {"heading": "Close this gap", "button": "Close it", "cancel": node.get_absolute_url()}
    return page(request, "findings/close.html", {**words, "node": node, "ties": queries.ties_of(node)}, form)


@access.item("gap", edit=True)
@require_POST
def reopen(request: HttpRequest, node: Node) -> HttpResponse:
    """Say that it is not known after all."""
    actions.reopen_gap(by=request.user, row=queries.gap_at(node))
    return redirect(node)
