"""Loading what was taken back: tombstones of what was taken back before, and what the file itself takes back."""

from typing import Any

from django.utils import timezone

from weft.core.errors import Refused
from weft.filing.loading import when
from weft.listen.conversations.models import Participant
from weft.people.programmes.file import works_in
from weft.programme_file.schema_share import Tombstone, Withdrawal
from weft.programme_file.state import Loading
from weft.provenance import items
from weft.provenance.actions import record
from weft.provenance.file import every, origin_of, person, ties
from weft.provenance.models import Node, Relation
from weft.provenance.queries import row_of
from weft.provenance.registry import NOUNS
from weft.provenance.visibility import Visibility


def withdrawals(load: Loading) -> None:
    """Take back what the file says was taken back, in its order."""
    for at, one in enumerate(load.file.withdrawals):
        with load.at("withdrawals", at):
            node = Node.objects.select_related("programme", "team").get(pk=load.nodes[one.code].pk)
            if node.is_withdrawn:
                raise Refused(f"{one.code} was taken back already.")
            take_back = node.about.take_back
            if take_back is None:
                raise Refused(f"{one.code} is {node.about.name.lower()}, which cannot be taken back.")
            row = row_of(node)
            _check(load, one, row)
            take_back(by=person(load, one.by) or _teller(row), row=row, at=one.at)


def _teller(row: Any) -> Participant | None:
    return getattr(row, "participant", None) or getattr(row, "author", None)


def _check(load: Loading, one: Withdrawal, row: Any) -> None:
    """Only those take something back who could do so on its page that day."""
    node: Node = row.node
    if one.by:
        if not works_in(load, one.by, node.team_id, timezone.localtime(one.at).date()):
            whose = f"the team {node.team.slug}" if node.team else "no team"
            said = f"{one.by} could not take {one.code} back that day: it is of {whose}."
            raise Refused(f"{said} Its members do so, and convenors.", field="by")
    elif not node.about.contributed or _teller(row) is None:
        raise Refused(f"say in `by` who took {one.code} back.")


def tombstone(load: Loading, one: Tombstone) -> Node:
    """Put what was taken back where it was, without its words; `bury` takes it back again.

    A row of its own has only what other rows of the file need.
    """
    if one.kind not in NOUNS:
        raise Refused(f"found the kind {one.kind}; one of {', '.join(NOUNS)} was expected.", field="kind")
    noun, filed, origin = NOUNS[one.kind], every().get(one.kind), origin_of(load, one)
    team = load.teams[one.team] if one.team else None
    common: dict[str, Any] = {
        "by": person(load, one.by),
        "title": "",
        "visibility": one.visibility or Visibility.PUBLIC,
        "layer": one.layer or "",
        "knowledge_kind": one.knowledge_kind or "",
        "sources": ties(load, one, Relation.INFORMS),
    }
    if filed and filed.empty and noun.make:
        row = noun.make(**common, of=team or load.programme, origin=origin, **filed.empty(when(origin.at)))
        node: Node = row.node
        return node
    return record(**common, kind=one.kind, programme=load.programme, team=team, code=origin.code, made_at=origin.at)


def bury(load: Loading) -> None:
    """Take back again what was taken back before the dump, the first one first."""
    for at, one in sorted(enumerate(load.file.tombstones), key=lambda pair: (pair[1].withdrawn_at, pair[1].code)):
        with load.at("tombstones", at):
            node = Node.objects.select_related("programme", "team").get(pk=load.nodes[one.code].pk)
            items.bury(node, one.withdrawn_at)
