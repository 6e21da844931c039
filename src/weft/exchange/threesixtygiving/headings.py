"""The headings of the flat form of 360Giving: titles joined by colons, with numbers where there are several."""

from collections.abc import Mapping

from weft.exchange.threesixtygiving.check import Route
from weft.exchange.threesixtygiving.keys import known
from weft.exchange.threesixtygiving.model import Grant, Key

MOST_ITEMS = 100
PER_OBJECT = 1000


def heading_of(route: Route, many: frozenset[Route]) -> str:
    """The heading of a field; `many` are the lists that hold more than one in some grant, whose items are numbered.

    Where the standard has no title, the field and what is in it are called by their names.
    """
    parts: list[str] = []
    kind: type | None = Grant
    has_titles = True
    for depth, step in enumerate(route):
        if isinstance(step, int):
            if without_numbers(route[:depth]) in many:
                parts.append(str(step))
        else:
            key = _key(kind, step)
            has_titles = has_titles and key is not None and key.title != key.name
            parts.append(key.title if key and has_titles else step)
            kind = key.of if key else None
    return ":".join(parts)


def without_numbers(route: Route) -> Route:
    """The names of the fields on the way to a value."""
    return tuple(step for step in route if isinstance(step, str))


def _key(kind: type | None, name: str) -> Key | None:
    return known(kind)[name].key if kind and name in known(kind) else None


def key_at(route: Route) -> Key | None:
    """What the standard says of a field of a grant; nothing where it does not know it."""
    kind: type | None = Grant
    key = None
    for name in without_numbers(route):
        key = _key(kind, str(name))
        kind = key.of if key else None
    return key


def order_of(route: Route) -> tuple[tuple[int, str], ...]:
    """Where a column stands: as in the standard, then what it does not know."""
    found: list[tuple[int, str]] = []
    kind: type | None = Grant
    for step in route:
        if isinstance(step, int):
            found.append((step, ""))
            continue
        key = _key(kind, step)
        found.append((list(known(kind)).index(step), "") if kind and key else (PER_OBJECT, step))
        kind = key.of if key else None
    return tuple(found)


def route_of(heading: str) -> Route:
    """The field that a heading stands for, without regard to capitals and spaces.

    A list without a number means its first item. What the standard does not know is a field of that name, in the grant
    or in the object whose title stands before it.
    """
    parts = heading.split(":")
    route: list[str | int] = []
    kind: type | None = Grant
    while parts and kind:
        key = _titles(kind).get(_plain(parts[0]))
        if key is None:
            break
        parts.pop(0)
        route.append(key.name)
        kind = key.of
        if key.kind == "list":
            place = 0
            if parts and parts[0].strip().isascii() and parts[0].strip().isdigit() and len(parts[0]) < 6:
                place = int(parts.pop(0))
            route.append(place)
    if parts and kind:
        return (*route, ":".join(parts))
    return (heading,) if parts or kind else tuple(route)


def _titles(kind: type) -> Mapping[str, Key]:
    entries = [entry.key for entry in known(kind).values()]
    return {_plain(key.name): key for key in entries} | {_plain(key.title): key for key in entries}


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
