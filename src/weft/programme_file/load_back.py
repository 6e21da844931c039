"""Loading what was taken back: tombstones of what was taken back before, and what the file itself takes back."""

from typing import Any

from django.utils import timezone

from weft.act.manifestos.actions import make_ask, write_manifesto
from weft.act.projects.actions import begin_project
from weft.core.errors import Refused
from weft.filing.lines import Path
from weft.filing.loading import when
from weft.learn.insights.actions import recommend
from weft.listen.conversations.models import Participant
from weft.programme_file.load_items import told
from weft.programme_file.schema_share import Tombstone, Withdrawal
from weft.programme_file.state import Loading
from weft.provenance.actions import record, withdraw
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
            _check(load, one, row, at)
            take_back(by=load.person(one.by) or _teller(row), row=row, at=one.at)


def _teller(row: Any) -> Participant | None:
    return getattr(row, "participant", None) or getattr(row, "author", None)


def _check(load: Loading, one: Withdrawal, row: Any, at: int) -> None:
    """Only those take something back who could do so on its page that day."""
    node: Node = row.node
    if one.by:
        works = load.works_in(one.by, node.team_id, timezone.localtime(one.at).date())
        if not works:
            whose = f"the team {node.team.slug}" if node.team else "no team"
            said = f"{one.by} could not take {one.code} back that day: it is of {whose}."
            raise load.faulty(("withdrawals", at, "by"), f"{said} Its members do so, and convenors.")
    elif not node.about.said_by or _teller(row) is None:
        raise load.faulty(("withdrawals", at), f"say in `by` who took {one.code} back.")


def tombstone(load: Loading, one: Tombstone, path: Path) -> Node:
    """Put what was taken back where it was, without its words; `bury` takes it back again.

    A row of its own has only what other rows of the file belong to.
    """
    facts: dict[str, Any] = {
        "by": load.person(one.by),
        "title": "",
        "team": load.teams[one.team] if one.team else None,
        "visibility": one.visibility or Visibility.PUBLIC,
        "code": one.code,
        "made_at": when(one.made_at, load.begun),
    }
    ties = load.ties(one.rests_on, Relation.INFORMS)
    day = facts["made_at"].date()
    plain = told(load, one, path, load.programme)
    if one.kind == "project":
        return begin_project(**plain, addresses=ties).node
    if one.kind == "manifesto":
        return write_manifesto(**plain, sources=ties).node
    if one.kind == "ask":
        return make_ask(**plain, text="", to_role="", asked_on=day, sources=ties).node
    if one.kind == "recommendation":
        return recommend(**plain, text="", to_role="", made_on=day, sources=ties).node
    if one.kind not in NOUNS:
        raise load.faulty((*path, "kind"), f"found the kind {one.kind}; one of {', '.join(NOUNS)} was expected.")
    return record(
        **facts,
        kind=one.kind,
        programme=load.programme,
        layer=one.layer or "",
        knowledge_kind=one.knowledge_kind or "",
        sources=ties,
    )


def bury(load: Loading) -> None:
    """Take back again what was taken back before the dump, the first one first."""
    for at, one in sorted(enumerate(load.file.tombstones), key=lambda pair: (pair[1].withdrawn_at, pair[1].code)):
        with load.at("tombstones", at):
            node = Node.objects.select_related("programme", "team").get(pk=load.nodes[one.code].pk)
            take_back = node.about.take_back
            if take_back and node.kind in {"story", "statement", "project", "ask"}:
                take_back(by=None, row=row_of(node), at=one.withdrawn_at)
            else:
                withdraw(by=None, node=node, said="", at=one.withdrawn_at)
