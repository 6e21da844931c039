"""Items in the programme file. A plain noun stands there as its columns say; an area's `file.py` says what differs."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.module_loading import autodiscover_modules

from weft.core.columns import PartOf, parts_of
from weft.core.errors import Refused
from weft.filing.items import Item, Rest, part_of
from weft.filing.keys import NAMES, columns_of
from weft.filing.lines import Path
from weft.filing.loading import Loading, when
from weft.filing.parts import Reference
from weft.filing.steps import Step
from weft.filing.writing import account, put, unless
from weft.people.accounts.models import User
from weft.people.programmes.models import Programme, Team
from weft.provenance.actions import link
from weft.provenance.items import Origin
from weft.provenance.models import Item as Row
from weft.provenance.models import Link, Node
from weft.provenance.queries import rows_of
from weft.provenance.registry import NOUNS, Noun, noun_of
from weft.provenance.visibility import Visibility

Tie = tuple[str, str]


def origin_of(load: Loading, item: Item) -> Origin:
    """The code and the time that the file gives an item."""
    return Origin(code=item.code, at=when(item.made_at, load.begun))


def person(load: Loading, key: str | None) -> User | None:
    """The account that a key stands for."""
    return load.rows["people"][key] if key else None


def whose(load: Loading, item: Any) -> Team | Programme:
    """Whose an item is: a team's, or the whole programme's where its noun allows that."""
    if item.team is not None:
        team: Team = load.rows["teams"][item.team]
        return team
    if not NOUNS[item.kind].of_programme:
        raise Refused(f"the {NOUNS[item.kind].said} {item.code} belongs to a team: say in `team` which.")
    whole: Programme = load.programme
    return whole


def told(load: Loading, item: Any) -> dict[str, Any]:
    """What every action takes that makes an item."""
    return {
        "by": person(load, item.by),
        "of": whose(load, item),
        "origin": origin_of(load, item),
        "title": item.title or "",
        "visibility": item.visibility or Visibility.PUBLIC,
        "layer": item.layer or "",
        "knowledge_kind": item.knowledge_kind or "",
    }


def facts(load: Loading, item: Any, *left_out: str) -> dict[str, Any]:
    """What an item says in the columns of its noun, as its action takes it."""
    found = {}
    for name, column in columns_of(NOUNS[item.kind].model).items():
        if name in item.model_fields_set and name not in left_out:
            value = getattr(item, name)
            if isinstance(column, PartOf) and value is not None:
                found[name] = whole(load, value, noun_of(column.related_model), name)
            else:
                found[name] = load.row(value) if isinstance(value, Reference) else value
    return found


def whole(load: Loading, code: str, noun: Noun, key: str) -> Any:
    """The row of the item that another one is a part of."""
    node: Node = load.rows["items"][code]
    if node.kind != noun.key:
        raise Refused(f"{code} is a {NOUNS[node.kind].said}; a {noun.said} was expected.", field=key)
    return rows_of(noun.model, [node])[0]


def ties(load: Loading, item: Any, usual: str) -> list[tuple[Node, str, str]]:
    """What an item rests on, as the actions take it."""
    return [(load.rows["items"][rest.code], rest.relation or usual, rest.note) for rest in item.rests_on]


def tie(load: Loading, node: Node, item: Any, usual: str) -> Node:
    """Say what an item rests on, where its action does not take it."""
    for rest in item.rests_on:
        source, relation = load.rows["items"][rest.code], rest.relation or usual
        link(by=person(load, item.by), source=source, target=node, relation=relation, note=rest.note)
    return node


@dataclass
class Dumping:
    """The nodes and links of a programme, read once."""

    programme: Programme
    nodes: dict[UUID, Node] = field(init=False)
    into: dict[UUID, list[Link]] = field(init=False)

    def __post_init__(self) -> None:
        found = Node.objects.filter(programme=self.programme).select_related("team").order_by("made_at", "code")
        self.nodes = {node.pk: node for node in found}
        self.into = defaultdict(list)
        for one in Link.objects.filter(target__programme=self.programme, withdrawn_at=None).order_by("id"):
            self.into[one.target_id].append(one)

    def code(self, node_id: UUID | None) -> str | None:
        """The code of an item."""
        return self.nodes[node_id].code if node_id else None

    def rests(self, node: Node, usual: str, without: Iterable[Tie] = (), first: Any = None) -> list[Any]:
        """What an item rests on. `without` are the links that its own action makes; `first` says which come first."""
        left_out = set(without)
        rows = []
        for one in self.into[node.pk]:
            code = self.nodes[one.source_id].code
            is_own = (code, one.relation) in left_out and not one.note
            if not is_own and (node.is_withdrawn or not one.is_citation):
                rows.append(put(Rest, code=code, relation=unless(one.relation, usual), note=one.note))
        if first:
            rows.sort(key=lambda row: not first(row))
        return [row["code"] if len(row) == 1 else row for row in rows]

    def common(self, node: Node, usual: str, *, visible: str = Visibility.PUBLIC, **more: Any) -> dict[str, Any]:
        """The keys of every item. `more` may hold the usual layer and knowledge, and what `rests` takes."""
        layer, knowledge = more.pop("layer", ""), more.pop("knowledge", "")
        return {
            "code": node.code,
            "kind": node.kind,
            "made_at": unless(node.made_at, self.programme.made_at),
            "by": account(node.made_by_id),
            "visibility": unless(node.visibility, visible),
            "layer": unless(node.layer, layer) or None,
            "knowledge_kind": unless(node.knowledge_kind, knowledge) or None,
            "rests_on": self.rests(node, usual, **more),
        }

    def titled(self, node: Node, usual: str, **more: Any) -> dict[str, Any]:
        """The keys of every item with a title and a team of its own."""
        team = node.team.slug if node.team else None
        return {"title": node.title, "team": team, **self.common(node, usual, **more)}

    def values(self, row: Any, *left_out: str) -> dict[str, Any]:
        """What stands in the columns of an item."""
        return {name: self._value(row, name, c) for name, c in columns_of(type(row)).items() if name not in left_out}

    def _value(self, row: Any, name: str, column: Any) -> Any:
        if isinstance(column, PartOf):
            return self.code(getattr(row, column.attname))
        value = getattr(row, name)
        if column.is_relation and value is not None:
            return NAMES[column.related_model].said(value)
        return value

    def wholes(self, row: Any) -> list[Tie]:
        """The links from what an item is a part of, which its action makes."""
        found = [(self.code(getattr(row, f"{name}_id")), column.by) for name, column in parts_of(type(row)).items()]
        return [(code, by) for code, by in found if code]


@dataclass(frozen=True)
class Filed:
    """How the items of a noun stand in a file.

    `load` writes one and returns its node, `dump` gives its keys. `needed` is as much of an item as says what has to be
    there before it, if that is not all of it; `later` are steps of its own that follow. `empty` are the facts with
    which one is made that was taken back, if other rows need its row. `joined` are read with its row.
    """

    part: type[Item]
    load: Callable[[Loading, Any, Path], Node]
    dump: Callable[[Dumping, Node, Any], dict[str, Any]]
    needed: Callable[[Any], Any] = lambda item: item
    later: Callable[[Loading, Any, Path], Iterable[Step]] = lambda load, item, path: ()
    empty: Callable[[datetime], dict[str, Any]] | None = None
    joined: tuple[str, ...] = ()


_FILED: dict[str, Filed | None] = {}


def filed(noun: Noun, part: type[Item] | None = None, **more: Any) -> None:
    """Say how the items of a noun stand in a file, as far as its columns do not."""
    part = part or part_of(noun)
    _FILED[noun.key] = Filed(**{"part": part, "load": _load(noun), "dump": _dump(noun, part), **more})


def elsewhere(noun: Noun) -> None:
    """Say that items of a noun stand in another part of a file, not among the items."""
    _FILED[noun.key] = None


def _load(noun: Noun) -> Callable[[Loading, Any, Path], Node]:
    def load_plain(load: Loading, item: Any, path: Path) -> Node:
        if noun.make is None:
            raise TypeError(f"Nothing makes a {noun.said}.")
        row: Row = noun.make(**told(load, item), **facts(load, item), sources=ties(load, item, noun.rests_by))
        return row.node

    return load_plain


def _dump(noun: Noun, part: type[Item]) -> Callable[[Dumping, Node, Any], dict[str, Any]]:
    def dump_plain(dump: Dumping, node: Node, row: Any) -> dict[str, Any]:
        return put(part, **dump.titled(node, noun.rests_by, without=dump.wholes(row)), **dump.values(row))

    return dump_plain


@cache
def every() -> dict[str, Filed]:
    """How each noun stands in a file. Read only when a file is, so that no start of the site waits for it."""
    autodiscover_modules("file")
    for noun in NOUNS.values():
        if noun.key not in _FILED:
            filed(noun)
    return {key: one for key in NOUNS if (one := _FILED[key]) is not None}
