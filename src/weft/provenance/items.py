"""Making, changing and taking back an item: the steps that are the same for every plain noun.

The named action of each noun says what it checks and what it is called in the audit trail; it runs in one transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Required, TypedDict, TypeVar
from uuid import UUID, uuid4

from django.db.models import Model

from weft.core.columns import Words, citing_of, parts_of
from weft.core.keys import saved_with
from weft.core.revisions import check_revision, facts_of
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.people.programmes.models import Programme, Team
from weft.provenance.actions import Source, cite, describe, index, link, record, retitle, untie
from weft.provenance.models import Item, Node
from weft.provenance.queries import own_words
from weft.provenance.registry import noun_of
from weft.provenance.visibility import Visibility
from weft.provenance.withdrawal import withdraw

OF_NODE = ("title", "layer", "visibility", "knowledge_kind")
Row = TypeVar("Row", bound=Item)


@dataclass(frozen=True)
class Origin:
    """Where an item comes from, if not from here and now: the code and time that a file gives, or the key of a form."""

    code: str | None = None
    at: datetime | None = None
    key: UUID | None = None


HERE = Origin()


class Made(TypedDict, total=False):
    """What every item is made with, beside its own facts."""

    by: Required[Actor]
    of: Required[Team | Programme]
    origin: Origin
    sources: Iterable[Source]
    visibility: str
    layer: str
    knowledge_kind: str


def make(
    model: type[Row],
    *,
    did: str,
    by: Actor,
    of: Team | Programme,
    title: str,
    origin: Origin = HERE,
    sources: Iterable[Source] = (),
    visibility: str = Visibility.PUBLIC,
    layer: str = "",
    knowledge_kind: str = "",
    **facts: Any,
) -> Row:
    """Make an item of a team or of the whole programme. A form that is sent twice makes one."""
    if earlier := saved_with(origin.key, model._default_manager.select_related("node")):
        return earlier
    several = {name: facts.pop(name) for name in _several(model) & facts.keys()}
    row = model(key=origin.key or uuid4(), **facts)
    wholes = [(getattr(row, name).node, column.by) for name, column in parts_of(model).items() if getattr(row, name)]
    row.node = record(
        by=by,
        kind=noun_of(model).key,
        programme=of if isinstance(of, Programme) else of.programme,
        team=of if isinstance(of, Team) else None,
        title=title,
        text=searched(row),
        sources=[*wholes, *sources],
        visibility=visibility,
        layer=layer,
        knowledge_kind=knowledge_kind,
        code=origin.code,
        made_at=origin.at,
    )
    row.save(force_insert=True)
    for name, rows in several.items():
        getattr(row, name).set(rows)
    cite(by=by, node=row.node, texts=cited(row))
    audit(by=by, did=did, on=row.node)
    return row


def edit(row: Row, *, by: Actor, did: str, revision: int | None, **facts: Any) -> Row:
    """Save what is given, unless somebody else saved something else first."""
    row = lock(row)
    node = row.node
    of_node = {name: facts.pop(name) for name in OF_NODE if name in facts}
    several = {name: list(facts.pop(name)) for name in _several(type(row)) & facts.keys()}
    saved = facts_of(node, of_node) | facts_of(row, facts) | {name: list(getattr(row, name).all()) for name in several}
    check_revision(revision, row.revision, saved, of_node | facts | several)
    wholes = {name: getattr(row, name) for name in parts_of(type(row)) if name in facts}
    for name, value in facts.items():
        setattr(row, name, value)
    row.revision += 1
    row.save(update_fields=[*facts, "revision"])
    for name, rows in several.items():
        getattr(row, name).set(rows)
    for name, whole in wholes.items():
        _move(by, row, name, whole)
    retitle(by=by, node=node, title=of_node.pop("title", node.title), text=searched(row))
    describe(by=by, node=node, **of_node)
    cite(by=by, node=node, texts=cited(row))
    audit(by=by, did=did, on=node)
    return row


def take_back(row: Item, *, by: Actor, did: str, at: datetime | None = None) -> list[Node]:
    """Take an item back and leave its tombstone. What it repeats of what it rests on stays with those who said it."""
    row = lock(row)
    if row.node.is_withdrawn:
        return []
    said = own_words(row.node, row.node.title, *words(row))
    audit(by=by, did=did, on=row.node)
    return withdraw(by=by, node=row.node, said=said, at=at)


def lock(row: Row) -> Row:
    """The row as it is now, which nobody else changes meanwhile."""
    rows = type(row)._default_manager.select_for_update(of=("self",))
    return rows.select_related("node__programme", "node__team").get(pk=row.pk)


def words(row: Item) -> list[str]:
    """What somebody said in an item, in its own row and in its parts."""
    noun = noun_of(type(row))
    said = [str(getattr(row, name)) for name in noun.words]
    for part, column, way in noun.words_of_parts:
        said += _column(part, way, row, column)
    return said


def follow(row: Item, *, by: Actor) -> None:
    """Let the thread follow what an item says now, after something was added to its parts."""
    index(row.node, searched(row))
    cite(by=by, node=row.node, texts=cited(row))


def searched(row: Item) -> str:
    """What an item is found by, beside its code and title: all its words, and those of its parts that may cite."""
    columns = [column.name for column in row._meta.concrete_fields if isinstance(column, Words)]
    return "\n".join(said for said in [*(str(getattr(row, name)) for name in columns), *_cited_in_parts(row)] if said)


def cited(row: Item) -> list[str]:
    """The texts of an item and of its parts whose codes are ties."""
    return [*(str(getattr(row, name)) for name in citing_of(type(row))), *_cited_in_parts(row)]


def _cited_in_parts(row: Item) -> list[str]:
    parts = noun_of(type(row)).citing_of_parts
    return [text for part, column, way in parts for text in _column(part, way, row, column)]


def _column(part: type[Model], way: str, row: Item, column: str) -> list[str]:
    return list(part._default_manager.filter(**{way: row.pk}).values_list(column, flat=True))


def _several(model: type[Item]) -> set[str]:
    """The facts of an item that are several rows of another table."""
    return {field.name for field in model._meta.many_to_many}


def _move(by: Actor, row: Item, name: str, before: Item | None) -> None:
    """Let the thread follow an item that has become a part of another one."""
    after: Item | None = getattr(row, name)
    relation = parts_of(type(row))[name].by
    if before == after:
        return
    if before:
        untie(by=by, source=before.node, target=row.node, relations=[relation], texts=cited(row))
    if after:
        link(by=by, source=after.node, target=row.node, relation=relation)
