"""Pages that items of every noun have: a new one, a change, a take-back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from weft.core.pages import confirm_page, form_page, page
from weft.core.saving import attempt
from weft.people.programmes.models import Programme, Team
from weft.provenance import access
from weft.provenance.forms import CompareForm, ItemForm
from weft.provenance.models import Node
from weft.provenance.queries import difference, rests_on, row_of, versions_of
from weft.provenance.registry import Noun

OF_ALL = "It belongs to the whole programme, and to no team alone."
CODE_STAYS = "Its code stays, with the day it was taken back. It cannot be undone."
View = Callable[..., HttpResponse]


def item_view(noun: Noun) -> View:
    """The view that shows items of a noun in its own template, where its area has no other."""
    template = f"{noun.model._meta.app_label}/{noun.key}.html"

    def view(request: HttpRequest, node: Node) -> HttpResponse:
        return page(request, template, {"node": node, noun.key: row_of(node)})

    view.__doc__ = f"Show an item and its thread: {noun.name.lower()}."
    return access.item(noun.key)(view)


def new_page(
    request: HttpRequest,
    of: Team | Programme,
    form: ItemForm,
    make: Callable[..., Any],
    heading: str,
    back: str,
    *,
    then: str = "",
    **more: Any,
) -> HttpResponse:
    """A page that makes an item and shows it, or the page below it where it goes on, which `then` names."""
    if made := attempt(form, lambda: make(by=request.user, of=of, **form.facts())):
        return redirect(f"{made.node.get_absolute_url()}{then}")
    if of.team is None:
        more["intro"] = f"{OF_ALL} {more.get('intro', '')}".rstrip()
    return form_page(request, form, heading, back, **more)


def edit_page(
    request: HttpRequest, node: Node, form_class: type[ItemForm], edit: Callable[..., Any], **more: Any
) -> HttpResponse:
    """A page that changes an item; the second of two people who save is shown both texts."""
    row = row_of(node)
    here = access.standing(request, node.programme)
    form = form_class(request.POST or None, of=node.of, row=row, here=here)
    if attempt(form, lambda: edit(by=request.user, row=row, **form.facts())):
        return redirect(node)
    words = {"crumb": node.title, **more}
    return form_page(request, form, f"Change this {node.about.said}", node.get_absolute_url(), **words)


def edit_view(noun: Noun, form_class: type[ItemForm], edit: Callable[..., Any]) -> View:
    """The view that changes items of a noun, where its own area has no other."""

    def view(request: HttpRequest, node: Node) -> HttpResponse:
        return edit_page(request, node, form_class, edit)

    view.__doc__ = f"Change an item: {noun.name.lower()}."
    return access.item(noun.key, edit=True)(view)


def changes_view(noun: Noun) -> View:
    """The view that shows those who work on an item what it said before it was changed, and what changed."""

    def view(request: HttpRequest, node: Node) -> HttpResponse:
        row = row_of(node)
        versions = versions_of(node, row)
        found = difference(row, *CompareForm(request.GET).pair(versions))
        return page(request, "provenance/earlier.html", {"node": node, "versions": versions, "difference": found})

    view.__doc__ = f"Show earlier versions of an item, and what changed in it: {noun.name.lower()}."
    return access.item(noun.key, edit=True)(require_safe(view))


def take_back_view(noun: Noun, act: Callable[..., Any]) -> View:
    """The view that takes items of a noun back, where its own area has no other."""

    def view(request: HttpRequest, node: Node) -> HttpResponse:
        also = [sentence for sentence in (noun.leaves, CODE_STAYS) if sentence]
        return withdraw_page(request, node, lambda: act(by=request.user, row=row_of(node)), *also, what=noun.said)

    view.__doc__ = f"Take an item back, after showing what rests on it: {noun.name.lower()}."
    return access.item(noun.key, edit=True)(view)


def withdraw_page(
    request: HttpRequest, node: Node, act: Callable[[], object], *also: str, what: str = "", then: Node | None = None
) -> HttpResponse:
    """Say what rests on an item before it is taken back, then do it and show what is left.

    `what` people call it, where that is not its kind; `also` are sentences about what stays and what goes.
    """
    if request.method == "POST":
        act()
        return redirect(then or node)
    what = f"this {what or node.about.name.lower()}"
    said = [rests_on(node, what), *also]
    return confirm_page(request, f"Take {what} back?", said, "Take it back", node.get_absolute_url())
