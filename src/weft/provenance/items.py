"""Making, changing and taking back an item: the steps that are the same for every plain noun.

The named action of each noun says what it checks and what it is called in the audit trail; it runs in one transaction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Required, TypedDict, TypeVar, cast
from uuid import UUID, uuid4

from django.db.models import Model, QuerySet

from weft.core.columns import citing_of, parts_of, texts_of
from weft.core.errors import Refused
from weft.core.fields import tidy
from weft.core.inserts import insert
from weft.core.keys import saved_with
from weft.core.revisions import check_revision, facts_of
from weft.core.text import citations
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.people.programmes.models import Programme, Team
from weft.provenance.actions import Source, cite, describe, index, keep_earlier, link, record, retitle, tie, untie
from weft.provenance.batch import is_held
from weft.provenance.journal import Entry
from weft.provenance.models import Item, Node, Relation
from weft.provenance.queries import Tied, own_words
from weft.provenance.registry import noun_of, way_to
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
WAYS = (Relation.SUPPORTS, Relation.CONTRADICTS)  # whatever speaks one way does not speak the other


@dataclass(frozen=True)
class Ties:
    """What somebody ticked that an item rests on, and what of it was tied when they were asked.

    `tied` is what is tied by now, as far as they may see it. What they were not shown they do not change.
    """

    ticked: tuple[Node, ...] = ()
    before: frozenset[UUID] = frozenset()
    tied: Tied = field(default_factory=Tied)

    @property
    def added(self) -> list[Node]:
        """What is to be tied."""
        return [one for one in self.ticked if one.pk not in self.before and one not in self.tied.now]

    @property
    def taken(self) -> dict[Node, list[str]]:
        """What is to be untied, with the relations."""
        gone = self.before - {one.pk for one in self.ticked}
        return {one: relations for one, relations in self.tied.now.items() if one.pk in gone}


NOTHING_TICKED = Ties()


class Facts(TypedDict, total=False):
    """What may be said of every item, when it is made and when it is changed."""

    ties: Ties


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
    ties: Ties = NOTHING_TICKED,
    parts: Iterable[Model] = (),
    **facts: Any,
) -> Row:
    """Make an item of a team or of the whole programme, with its parts. A form that is sent twice makes one."""
    if earlier := saved_with(origin.key, cast("QuerySet[Row]", model._default_manager.select_related("node"))):
        return earlier
    several, parts = {name: facts.pop(name) for name in _several(model) & facts.keys()}, list(parts)
    row = model(key=origin.key or uuid4(), **facts)
    ticked = [(node, noun_of(model).rests_by) for node in ties.ticked]
    wholes = [(getattr(row, name).node, column.by) for name, column in parts_of(model).items() if getattr(row, name)]
    row.node = record(
        by=by,
        kind=noun_of(model).key,
        programme=of.programme,
        team=of.team,
        title=title,
        text=searched(row, parts),
        sources=[*wholes, *ticked, *sources],
        visibility=visibility,
        layer=layer,
        knowledge_kind=knowledge_kind,
        code=origin.code,
        made_at=origin.at,
    )
    insert(row)
    for part in parts:
        setattr(part, way_to(type(part), model), row)
        insert(part)
    for name, rows in several.items():
        getattr(row, name).add(*rows)
    cite(by=by, node=row.node, texts=cited(row, parts))
    audit(by=by, did=did, on=row.node)
    return row


def edit(row: Row, *, by: Actor, did: str, revision: int | None, ties: Ties = NOTHING_TICKED, **facts: Any) -> Row:
    """Save what is given, unless somebody else saved something else first."""
    row = lock(row)
    node = row.node
    of_node = {name: facts.pop(name) for name in OF_NODE if name in facts}
    several = {name: list(facts.pop(name)) for name in _several(type(row)) & facts.keys()}
    saved = facts_of(node, of_node) | facts_of(row, facts) | {name: list(getattr(row, name).all()) for name in several}
    sent = of_node | facts | several
    if ties != NOTHING_TICKED:
        saved, sent = saved | {"sources": list(ties.tied.now)}, sent | {"sources": list(ties.ticked)}
    check_revision(revision, row.revision, saved, sent)
    texts = [name for name in ("title", *texts_of(type(row))) if name in sent and _differ(saved, sent, name)]
    keep_earlier(by=by, node=node, number=row.revision, texts={name: saved[name] for name in texts})
    wholes = {name: getattr(row, name) for name in parts_of(type(row)) if name in facts}
    for name, value in facts.items():
        setattr(row, name, value)
    row.revision += 1
    row.save(update_fields=[*facts, "revision"])
    for name, rows in several.items():
        getattr(row, name).set(rows)
    for name, whole in wholes.items():
        _move(by, row, name, whole)
    retitle(node=node, title=of_node.pop("title", node.title), text=searched(row))
    describe(node=node, **of_node)
    change_ties(by=by, node=node, ties=ties, texts=cited(row))
    cite(by=by, node=node, texts=cited(row))
    audit(by=by, did=did, on=node)
    return row


def says_otherwise(row: Item, facts: Mapping[str, Any]) -> bool:
    """Whether the item itself is to say something else; what it rests on is not what it says."""
    saved = facts_of(row.node, OF_NODE) | facts_of(row, facts.keys() - {*OF_NODE, "ties"})
    return any(_differ(saved, facts, name) for name in facts if name != "ties")


def _differ(saved: Mapping[str, Any], sent: Mapping[str, Any], name: str) -> bool:
    before, after = (tidy(one[name]) if isinstance(one[name], str) else one[name] for one in (saved, sent))
    return bool(before != after)


def change_ties(*, by: Actor, node: Node, ties: Ties, texts: list[str]) -> None:
    """Tie what was ticked and untie what was not any more. What somebody else tied meanwhile stays."""
    for source, relations in ties.taken.items():
        if any(source.code in citations(text) for text in texts):
            said = f"The text cites {source.code}, so it stays ticked. Take [[{source.code}]] out of the text first."
            raise Refused(said, field="sources")
        untie(by=by, source=source, target=node, relations=relations, texts=texts)
        audit(by=by, did="untied", on=node, source=source.code)
    for source in ties.added:
        relation = ties.tied.once.get(source, node.about.rests_by)
        try:
            tie(by=by, source=source, target=node, relation=relation, among=WAYS)
        except Refused as refused:
            raise Refused(str(refused), field="sources") from refused
        audit(by=by, did="tied", on=node, source=source.code, relation=str(relation))


def take_back(row: Item, *, by: Actor, did: str, at: datetime | None = None) -> list[Node]:
    """Take an item back and leave its tombstone. What it repeats of what it rests on stays with those who said it."""
    row = lock(row)
    if row.node.is_withdrawn:
        return []
    earlier = [text for texts in row.node.earlier.values_list("texts", flat=True) for text in texts.values()]
    said = own_words(row.node, row.node.title, *words(row), *earlier)
    audit(by=by, did=did, on=row.node)
    return withdraw(node=row.node, said=said, at=at)


def bury_again(entry: Entry) -> None:
    """Take an item back that was taken back before the database was restored."""
    bury(Node.every.select_related("programme", "team").get(pk=entry.id), entry.at)


def bury(node: Node, at: datetime) -> None:
    """Take an item of any kind back, as somebody did at some time."""
    row = node.about.model._base_manager.filter(node=node).first()
    if node.about.take_back and row is not None:
        node.about.take_back(by=None, row=row, at=at)
    else:
        withdraw(node=node, said="", at=at)


def lock(row: Row) -> Row:
    """The row as it is now, which nobody else changes meanwhile; in a batch the row that it made itself."""
    if is_held(row.node):
        return row
    rows = type(row)._default_manager.select_for_update(of=("self",)).select_related("node__programme", "node__team")
    return cast("Row", rows.get(pk=row.pk))


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


def searched(row: Item, parts: list[Model] | None = None) -> str:
    """What an item is found by, beside its code and title: all its words, and those of its parts that may cite.

    `parts` are those of a new item; of another they are read.
    """
    own = [str(getattr(row, name)) for name in texts_of(type(row))]
    return "\n".join(said for said in [*own, *_cited_in_parts(row, parts)] if said)


def cited(row: Item, parts: list[Model] | None = None) -> list[str]:
    """The texts of an item and of its parts whose codes are ties."""
    return [*(str(getattr(row, name)) for name in citing_of(type(row))), *_cited_in_parts(row, parts)]


def _cited_in_parts(row: Item, parts: list[Model] | None) -> list[str]:
    columns = noun_of(type(row)).citing_of_parts
    if parts is not None:
        return [str(getattr(one, column)) for part, column, _ in columns for one in parts if isinstance(one, part)]
    return [text for part, column, way in columns for text in _column(part, way, row, column)]


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
