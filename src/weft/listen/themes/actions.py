"""Making themes and gathering what several people said."""

from collections.abc import Iterable
from datetime import datetime
from typing import Required, Unpack

from django.db import transaction

from weft.core.errors import Refused
from weft.listen.stories.actions import mark_read
from weft.listen.stories.models import Story
from weft.listen.themes.models import Theme
from weft.people.accounts.models import Actor, User
from weft.people.audit.actions import audit
from weft.provenance import items
from weft.provenance.actions import link, unlink
from weft.provenance.items import HERE, NOTHING_TICKED, Facts, Made
from weft.provenance.models import Knowledge, Node, Relation
from weft.provenance.queries import rows_of
from weft.provenance.registry import Use


class ThemeFacts(Facts, total=False):
    """What a theme says."""

    title: Required[str]
    summary: str


class NewTheme(ThemeFacts, Made, total=False):
    """What a theme is made with; its sources are what it gathers."""

    gathered_by: User | None
    is_proposed_by_machine: bool


@transaction.atomic
def make_theme(**facts: Unpack[NewTheme]) -> Theme:
    """Name what several people said, with what it gathers so far."""
    by, at = facts["by"], facts.get("origin", HERE).at
    sources = [source[0] if isinstance(source, tuple) else source for source in facts.pop("sources", ())]
    facts["gathered_by"] = facts.get("gathered_by") or (by if isinstance(by, User) else None)
    facts["knowledge_kind"] = facts.get("knowledge_kind") or Knowledge.LIVED
    theme = items.make(Theme, did="made theme", **facts)
    gather(by=by, row=theme, sources=sources, at=at)
    return theme


@transaction.atomic
def edit_theme(*, by: Actor, row: Theme, revision: int | None, **facts: Unpack[ThemeFacts]) -> Theme:
    """Say it better, unless somebody else did so first. A story that is ticked has been read."""
    theme = items.edit(row, by=by, revision=revision, did="edited theme", **facts)
    _read(by, facts.get("ties", NOTHING_TICKED).added, None)
    return theme


@transaction.atomic
def gather(*, by: Actor, row: Theme, sources: Iterable[Node], at: datetime | None = None) -> int:
    """Tie stories and cards to a theme; a story that is gathered has been read. How many."""
    nodes = list(sources)
    for node in nodes:
        if Use.VOICE not in node.about.serves:
            raise Refused(f"{node.code} is neither a story nor a card, so a theme cannot gather it.")
        link(by=by, source=node, target=row.node, relation=Relation.INFORMS)
    _read(by, nodes, at)
    if nodes:
        audit(by=by, did="gathered into theme", on=row.node, count=len(nodes))
    return len(nodes)


def _read(by: Actor, nodes: list[Node], at: datetime | None) -> None:
    """Say of the stories among some items that they have been read."""
    for story in rows_of(Story, nodes):
        mark_read(by=by, row=story, read_at=at)


@transaction.atomic
def let_go(*, by: Actor, row: Theme, source: Node) -> None:
    """Take one story or card out of a theme again."""
    unlink(source=source, target=row.node, relation=Relation.INFORMS)
    audit(by=by, did="took out of theme", on=row.node, source=source.code)


@transaction.atomic
def withdraw_theme(*, by: Actor, row: Theme, at: datetime | None = None) -> list[Node]:
    """Take a theme back; what it gathered stays."""
    return items.take_back(row, by=by, did="withdrew theme", at=at)
