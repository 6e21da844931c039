"""What the items of a file have in common, and the part of each noun, made of its columns."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Protocol

from django.db.models import Model
from pydantic import AfterValidator, BeforeValidator, create_model

from weft.filing.keys import keys_of
from weft.filing.parts import (
    Code,
    ItemCode,
    KnowledgeName,
    LayerName,
    Moment,
    Part,
    PersonName,
    RelationName,
    TeamName,
    VisibilityName,
    letter,
    may,
    need,
)


class Noun(Protocol):
    """What has to be known of a noun."""

    @property
    def model(self) -> type[Model]: ...
    @property
    def key(self) -> str: ...
    @property
    def prefix(self) -> str: ...


def _rest(value: Any) -> Any:
    return {"code": value} if isinstance(value, str) else value


class Rest(Part):
    """One thing that an item rests on. Written as its code alone where it has neither relation nor note."""

    code: ItemCode = need("The code of what it rests on.")
    relation: RelationName | None = may(None, "How; the usual relation of the item's kind if left out.")
    note: str = may("", "A remark on it.", 400)


Rests = list[Annotated[Rest, BeforeValidator(_rest)]]


class Item(Part):
    """What every item has."""

    code: Code = need("Its code, with the letter of its kind.")
    team: TeamName | None = may(None, "The team it belongs to.")
    made_at: Moment | None = may(None, "When it was made; when the programme was begun.")
    by: PersonName | None = may(None, "Who made it.")
    visibility: VisibilityName | None = may(None, "Who may read it; `public`, or who may read what it is made from.")
    layer: LayerName | None = may(None, "The layer of the work it belongs to.")
    knowledge_kind: KnowledgeName | None = may(None, "The kind of knowledge; what is usual for its kind.")
    rests_on: Rests = may([], "What it comes from: codes, or mappings with `code`, `relation` and `note`.")


class Titled(Item):
    """What has a title of its own."""

    title: str = need("Its title.", 300)


def part_of(noun: Noun, base: type[Item] = Titled, order: Iterable[str] = (), **more: tuple[Any, Any]) -> type[Any]:
    """The part of a noun: the keys of its columns, and `more`; `order` says how they follow each other if otherwise."""
    keys = {**keys_of(noun.model), **more}
    first = {
        "kind": (Literal[noun.key], need(f"`{noun.key}`; letter {noun.prefix}.")),
        "code": (Annotated[Code, AfterValidator(letter(noun.prefix))], need("Its code.")),
    }
    placed = {name: keys[name] for name in [*order, *(name for name in keys if name not in {*order})]}
    made: type[Any] = create_model(  # type: ignore[call-overload]
        noun.key.title(), __base__=base, __doc__=noun.model.__doc__, **first, **placed
    )
    return made
