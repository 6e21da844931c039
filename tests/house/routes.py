"""Every address of the site, walked from the URL map."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from weft.provenance.registry import NOUNS, Noun


@dataclass(frozen=True)
class Route:
    """One address, with the view that answers it."""

    address: str
    name: str | None
    view: Callable[..., Any]
    is_plain: bool

    @property
    def parts(self) -> dict[str, str]:
        """The variable parts and their types; a part without a type has the type ''."""
        return {part: kind for kind, part in re.findall(r"<(?:(\w+):)?(\w+)>", self.address)}

    @property
    def kind(self) -> Noun | None:
        """The kind of item that it is about, by the letters of its code."""
        types = self.parts.values()
        return next((kind for kind in NOUNS.values() if f"code_{kind.prefix}" in types), None)

    @property
    def access(self) -> str | None:
        """Who may reach it, as its view declares."""
        return getattr(self.view, "access", None)

    def __str__(self) -> str:
        return "/" + self.address


def routes() -> list[Route]:
    """All of them."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, before: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, address, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}" if entry.name else None
            yield Route(address, name, entry.callback, isinstance(entry.pattern, RoutePattern))
