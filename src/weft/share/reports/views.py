"""The report: drafting it, checking it, publishing it, and reading its editions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from weft.core.pages import confirm_page, form_page, page
from weft.core.revisions import facts_of
from weft.core.saving import attempt
from weft.core.text import citations
from weft.people.programmes.models import Programme
from weft.provenance import access
from weft.provenance.models import Node
from weft.share.reports import actions, analysis, queries
from weft.share.reports.forms import (
    EditReportForm,
    EditSectionForm,
    JudgeForm,
    NewSectionForm,
    PublishForm,
    ReportForm,
)
from weft.share.reports.models import Edition, Report


@access.reader
def report(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The latest edition."""
    found = queries.latest(programme)
    if found is None:
        return page(request, "reports/none.html", {})
    return edition_page(request, found)


@access.item("edition")
def edition(request: HttpRequest, node: Node) -> HttpResponse:
    """One edition."""
    return edition_page(request, queries.edition_at(node))


def edition_page(request: HttpRequest, found: Edition) -> HttpResponse:
    """An edition with who is carried and how to check it."""
    programme = found.node.programme
    shown = {
        "edition": found,
        "node": found.node,
        "withdrawn": queries.withdrawn_since(found),
        "reach": queries.reach_of(found),
        "editions": list(queries.editions_of(programme)[:50]),
    }
    return page(request, "reports/edition.html", shown)


def begun(programme: Programme) -> Report:
    """The report of this programme, which somebody has begun."""
    found = queries.report_of(programme)
    if found is None:
        raise Http404("This report is not begun yet.")
    return found


@access.convenor
def draft(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The draft: its sections and what it still lacks; or its beginning."""
    found = queries.report_of(programme)
    if found is not None:
        return page(request, "reports/draft.html", {"report": found, "draft": queries.draft(found)})
    form = ReportForm(request.POST or None, programme=programme)
    if form.is_valid():
        actions.begin_report(by=request.user, programme=programme, **form.cleaned_data)
        return redirect("reports:draft", programme.slug)
    intro = "The convenors write it. What it says rests on what the teams have found, tried and learned."
    return form_page(
        request, form, "Begin the report", reverse("reports:report", args=[programme.slug]), button="Begin", intro=intro
    )


@access.convenor
def about(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Change the title and the summary."""
    found = begun(programme)
    form = EditReportForm(
        request.POST or None,
        programme=programme,
        known=citations(found.summary),
        initial={"title": found.title, "summary": found.summary, "revision": found.revision},
    )
    if attempt(form, lambda: actions.edit_report(by=request.user, report=found, **form.cleaned_data)):
        return redirect("reports:draft", programme.slug)
    return form_page(request, form, "Title and summary", reverse("reports:draft", args=[programme.slug]))


@access.convenor
def new_section(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Add a section."""
    form = NewSectionForm(request.POST or None, programme=programme)
    if form.is_valid():
        actions.add_section(by=request.user, report=begun(programme), **form.cleaned_data)
        return redirect("reports:draft", programme.slug)
    begun(programme)
    return form_page(request, form, "Add a section", reverse("reports:draft", args=[programme.slug]), button="Add it")


@access.convenor
def section(request: HttpRequest, programme: Programme, section: int) -> HttpResponse:
    """Change a section."""
    found = queries.section_of(programme, section)
    form = EditSectionForm(
        request.POST or None,
        programme=programme,
        known=citations(found.text),
        initial={"title": found.title, "text": found.text, "revision": found.revision},
    )
    if attempt(form, lambda: actions.edit_section(by=request.user, section=found, **form.cleaned_data)):
        return redirect("reports:draft", programme.slug)
    return form_page(request, form, f"Change “{found.title}”", reverse("reports:draft", args=[programme.slug]))


@access.convenor
@require_POST
def move(request: HttpRequest, programme: Programme, section: int) -> HttpResponse:
    """Move a section up or down."""
    up = request.POST.get("way") == "up"
    actions.move_section(by=request.user, section=queries.section_of(programme, section), up=up)
    return redirect("reports:draft", programme.slug)


@access.convenor
def remove(request: HttpRequest, programme: Programme, section: int) -> HttpResponse:
    """Take a section out of the draft."""
    found = queries.section_of(programme, section)
    if request.method == "POST":
        actions.remove_section(by=request.user, section=found)
        return redirect("reports:draft", programme.slug)
    said = ["Its text is not kept.", "Editions that hold it stay as they are."]
    return confirm_page(
        request, f"Remove “{found.title}”?", said, "Remove it", reverse("reports:draft", args=[programme.slug])
    )


@access.convenor
def preview(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The draft as readers would see it now."""
    written = queries.draft(begun(programme))
    shown = {"report": written.report, "draft": written, "ground": queries.ground_of(written)}
    return page(request, "reports/preview.html", shown)


@access.convenor
def check(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What has to be decided before the draft can come out."""
    found = analysis.check(begun(programme))
    return check_page(request, found, publish_form(None, found))


def publish_form(sent: QueryDict | None, found: analysis.Check) -> PublishForm:
    """The form that publishes what was checked."""
    number = queries.next_number(found.draft.report)
    return PublishForm(sent, warnings=found.reach.warnings, initial={"number": number})


def check_page(request: HttpRequest, found: analysis.Check, form: PublishForm) -> HttpResponse:
    """The page of checks, with the form that publishes."""
    waiting = Paginator(found.draft.open, 25).get_page(request.GET.get("page"))
    shown = {"check": found, "draft": found.draft, "report": found.draft.report, "waiting": waiting}
    return page(request, "reports/check.html", shown, form)


@access.convenor
def judge(request: HttpRequest, programme: Programme, sentence: str) -> HttpResponse:
    """Decide about one sentence that cites nothing."""
    written = queries.draft(begun(programme))
    one = next((j for j in written.judged if j.sentence.hash == sentence and not j.sentence.codes), None)
    if one is None:
        raise Http404("That sentence is not in the draft any more.")
    form = JudgeForm(request.POST or None, initial=facts_of(one, ("verdict", "reason", "revision")))
    said = {"report": written.report, "sentence": sentence}
    if attempt(form, lambda: actions.judge(by=request.user, **said, **form.facts())):
        return redirect("reports:check", programme.slug)
    return page(request, "reports/judge.html", {"judged": one, "report": written.report}, form)


@access.convenor
@require_POST
def publish(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Freeze the draft as an edition."""
    found = analysis.check(begun(programme), fresh=True)
    form = publish_form(request.POST, found)
    if not form.is_valid():
        return check_page(request, found, form)
    made = actions.publish(by=request.user, report=found.draft.report, **form.facts())
    messages.success(request, f"{made.node.title} is out.")
    return redirect(made.node)
