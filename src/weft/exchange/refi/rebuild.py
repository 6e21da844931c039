"""Change things deep inside a frozen model."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import is_not
from typing import Any, TypeVar

from weft.exchange.refi.fields import Parts, places

T = TypeVar("T")


def rebuilt(item: T, change: Callable[[Any], Any]) -> T:
    """The same with everything in it changed, what is inside before what holds it. What stays is the same object."""
    held: dict[str, Any] = {}
    for name, place in places(type(item)):
        value = getattr(item, name)
        if isinstance(place, Parts) and value:
            before = value if place.is_many else (value,)
            after = tuple(rebuilt(one, change) for one in before)
            if any(map(is_not, before, after)):
                held[name] = after if place.is_many else after[0]
    inside: Any = item
    changed: T = change(replace(inside, **held) if held else item)
    return changed


def everything(item: Any) -> Iterator[Any]:
    """The item and everything in it."""
    yield item
    for name, place in places(type(item)):
        value = getattr(item, name)
        if isinstance(place, Parts) and value:
            for one in value if place.is_many else (value,):
                yield from everything(one)
