"""Making themes and gathering what several people said."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from weft.core.errors import Refused
from weft.core.keys import saved_with
from weft.core.revisions import check_revision
from weft.listen.stories.actions import mark_read
from weft.listen.stories.models import Story
from weft.listen.themes.models import Theme
from weft.people.accounts.models import Actor, User
from weft.people.audit.actions import audit
from weft.people.programmes.models import Team
from weft.provenance.actions import link, record, retitle, unlink
from weft.provenance.actions import withdraw as withdraw_node
from weft.provenance.models import Knowledge, Node, Relation
from weft.provenance.queries import own_words
from weft.provenance.visibility import Visibility

CAN_BE_GATHERED = {"story", "statement", "excerpt"}


@transaction.atomic
def make_theme(
    *,
    by: Actor,
    team: Team,
    title: str,
    summary: str = "",
    sources: Iterable[Node] = (),
    gathered_by: User | None = None,
    is_proposed_by_machine: bool = False,
    visibility: str = Visibility.PUBLIC,
    key: UUID | None = None,
    code: str | None = None,
    made_at: datetime | None = None,
) -> Theme:
    """Name what several people said, with what it gathers so far."""
    if earlier := saved_with(key, Theme.objects.select_related("node")):
        return earlier
    node = record(
        by=by,
        kind="theme",
        programme=team.programme,
        team=team,
        title=title,
        text=summary,
        visibility=visibility,
        knowledge_kind=Knowledge.LIVED,
        code=code,
        made_at=made_at,
    )
    theme = Theme.objects.create(
        node=node,
        summary=summary,
        gathered_by=gathered_by or (by if isinstance(by, User) else None),
        is_proposed_by_machine=is_proposed_by_machine,
        key=key or uuid4(),
    )
    audit(by=by, did="made theme", on=node)
    gather(by=by, theme=theme, sources=sources, at=made_at)
    return theme


@transaction.atomic
def edit_theme(*, by: Actor, theme: Theme, title: str, summary: str, revision: int) -> Theme:
    """Say it better, unless somebody else did so first."""
    theme = Theme.objects.select_for_update(of=("self",)).select_related("node").get(pk=theme.pk)
    saved = {"title": theme.node.title, "summary": theme.summary}
    check_revision(revision, theme.revision, saved, {"title": title, "summary": summary})
    theme.summary, theme.revision = summary, theme.revision + 1
    theme.save(update_fields=["summary", "revision"])
    retitle(by=by, node=theme.node, title=title, text=summary)
    audit(by=by, did="edited theme", on=theme.node)
    return theme


@transaction.atomic
def gather(*, by: Actor, theme: Theme, sources: Iterable[Node], at: datetime | None = None) -> int:
    """Tie stories and cards to a theme; a story that is gathered has been read. How many."""
    nodes = list(sources)
    for node in nodes:
        if node.kind not in CAN_BE_GATHERED:
            raise Refused(f"{node.code} is neither a story nor a card, so a theme cannot gather it.")
        link(by=by, source=node, target=theme.node, relation=Relation.INFORMS)
    known = {node.pk: node for node in nodes}
    for story in Story.objects.filter(node__in=nodes, read_at=None):
        story.node = known[story.node_id]
        mark_read(by=by, story=story, read_at=at)
    if nodes:
        audit(by=by, did="gathered into theme", on=theme.node, count=len(nodes))
    return len(nodes)


@transaction.atomic
def release(*, by: Actor, theme: Theme, source: Node) -> None:
    """Take one story or card out of a theme again."""
    unlink(by=by, source=source, target=theme.node, relation=Relation.INFORMS)
    audit(by=by, did="released from theme", on=theme.node, source=source.code)


@transaction.atomic
def withdraw_theme(*, by: Actor, theme: Theme, at: datetime | None = None) -> list[Node]:
    """Take a theme back; what it gathered stays."""
    if theme.node.is_withdrawn:
        return []
    said = own_words(theme.node, theme.node.title, theme.summary)
    fallen = withdraw_node(by=by, node=theme.node, said=said, at=at)
    audit(by=by, did="withdrew theme", on=theme.node)
    return fallen
