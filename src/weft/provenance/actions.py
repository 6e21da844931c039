"""Writing the thread.

`record` is the only way to make a node; it runs inside the transaction of the action that calls it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from weft.core import codes
from weft.core.errors import Refused
from weft.core.inserts import insert, update
from weft.core.text import citations
from weft.people.accounts.models import Actor, User
from weft.people.programmes.models import Programme, Team
from weft.provenance import queries
from weft.provenance.batch import is_held, running, ties_of
from weft.provenance.masks import follow
from weft.provenance.models import EarlierText, Link, Node, Relation, SearchText
from weft.provenance.registry import NOUNS
from weft.provenance.visibility import Visibility

Row = TypeVar("Row", bound=Model)
Source = Node | tuple[Node, str] | tuple[Node, str, str]


class UnknownCode(Refused):
    """A text cites a code that leads nowhere. Its text is one sentence for the writer."""


def new_code(programme: Programme, kind: str) -> str:
    """A short, speakable code that is free in the programme."""
    taken = Node.every.filter(programme=programme)
    return codes.draw(NOUNS[kind].prefix, lambda code: taken.filter(code=code).exists())


def record(
    *,
    by: Actor,
    kind: str,
    programme: Programme,
    title: str,
    team: Team | None = None,
    text: str = "",
    sources: Iterable[Source] = (),
    visibility: str = Visibility.PUBLIC,
    layer: str = "",
    knowledge_kind: str = "",
    code: str | None = None,
    made_at: datetime | None = None,
) -> Node:
    """Make a node, with what it comes from and what can be searched."""
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of an action.")
    node = insert(
        Node(
            code=code or new_code(programme, kind),
            programme=programme,
            team=team,
            kind=kind,
            title=title.strip()[:300],
            layer=layer,
            knowledge_kind=knowledge_kind,
            visibility=visibility,
            made_by=by if isinstance(by, User) else None,
            made_at=(made_at or timezone.now()).astimezone(UTC),  # as the database gives it back
        )
    )
    if batch := running():
        batch.made(node)
    for source in sources:
        linked = source if isinstance(source, tuple) else (source, Relation.INFORMS)
        link(by=by, source=linked[0], target=node, relation=linked[1], note=linked[2] if len(linked) > 2 else "")
    insert(SearchText(node_id=node.pk, body=search_body(node, text)))
    return node


def hold(node: Node) -> Node:
    """An item as it stands now, which nobody else changes until the transaction ends."""
    if is_held(node):
        return node
    return Node.every.select_for_update(of=("self",)).select_related("programme", "team").get(pk=node.pk)


def held(rows: Iterable[Row]) -> list[Row]:
    """Some rows of one table as they are now, held by their items; without those that were taken back."""
    given: list[Any] = list(rows)
    if not given:
        return []
    standing = Node.every.filter(pk__in=[row.node_id for row in given], withdrawn_at=None)
    locked = standing.select_for_update(of=("self",)).select_related("programme", "team").order_by("pk")
    nodes = {node.pk: node for node in locked}
    found = list(type(given[0]).every.filter(node__in=nodes))
    for row in found:
        row.node = nodes[row.node_id]
    return found


def link(*, by: Actor, source: Node, target: Node, relation: str, note: str = "", is_citation: bool = False) -> Link:
    """Say that target came of source. A link that was withdrawn stands again."""
    if source.programme_id != target.programme_id:
        raise Refused("Items of two programmes cannot be tied together.")
    if source.is_withdrawn:
        raise Refused(f"{source.code} was taken back, so nothing new can rest on it.")
    if said := queries.refusal(source):
        raise Refused(said)
    ties = ties_of(target)
    if ties is None:
        old = Link.objects.filter(source=source, target=target, relation=relation).first()
    else:
        old = ties.get((source.pk, relation))
    if old is None or old.withdrawn_at is not None:
        _check_circle(source, target)
    if old is not None:
        if old.withdrawn_at is not None or (note and note != old.note) or (old.is_citation and not is_citation):
            stands = old.withdrawn_at is None
            old.withdrawn_at, old.note = None, note or old.note
            old.is_citation = is_citation and (old.is_citation or not stands)
            update(old, "withdrawn_at", "note", "is_citation")
        return old
    made = insert(
        Link(
            source=source,
            target=target,
            relation=relation,
            note=note.strip()[:400],
            made_by=by if isinstance(by, User) else None,
            made_at=timezone.now(),
            is_citation=is_citation,
        )
    )
    if batch := running():
        batch.tied(made)
    return made


def _check_circle(source: Node, target: Node) -> None:
    """Refuse that something comes from what came of it. Withdrawn links do not count, and may become a circle again."""
    has_descendants = ties_of(target) is None and Link.objects.filter(source=target, withdrawn_at=None).exists()
    if source == target or (has_descendants and source.pk in queries.trace(target.pk, "down", limit=100_000).items):
        raise Refused(f"{source.code} itself came of {target.code}, so it cannot also be where that comes from.")


def unlink(*, source: Node, target: Node, relation: str) -> None:
    """Withdraw a link; it is kept, and no longer counts."""
    _end(target, source=source, relation=relation)


def _end(target: Node, **which: Any) -> None:
    """Withdraw the links into an item that are such."""
    ties = ties_of(target)
    if ties is None:
        Link.objects.filter(target=target, withdrawn_at=None, **which).update(withdrawn_at=timezone.now())
        return
    for link in ties.values():
        if link.withdrawn_at is None and all(getattr(link, name) == value for name, value in which.items()):
            link.withdrawn_at = timezone.now()
            update(link, "withdrawn_at")


def tie(*, by: Actor, source: Node, target: Node, relation: str, among: Iterable[str], note: str = "") -> Link:
    """Say how target rests on source, in one way among several; a citation of it then needs no link of its own."""
    tied = link(by=by, source=source, target=target, relation=relation, note=note)
    for other in among:
        if other != relation:
            unlink(source=source, target=target, relation=other)
    _end(target, source=source, is_citation=True)
    return tied


def untie(*, by: Actor, source: Node, target: Node, relations: Iterable[str], texts: Iterable[str]) -> None:
    """Take back that target rests on source; where its texts still cite it, the citation stays."""
    for relation in relations:
        unlink(source=source, target=target, relation=relation)
    _follow(by, target, list(texts), _standing(target))


def cite(*, by: Actor, node: Node, texts: Iterable[str]) -> None:
    """Make the links of a node follow what its texts cite now. Raises UnknownCode for a code that leads nowhere."""
    texts, links = list(texts), _standing(node)
    fault = queries.faulty_citation(node.programme, *texts, known={link.source.code for link in links})
    if fault:
        raise UnknownCode(fault)
    _follow(by, node, texts, links)


def _standing(node: Node) -> list[Link]:
    """The links into an item that stand."""
    ties = ties_of(node)
    if ties is None:
        return list(Link.objects.filter(target=node, withdrawn_at=None).select_related("source"))
    return [link for link in ties.values() if link.withdrawn_at is None]


def _follow(by: Actor, node: Node, texts: list[str], links: list[Link]) -> None:
    """Tie what is cited and not tied yet, as far as anything may rest on it, and untie what is cited no longer."""
    tied = {link.source.code for link in links}
    found = queries.cited(node.programme, *texts)
    for code in dict.fromkeys(code for text in texts for code in citations(text) if code in found):
        source = found[code]
        if code not in tied and source != node and not source.is_withdrawn and not queries.refusal(source):
            link(by=by, source=source, target=node, relation=Relation.INFORMS, is_citation=True)
    for old in links:
        if old.is_citation and old.source.code not in found:
            old.withdrawn_at = timezone.now()
            update(old, "withdrawn_at")


def keep_earlier(*, by: Actor, node: Node, number: int, texts: dict[str, str]) -> None:
    """Keep what an item said so far in the texts that are changed now, unless a file is being loaded."""
    if not texts or is_held(node):
        return
    author = by if isinstance(by, User) else None
    kept = EarlierText.objects.create(
        node=node, number=number, texts=texts, changed_by=author, changed_at=timezone.now()
    )
    follow(place=node, row=kept, column="texts")


def retitle(*, node: Node, title: str, text: str) -> None:
    """Give an item a new title and new words to be found by."""
    node.title = title.strip()[:300]
    update(node, "title")
    index(node, text)


def describe(
    *, node: Node, layer: str | None = None, knowledge_kind: str | None = None, visibility: str | None = None
) -> None:
    """Say at which layer an item stands, what kind of knowledge it holds and who may see it."""
    said = {"layer": layer, "knowledge_kind": knowledge_kind, "visibility": visibility}
    changed = {name: value for name, value in said.items() if value is not None and value != getattr(node, name)}
    for name, value in changed.items():
        setattr(node, name, value)
    if changed:
        update(node, *changed)


def index(node: Node, text: str) -> None:
    """Make an item findable by its title and text."""
    SearchText.objects.update_or_create(node=node, defaults={"body": search_body(node, text)})


def search_body(node: Node, text: str) -> str:
    """What an item is found by."""
    return f"{node.code}\n{node.title}\n{text}".strip()


def untie_all(*, node: Node, at: datetime | None = None, but: Iterable[Node] = ()) -> None:
    """Withdraw every link to what rests on an item, `but` some: nothing else may rest on it any more."""
    links = Link.objects.filter(source=node, withdrawn_at=None).exclude(target__in=list(but))
    links.update(withdrawn_at=at or timezone.now())
