"""Tags of the thread: the panel beside every item, and texts with citations."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from weft.core import dates
from weft.core.markdown import Cites, markdown
from weft.core.templatetags import weft
from weft.core.text import with_marks
from weft.people.programmes.access import standing
from weft.people.programmes.models import Programme
from weft.pictures.colour import team_class
from weft.provenance import queries, visibility
from weft.provenance.models import Knowledge, Node
from weft.provenance.registry import STAGE_KEYS, STAGES, row_way

register = template.Library()


@register.inclusion_tag("provenance/_panel.html", takes_context=True)
def thread_panel(context: dict[str, Any], node: Node) -> dict[str, Any]:
    """The panel: where this comes from, what came of this."""
    request: HttpRequest = context["request"]
    return {"panel": queries.panel(node, standing(request, node.programme)), "node": node, "programme": node.programme}


@register.inclusion_tag("provenance/_crumbs.html", takes_context=True)
def item_crumbs(context: dict[str, Any], node: Node, tab: str = "") -> dict[str, list[tuple[str, str]]]:
    """Where an item stands: in its programme, in its team, and for the team in the tab in which it is made."""
    crumbs = [(node.programme.get_absolute_url(), node.programme.name)]
    if node.team:
        crumbs.append((node.team.get_absolute_url(), node.team.name))
        if context.get("may_work_here"):
            tab = tab or STAGE_KEYS[node.about.stage]
            crumbs.append((node.team.tab(tab), STAGES[STAGE_KEYS.index(tab)]))
    return {"crumbs": crumbs}


@register.simple_tag(takes_context=True)
def thread_text(context: dict[str, Any], text: str, programme: Programme) -> SafeString:
    """Markdown with its citations. A page with many texts resolves them at once, as `cited`."""
    found = context.get("cited")
    if found is None:
        found = queries.cited(programme, text)
    here = standing(context["request"], programme)
    return markdown(text, Cited(found, lambda node: visibility.sees(here, node)))


@register.simple_tag(takes_context=True)
def sees(context: dict[str, Any], node: Node) -> bool:
    """Whether this reader may see another item of the programme that they are in: its title is nobody else's."""
    request: Any = context["request"]
    return visibility.sees(standing(request, request.programme), node)


class Cited(Cites):
    """The citations of a text for one reader: passages in their own words, all else as a link."""

    def __init__(self, found: Mapping[str, Node], sees: Callable[[Node], bool]) -> None:
        self.found, self.sees = found, sees

    def inline(self, code: str) -> str:
        """A passage between quotation marks, with its link behind it; of anything else the link."""
        node = self.found.get(code)
        shown = citation(code, node, self.sees)
        words, _ = self._passage(node)
        return format_html('<q dir="auto">{}</q> {}', with_marks(words), shown) if words else shown

    def block(self, code: str) -> str:
        """A passage as a quotation, and below it where it is from."""
        node = self.found.get(code)
        words, of = self._passage(node)
        if not (node and of and words):
            return ""
        return format_html(
            '<blockquote class="weft-quote weft-typed" dir="auto">{}</blockquote><p class="weft-soft">{} {}</p>',
            with_marks(words),
            self._taken_from(node, of),
            citation(code, node, self.sees),
        )

    def _passage(self, node: Node | None) -> tuple[str, Node | None]:
        """The words that a citation shows, and what they are taken from; none that this reader may not see."""
        shows = node.about.passage if node else None
        if node is None or shows is None or node.is_withdrawn or not self.sees(node):
            return "", None
        row = getattr(node, row_way(node.about.model))
        return getattr(row, shows.words), getattr(row, shows.of)

    def _taken_from(self, node: Node, of: Node) -> SafeString:
        whose = node.team.name if node.team else node.programme.name
        if of.about.voices:
            return format_html("From a {} told to {}", of.about.said, whose)
        if self.sees(of):
            return format_html("From “<bdi>{}</bdi>”", of.title)
        return format_html("Taken by {}", whose)


def citation(code: str, node: Node | None, sees: Callable[[Node], bool]) -> str:
    """A link with the item's title, or a mark where it is gone or not for this reader; a passage shows its words."""
    if node is None:
        return format_html('<span class="weft-redacted">{} (not known)</span>', code)
    if not sees(node):
        return format_html('<span class="weft-redacted">{} (only its team sees it)</span>', code)
    if node.withdrawn_at is not None:
        return format_html(
            '<span class="weft-redacted">{} (taken back on {})</span>', code, dates.day(node.withdrawn_at)
        )
    colour = f" {team_class(node.team.colour - 1)}" if node.team else ""
    said = capfirst(node.about.said) if node.about.passage else f"{node.about.name}: {node.title}"
    return format_html(
        '<a class="weft-cite{}" href="{}" title="{}">{}</a>', colour, node.get_absolute_url(), said, code
    )


@register.simple_tag
def item_url(item: Any, verb: str = "", programme: Programme | None = None) -> str:
    """The page of an item, or the page below it where something is done with it; a later room may be at home there.

    An item met on a trace does not know its programme, so that is named.
    """
    page = reverse(item.about.page, kwargs={"programme": (programme or item.programme).slug, "code": item.code})
    return f"{page}{verb}/" if verb else page


@register.simple_tag(takes_context=True)
def item_link(context: dict[str, Any], item: Any) -> SafeString:
    """An item by its title on the page of somebody who took part; no link into a programme that they may not enter."""
    programme, title = context["programme"], item.title or item.code
    if not programme.is_public:
        return format_html("<bdi>{}</bdi>", title)
    return format_html('<a class="weft-link" href="{}" dir="auto">{}</a>', item_url(item, programme=programme), title)


@register.simple_tag
def knowledge_kind(kind: str) -> SafeString:
    """A kind of knowledge: its weave and its name; nothing where none is given."""
    return weft.kind(kind, Knowledge(kind).label) if kind else SafeString("")


@register.simple_tag
def knowledge_kinds(kinds: Iterable[str]) -> SafeString:
    """Several kinds of knowledge as a list, in the fixed order, so that none stands above another."""
    chosen = set(kinds)
    return weft.kinds([(kind.value, kind.label) for kind in Knowledge if kind in chosen])


@register.filter
def knowledge_word(kind: str) -> str:
    """A kind of knowledge in the middle of a sentence."""
    return Knowledge(kind).label.lower()
