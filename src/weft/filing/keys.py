"""The keys of a part, read from the columns of a table: each has the type, the limit and the words of its column."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Field, Model

from weft.core import columns
from weft.filing.parts import Cited, Day, ItemCode, may, need


@dataclass(frozen=True)
class Name:
    """How rows of a table are named in a file: the part that they stand in, the type of a name, and what it is."""

    what: str
    kind: Any
    said: Callable[[Any], object]


NAMES: dict[type[Model], Name] = {}


def named(model: type[Model], what: str, kind: Any, said: Callable[[Any], object]) -> None:
    """Say how rows of a table are named in a file."""
    NAMES[model] = Name(what, kind, said)


def columns_of(model: type[Model]) -> dict[str, Any]:
    """The columns of a table that a file holds, in the order in which they are declared."""
    every: Iterable[Field[Any, Any]] = model._meta.concrete_fields
    return {column.name: column for column in every if getattr(column, "says", "")}


def keys_of(model: type[Model]) -> dict[str, tuple[Any, Any]]:
    """The type and the rules of the key of each such column."""
    return {name: _key(column) for name, column in columns_of(model).items()}


def _key(column: Any) -> tuple[Any, Any]:
    kind, rules = _kind(column)
    if column.null:
        return kind | None, may(None, column.says, **rules)
    if column.has_default():
        return kind, may(column.get_default(), column.says, **rules)
    if column.blank:
        return kind, may("", column.says, **rules)
    return kind, need(column.says, **rules)


def _kind(column: Any) -> tuple[Any, dict[str, Any]]:
    """The type of what stands in a column, and its bounds."""
    kinds: list[tuple[type, Callable[[Any], tuple[Any, dict[str, Any]]]]] = [
        (columns.PartOf, lambda _: (ItemCode, {})),
        (columns.Named, lambda named: (NAMES[named.related_model].kind, {})),
        (columns.OneOf, lambda one_of: (Literal[tuple(value for value, _ in one_of.choices)], {})),
        (columns.Words, lambda words: (Cited if words.cites else str, {"limit": words.max_length})),
        (columns.Day, lambda _: (Day, {})),
        (columns.Year, lambda _: (int, {"ge": 0, "le": 2199})),
        (columns.Number, lambda _: (int, {"ge": 0})),
        (columns.Tick, lambda _: (bool, {})),
    ]
    return next(made(column) for kind, made in kinds if isinstance(column, kind))
