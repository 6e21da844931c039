"""What the classes of the model say of their own fields."""

from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import get_type_hints

from weft.exchange.threesixtygiving.model import Key


@dataclass(frozen=True, slots=True)
class Known:
    """One field of a class: its attribute, its key, whether it must be there, and whether a file may say it."""

    attribute: str
    key: Key
    is_required: bool
    is_free: bool


@cache
def known(kind: type) -> dict[str, Known]:
    """The fields of a class by their names in JSON, in the order in which they are written."""
    hints = get_type_hints(kind, include_extras=True)
    found: dict[str, Known] = {}
    for field in fields(kind):
        for key in getattr(hints[field.name], "__metadata__", ()):
            is_required = field.default is MISSING and field.default_factory is MISSING
            found[key.name] = Known(field.name, key, is_required, field.init)
    return found


def has_more(kind: type) -> bool:
    """Whether a class keeps what the standard does not know."""
    return any(field.name == "more" for field in fields(kind))


@cache
def names_within(kind: type) -> frozenset[str]:
    """The names of all fields of a class, and of the classes of what it holds."""
    entries = known(kind)
    inner = [names_within(entry.key.of) for entry in entries.values() if entry.key.of]
    return frozenset(entries).union(*inner)
