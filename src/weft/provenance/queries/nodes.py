"""Finding items: by code, by what they rest on, by their words."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, Q, QuerySet

from weft.core.codes import is_code
from weft.core.columns import Named, PartOf, asked_of, parts_of
from weft.core.standing import Standing
from weft.core.text import citations, misplaced
from weft.people.programmes.models import Programme, Team
from weft.provenance.batch import is_held, running
from weft.provenance.models import Link, Node
from weft.provenance.registry import NOUNS, noun_of, row_way, ways_to_passages
from weft.provenance.visibility import visible

Row = TypeVar("Row", bound=Model)


def only_read() -> Q:
    """The items that whoever said them allowed to be read and no more, as a filter on nodes."""
    found = Q(pk__in=())
    for kind in NOUNS.values():
        if kind.only_read:
            found |= Q(kind.only_read(), kind=kind.key)
    return found


def refusal(node: Node) -> str:
    """One sentence why nothing may rest on this item, or nothing."""
    if not node.about.only_read or not _is_only_read(node):
        return ""
    return f"Whoever told {node.code} asked that it is only read. Nothing else may be done with it."


def _is_only_read(node: Node) -> bool:
    batch = running()
    if batch is None:
        return Node.objects.filter(only_read(), pk=node.pk).exists()
    if batch.only_read is None:
        batch.only_read = set(
            Node.objects.filter(only_read(), programme=node.programme_id).values_list("pk", flat=True)
        )
    return node.pk in batch.only_read


def to_rest_on(programme: Programme, here: Standing, *kinds: str, words: str = "") -> QuerySet[Node]:
    """What something new may rest on: items of some kinds that this reader may see, by words or the newest first.

    Every list that offers items to tie, gather or address is made here, so that none offers what is only to be read.
    """
    if words.strip():
        found = search(programme, words, here).filter(kind__in=kinds)
    else:
        found = nodes_of(programme, *kinds).filter(visible(here)).order_by("-made_at", "-id")
    return found.exclude(only_read())


def by_code(
    programme: Programme, codes: Iterable[str], here: Standing | None = None, joined: Iterable[str] = ()
) -> dict[str, Node]:
    """The nodes with these codes, one query; for codes that somebody typed only those which they may see."""
    wanted = {code.upper() for code in codes if is_code(code.upper())}
    if not wanted:
        return {}
    batch = running()
    if batch is not None and here is None and all((programme.pk, code) in batch.nodes for code in wanted):
        return {code: batch.nodes[programme.pk, code] for code in wanted}
    seen = visible(here) if here is not None else Q()
    found = programme.nodes.filter(seen, code__in=wanted).select_related("team", *joined)
    return {node.code: node for node in found}


def cited(programme: Programme, *texts: str) -> dict[str, Node]:
    """The nodes that some texts cite, with the passages among them. One query."""
    return by_code(programme, [code for text in texts for code in citations(text)], joined=ways_to_passages())


def cited_now(node: Node) -> set[str]:
    """The codes that an item cites or is tied to; its texts may go on citing what was taken back since."""
    return set(Link.objects.filter(target=node, withdrawn_at=None).values_list("source__code", flat=True))


def faulty_citation(programme: Programme, *texts: str, known: Iterable[str] = ()) -> str:
    """One sentence about the first citation that leads nowhere, or nothing. Codes in `known` passed before."""
    found, passed = cited(programme, *texts), set(known)
    for text in texts:
        for _, said in misplaced(text):
            return said
        for code in citations(text):
            if code not in found:
                return f"[[{code}]] is not the code of anything in this programme. Check it, or take it out."
            if found[code].is_withdrawn and code not in passed:
                return f"[[{code}]] was taken back and cannot be cited any more. Take it out."
            if code not in passed and (said := refusal(found[code])):
                return f"{said} Take [[{code}]] out."
    return ""


def within(place: Programme | Team, rows: Iterable[Row]) -> list[Row]:
    """Rows of a programme or of a team of it, each told the programme and the team that are known already.

    A row that carries an item passes it on. What is read through `programme.nodes` knows its programme by itself.
    """
    programme, team = place.programme, place.team
    found = list(rows)
    for row in found:
        one: Any = getattr(row, "node", row)
        one.programme = programme
        if team is not None and one.team_id == team.pk:
            one.team = team
    return found


def sources_of(node: Node, *relations: str) -> QuerySet[Link]:
    """What an item comes from directly, with standing links."""
    links = Link.objects.filter(target=node, withdrawn_at=None).select_related("source", "source__team").order_by("id")
    return links.filter(relation__in=relations) if relations else links


def results_of(node: Node, *relations: str) -> QuerySet[Link]:
    """What came of an item directly, with standing links."""
    links = Link.objects.filter(source=node, withdrawn_at=None).select_related("target", "target__team").order_by("id")
    return links.filter(relation__in=relations) if relations else links


def nodes_of(programme: Programme, *kinds: str, team_id: int | None = None) -> QuerySet[Node]:
    """The standing items of some kinds in a programme, or in one team of it."""
    nodes = programme.nodes.filter(kind__in=kinds, withdrawn_at=None).select_related("team")
    return nodes.filter(team_id=team_id) if team_id is not None else nodes


def search(programme: Programme, words: str, here: Standing) -> QuerySet[Node]:
    """Items that hold all the words, best first, of those the reader may see."""
    terms = [term for term in words.split() if any(c.isalnum() for c in term)][:12]
    if not terms:
        return Node.objects.none()
    nodes = programme.nodes.filter(visible(here), withdrawn_at=None).select_related("team")
    if connection.vendor == "postgresql":
        return nodes.extra(
            tables=["provenance_searchtext"],
            where=[
                "provenance_searchtext.node_id = provenance_node.id",
                "to_tsvector('simple', provenance_searchtext.body) @@ plainto_tsquery('simple', %s)",
            ],
            params=[" ".join(terms)],
        ).order_by("-made_at", "-id")
    match = " ".join('"' + term.replace('"', '""') + '"*' for term in terms)
    return nodes.extra(
        tables=["provenance_searchtext", "provenance_search"],
        where=[
            "provenance_searchtext.node_id = provenance_node.id",
            "provenance_search.rowid = provenance_searchtext.id",
            "provenance_search MATCH %s",
        ],
        params=[match],
    ).order_by("-made_at", "-id")


def row_of(node: Node) -> Any:
    """The row of an item in the table of its noun, with what it names."""
    named = [column for column in asked_of(node.about.model).values() if isinstance(column, Named)]
    keys = [f"{column.name}__node" if isinstance(column, PartOf) else column.name for column in named]
    row: Any = node.about.model._default_manager.select_related(*keys).get(node=node)
    row.node = node
    wholes = [getattr(row, name) for name in parts_of(node.about.model)]
    within(node.programme, [whole for whole in wholes if whole])
    return row


def rows_of(model: type[Row], nodes: Iterable[Node]) -> list[Row]:
    """The rows of those of some items that are of this noun, as they are now. What a batch made is not read."""
    way = row_way(model)
    wanted = [node for node in nodes if node.kind == noun_of(model).key]
    found = [getattr(node, way, None) for node in wanted if is_held(node)]
    others = {node.pk: node for node in wanted if not is_held(node)}
    if others:
        rows: Any = model._default_manager.filter(node__in=others)
        for row in rows:
            row.node = others[row.node_id]
            found.append(row)
    return [row for row in found if row is not None]


def rows_on(model: type[Row], node: Node) -> list[Row] | None:
    """The rows of this noun that were tied to an item, if all that rests on it was made in the batch; else nothing."""
    made = running()
    return rows_of(model, made.results[node.pk]) if made is not None and is_held(node) else None


def to_name(column: Named[Any, Any], of: Team | Programme) -> QuerySet[Any]:
    """The rows that an item of a team or a programme can name in a column; it is a part only of what is its own."""
    rows = column.related_model._default_manager.all()
    if not isinstance(column, PartOf):
        return rows.filter(programme=of.programme)
    standing = rows.filter(node__programme=of.programme, node__withdrawn_at=None).select_related("node")
    standing = standing.order_by("-node__made_at", "-node_id")
    return standing.filter(node__team=of.team) if of.team else standing
