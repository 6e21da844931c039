"""How a field of the model stands in the XML: as an attribute, a text, a reference or elements of its own."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from weft.exchange.refi.values import VALUE_TYPES


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a type of `VALUE_TYPES`; a required one that is missing or wrong becomes `otherwise`."""

    name: str
    type: str
    is_required: bool
    otherwise: Any


@dataclass(frozen=True, slots=True)
class Words:
    """An element that holds nothing but a text."""

    tag: str


@dataclass(frozen=True, slots=True)
class Target:
    """Elements that only name the GUID of another; `tag` may stand once or often."""

    tag: str
    is_many: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """Elements with fields of their own, perhaps inside others that hold nothing else."""

    tags: tuple[str, ...]
    is_many: bool
    inside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypedValue:
    """One element such as `TextValue`, whose name tells the type."""

    tags: tuple[str, ...] = tuple(f"{kind}Value" for kind in VALUE_TYPES)


Place = Attribute | Words | Target | Parts | TypedValue


_PLACES: dict[Any, tuple[tuple[str, Place], ...]] = {}


def places(cls: Any) -> tuple[tuple[str, Place], ...]:
    """Each field of a class that stands in the XML, in the order of the schema."""
    if cls not in _PLACES:
        found = ((part.name, part.metadata.get("xml")) for part in dataclasses.fields(cls))
        _PLACES[cls] = tuple((name, place) for name, place in found if place)
    return _PLACES[cls]


def attribute(name: str, type: str = "string") -> Any:
    """An attribute that may be missing."""
    return dataclasses.field(default=None, metadata={"xml": Attribute(name, type, False, None)})


def required(name: str, type: str = "string", *, otherwise: Any = None) -> Any:
    """An attribute that the schema wants. Without an `otherwise` a file that lacks it is refused."""
    return dataclasses.field(metadata={"xml": Attribute(name, type, True, otherwise)})


def words(tag: str) -> Any:
    """A text, or none where the element is missing."""
    return dataclasses.field(default=None, metadata={"xml": Words(tag)})


def target(tag: str) -> Any:
    """The GUID of one other element."""
    return dataclasses.field(metadata={"xml": Target(tag, False)})


def targets(tag: str) -> Any:
    """The GUIDs of others."""
    return dataclasses.field(default=(), metadata={"xml": Target(tag, True)})


def parts(*tags: str, inside: tuple[str, ...] = ()) -> Any:
    """Any number of elements of these names."""
    return dataclasses.field(default=(), metadata={"xml": Parts(tags, True, inside)})


def part(tag: str) -> dict[str, Place]:
    """What a field says that holds one element or none."""
    return {"xml": Parts((tag,), False, ())}


def typed_value() -> dict[str, Place]:
    """What a field says that holds one value of a type or none."""
    return {"xml": TypedValue()}
