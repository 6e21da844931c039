"""What an item rests on, as whoever makes or changes it is shown it: what is tied, and what could be."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from weft.core.columns import parts_of
from weft.core.standing import Standing
from weft.people.programmes.models import Programme, Team
from weft.provenance.models import Item, Link, Node, Relation
from weft.provenance.queries.nodes import to_rest_on
from weft.provenance.registry import Noun, serving
from weft.provenance.visibility import sees

OFFERED = 12  # unasked
FOUND = 25
NEWEST = 200
FIXED = (Relation.ANSWERS, Relation.QUOTES)  # made and ended with what answers or quotes


@dataclass(frozen=True)
class Tied:
    """What an item is tied to, as far as a reader may see it, each with the relations.

    `once` was tied before, with the relation it had last; `is_more` says that there are ties which are not shown.
    """

    now: dict[Node, list[str]] = field(default_factory=dict)
    once: dict[Node, str] = field(default_factory=dict)
    is_more: bool = False


def tied(row: Item, here: Standing) -> Tied:
    """The ties that somebody made; not what the text cites, nor what the item is a part of. At most two queries."""
    wholes = {(getattr(row, f"{name}_id"), column.by) for name, column in parts_of(type(row)).items()}
    ways = {column.by for column in parts_of(type(row)).values()}
    links = Link.objects.filter(target=row.node, is_citation=False).exclude(relation__in=FIXED)
    now: dict[Node, list[str]] = {}
    once: dict[Node, str] = {}
    is_more = False
    for link in links.select_related("source__team").order_by("withdrawn_at", "id"):
        source = link.source
        if link.withdrawn_at is not None:
            if link.relation not in ways:
                once[source] = link.relation
        elif (source.pk, link.relation) in wholes:
            continue
        elif source.is_withdrawn or not sees(here, source):
            is_more = True
        else:
            now.setdefault(source, []).append(link.relation)
    again = _again(row.node.programme, here, once.keys() - now.keys())
    return Tied(now, {node: once[node] for node in again}, is_more)


def _again(programme: Programme, here: Standing, nodes: Iterable[Node]) -> list[Node]:
    """Those of some items that may be tied again."""
    kinds = {node.kind for node in nodes}
    return list(to_rest_on(programme, here, *kinds).filter(pk__in=[node.pk for node in nodes])) if kinds else []


@dataclass(frozen=True)
class Offer:
    """What an item could be tied to: lists of items by their headings, and what is said of some of them.

    `is_any` says that there is something to look for, and `hint` what looking for it finds.
    """

    tied: Tied
    groups: dict[str, list[Node]]
    about: dict[Node, str]
    is_any: bool
    hint: str


def to_tie(noun: Noun, of: Team | Programme, row: Item | None, here: Standing, words: str, ticked: list[str]) -> Offer:
    """What an item of this noun rests on and could rest on.

    What its own team and the whole programme have comes first; what other teams have only where it is looked for, or
    ticked already.
    """
    programme, team = of.programme, of.team
    known = tied(row, here) if row else Tied()
    kinds = serving(noun.rests_on) if noun.rests_on and noun.rests_by not in FIXED else ()

    def offered(words: str = "") -> QuerySet[Node]:
        found = to_rest_on(programme, here, *kinds, words=words)
        return found.exclude(pk=row.pk) if row else found

    mine = Q(team=None) | Q(team=team) if team else Q(team=None)
    own = sorted(offered().filter(mine)[:NEWEST], key=lambda node: (node.team_id is None, -node.about.stage))
    found = list(offered(words)[: FOUND + 1]) if words else []
    groups = {
        f"Found for “{words}”": sorted(found[:FOUND], key=lambda node: node.team_id != (team and team.pk)),
        "Ticked so far": [*known.now, *(offered().filter(pk__in=ticked) if ticked else [])],
        f"The newest of {of.name}": [] if found else own[:OFFERED],
        "Tied before, and taken away": [] if found else [*known.once],
    }
    shown = {node for nodes in groups.values() for node in nodes}
    return Offer(
        known,
        groups,
        {node: said for node in shown if (said := _about(node, team, known))},
        bool(own) or offered().exists(),
        _hint(of, words, found, own),
    )


def _about(node: Node, team: Team | None, known: Tied) -> str:
    """Whose an item is where it is not the team's own, and which way it speaks."""
    ways = known.now.get(node) or [known.once.get(node, "")]
    said = [str(node.team or "The whole programme")] if node.team_id != (team and team.pk) else []
    if Relation.CONTRADICTS in ways:
        said.append("Speaks against it")
    return ". ".join(said)


def _hint(of: Team | Programme, words: str, found: list[Node], own: list[Node]) -> str:
    """What stands below the search box."""
    if words and not found:
        return f"Nothing was found for “{words}”. Try one word less."
    if words:
        cut = f" Only the first {FOUND} are shown: one word more finds fewer." if len(found) > FOUND else ""
        return f"Tick what fits. It is saved with the rest of the page.{cut}"
    if not own:
        return f"{of.name} has nothing yet that this can rest on. Look for what others have."
    older = "what is older, and " if len(own) > OFFERED else ""
    return f"It finds {older}what others in the programme have."
