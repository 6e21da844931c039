"""Addresses of items: `/<programme>/<code>/` and one step deeper for each thing that can be done with an item."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter, get_converters

from weft.core import codes
from weft.provenance.forms import ItemForm
from weft.provenance.pages import changes_view, edit_view, item_view, take_back_view
from weft.provenance.registry import Noun

View = Callable[..., HttpResponse]
OLD_WORDS = (
    *("statement", "story", "theme", "source", "excerpt", "finding", "gap", "map", "problem", "project", "activity"),
    *("manifesto", "ask", "reflection", "insight", "recommendation", "edition", "response", "thread"),
)


def item_route(kind: Noun | None, rest: str, view: View, name: str) -> URLPattern:
    """One address below an item of this kind, or of any; `rest` ends in a slash, or is empty for the item's page."""
    return path(f"<slug:programme>/<{_converter(kind.prefix if kind else '')}:code>/{rest}", view, name=name)


def item_routes(
    kind: Noun, *, page: View | None = None, form: type[ItemForm] | None = None, **verbs: View
) -> list[URLPattern]:
    """The page of each item of this kind, named after the kind, and `.../<verb>/`, named `<kind>-<verb>`.

    What an area gives no view for has a plain one: the page of an item, what it said earlier where that is kept, and
    where there is a form, changing it and taking it back.
    """
    routes = [item_route(kind, "", page or item_view(kind), kind.key)]
    if kind.keeps_earlier:
        verbs = {"changes": changes_view(kind)} | verbs
    if form is not None and kind.edit and kind.take_back:
        own = {"edit": edit_view(kind, form, kind.edit), "take_back": take_back_view(kind, kind.take_back)}
        verbs = own | verbs
    for verb, view in verbs.items():
        word = verb.replace("_", "-")
        routes.append(item_route(kind, f"{word}/", view, f"{kind.key}-{word}"))
    return routes


def old_routes(view: View) -> list[URLPattern]:
    """Addresses that items had once: below the word of their kind, and with a code in small letters."""
    words = type("OldWord", (StringConverter,), {"regex": "|".join(OLD_WORDS)})
    small = type("SmallCode", (StringConverter,), {"regex": rf"(?=[^/]*[a-z]){codes.ANY_CASE}"})
    any_case = type("AnyCode", (StringConverter,), {"regex": codes.ANY_CASE})
    for name, converter in (("old_word", words), ("small_code", small), ("any_code", any_case)):
        if name not in get_converters():
            register_converter(converter, name)
    return [
        path("<slug:programme>/<old_word:word>/<any_code:code>/", view, name="moved"),
        path("<slug:programme>/<old_word:word>/<any_code:code>/<path:rest>", view, name="moved_below"),
        path("<slug:programme>/<small_code:code>/<path:rest>", view, name="small"),
    ]


def _converter(letters: str) -> str:
    """The name of the part of an address that takes codes with these letters; `code` takes any."""
    name = f"code_{letters}" if letters else "code"
    if name not in get_converters():
        pattern = rf"{letters}-{codes.SIGNS}" if letters else codes.ANY
        register_converter(type(name, (StringConverter,), {"regex": pattern}), name)
    return name
