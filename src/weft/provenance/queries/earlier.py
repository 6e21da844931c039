"""What an item said before it was changed, version by version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar, cast

from django.http import Http404

from weft.core.access import NOT_HERE
from weft.core.columns import Words, texts_of
from weft.core.differences import Piece, changes
from weft.people.accounts.models import User
from weft.provenance.models import EarlierText, Item, Node


class Numbered(Protocol):
    """A version of anything."""

    @property
    def number(self) -> int: ...


V = TypeVar("V", bound=Numbered)


@dataclass(frozen=True)
class Version:
    """What an item said at one time, column by column; who wrote it is not known of what was never kept."""

    number: int
    texts: dict[str, str]
    made_by: User | None
    made_at: datetime | None


def versions_of(node: Node, row: Item) -> list[Version]:
    """Every version of an item that is known, the one that stands first. One query.

    Only what was changed is kept, so that the rest of a version is what the one after it says.
    """
    kept = list(EarlierText.objects.filter(node=node).select_related("changed_by"))
    texts = {"title": node.title, **{name: str(getattr(row, name)) for name in texts_of(type(row))}}
    found = []
    for at in range(len(kept), -1, -1):
        if at < len(kept):
            texts = {name: kept[at].texts.get(name, text) for name, text in texts.items()}
        found.append(Version(at + 1, texts, *_written(node, kept, at)))
    return found


def _written(node: Node, kept: Sequence[EarlierText], at: int) -> tuple[User | None, datetime | None]:
    """Who wrote a version, and when: whoever changed the one before, or whoever made the item."""
    if at:
        return kept[at - 1].changed_by, kept[at - 1].changed_at
    return (node.made_by, node.made_at) if not kept or kept[0].number == 1 else (None, None)


def numbered(versions: Sequence[V], number: int) -> V:
    """One version out of all."""
    found = next((one for one in versions if one.number == number), None)
    if found is None:
        raise Http404(NOT_HERE)
    return found


@dataclass(frozen=True)
class Difference:
    """Two versions beside each other: what each text is called, and what changed in it."""

    before: Any
    after: Any
    parts: list[tuple[str, list[Piece]]]

    @property
    def is_none(self) -> bool:
        """Whether nothing changed."""
        return all(piece.how == "same" for _, pieces in self.parts for piece in pieces)


def difference(row: Item, before: Version, after: Version) -> Difference:
    """What changed from one version to another, in the texts that differ."""
    parts = [
        (_called(row, name), changes(before.texts[name], after.texts[name]))
        for name in after.texts
        if before.texts[name] != after.texts[name]
    ]
    return Difference(before, after, parts)


def _called(row: Item, name: str) -> str:
    """What a text is called: the question that asks for it."""
    if name == "title":
        return "Title"
    column = cast(Words, row._meta.get_field(name))
    return column.label or column.says
