"""Adding sources, taking passages from them, and taking either back."""

from datetime import datetime
from typing import Any, TypedDict, Unpack
from uuid import UUID, uuid4

from django.db import transaction

from weft.core.errors import Refused
from weft.core.keys import saved_with
from weft.core.revisions import check_revision, facts_of
from weft.core.text import plain
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.people.programmes.models import Team
from weft.provenance.actions import hold, record, retitle, withdraw
from weft.provenance.models import Knowledge, Node, Relation
from weft.provenance.queries import own_words
from weft.provenance.visibility import Visibility
from weft.sense.sources import queries
from weft.sense.sources.models import Excerpt, Source, SourceType

KNOWLEDGE = {
    SourceType.PAPER: Knowledge.ACADEMIC,
    SourceType.DATA: Knowledge.ADMINISTRATIVE,
    SourceType.NOTE: Knowledge.PRACTICE,
    SourceType.LIVED: Knowledge.LIVED,
    SourceType.LOCAL: Knowledge.LOCAL,
    SourceType.GREY: Knowledge.PRACTICE,
}
LONGEST_EXCERPT = 5000
TITLE = 160


class Metadata(TypedDict, total=False):
    """What is known about a source."""

    authors: str
    year: int | None
    publisher: str
    url: str
    doi: str
    summary: str
    text: str
    fit_for: str
    limits: str


@transaction.atomic
def add_source(
    *,
    by: Actor,
    team: Team,
    title: str,
    type: str,
    knowledge_kind: str = "",
    visibility: str = Visibility.PUBLIC,
    layer: str = "",
    key: UUID | None = None,
    code: str | None = None,
    made_at: datetime | None = None,
    **metadata: Unpack[Metadata],
) -> Source:
    """Put a source beside the others. The kind of knowledge follows from the type unless it is chosen."""
    if earlier := saved_with(key, Source.objects.select_related("node")):
        return earlier
    fields = _canonical(metadata)
    node = record(
        by=by,
        kind="source",
        programme=team.programme,
        team=team,
        title=title,
        text=_found_by(fields),
        visibility=visibility,
        layer=layer,
        knowledge_kind=knowledge_kind or KNOWLEDGE[SourceType(type)],
        code=code,
        made_at=made_at,
    )
    source = Source.objects.create(node=node, type=type, key=key or uuid4(), **fields)
    audit(by=by, did="added source", on=node)
    return source


@transaction.atomic
def edit_source(
    *,
    by: Actor,
    node: Node,
    revision: int,
    title: str,
    type: str,
    knowledge_kind: str = "",
    **metadata: Unpack[Metadata],
) -> Source:
    """Save what is known about a source. Passages taken from its text stay with their words."""
    source = Source.objects.select_for_update().get(node=node)
    fields = _canonical(metadata)
    kind = knowledge_kind or KNOWLEDGE[SourceType(type)]
    saved = {"title": node.title, "knowledge_kind": node.knowledge_kind, **facts_of(source, ("type", *fields))}
    check_revision(revision, source.revision, saved, {"title": title, "type": type, "knowledge_kind": kind, **fields})
    if "text" in fields and fields["text"] != source.text:
        _keep_passages(source, fields["text"])
    for name, value in fields.items():
        setattr(source, name, value)
    source.type, source.revision = type, source.revision + 1
    source.save(update_fields=[*fields, "type", "revision"])
    node.knowledge_kind = kind
    node.save(update_fields=["knowledge_kind"])
    retitle(by=by, node=node, title=title, text=_found_by(fields))
    audit(by=by, did="edited source", on=node)
    return source


def _canonical(metadata: Metadata) -> dict[str, Any]:
    fields: dict[str, Any] = dict(metadata)
    for name in ("summary", "text"):
        if name in fields:
            fields[name] = queries.canonical(fields[name])
    return fields


def _found_by(fields: dict[str, Any]) -> str:
    return "\n".join(str(fields[name]) for name in ("authors", "summary", "text") if fields.get(name))


def _keep_passages(source: Source, text: str) -> None:
    """Move the passages of a source to where their words stand in the new text."""
    standing = Excerpt.objects.filter(of_id=source.node_id, node__withdrawn_at=None).select_related("node")
    for excerpt in standing:
        if text[excerpt.start : excerpt.end] == excerpt.quote:
            continue
        places = queries.places_of(text, excerpt.quote)
        if len(places) != 1:
            raise Refused(
                f"The passage {excerpt.node.code} was taken from this text, and its words "
                f"{'stand there no longer' if not places else 'now stand in several places'}. "
                "Leave them as they were, or take that excerpt back first."
            )
        excerpt.start, excerpt.end = places[0]
        excerpt.save(update_fields=["start", "end"])


@transaction.atomic
def take_excerpt(
    *,
    by: Actor,
    of: Node,
    start: int,
    end: int,
    quote: str | None = None,
    note: str = "",
    code: str | None = None,
    made_at: datetime | None = None,
) -> Excerpt:
    """Take a passage from a source or a story. The same passage taken twice is one excerpt.

    `quote` is given only where words were taken back since, so that the passage stands otherwise in its text.
    """
    of = hold(of)
    text = queries.text_of(of)
    if not 0 <= start < end <= len(text):
        raise Refused(f"A selection must have 0 <= start < end <= {len(text)}, got {start}..{end}.")
    if end - start > LONGEST_EXCERPT:
        raise Refused(f"A passage can be up to {LONGEST_EXCERPT:,} characters. This one has {end - start:,}.")
    for same in Excerpt.objects.filter(of=of, start=start, end=end):
        if not same.node.is_withdrawn:
            return same
    quote = text[start:end] if quote is None else quote
    node = record(
        by=by,
        kind="excerpt",
        programme=of.programme,
        team=of.team,
        title=_shortened(quote),
        text=f"{quote}\n{note}",
        sources=[(of, Relation.QUOTES)],
        visibility=of.visibility,
        layer=of.layer,
        knowledge_kind=of.knowledge_kind or (Knowledge.LIVED if of.kind == "story" else ""),
        code=code,
        made_at=made_at,
    )
    excerpt = Excerpt.objects.create(node=node, of=of, start=start, end=end, quote=quote, note=note)
    audit(by=by, did="took excerpt", on=node)
    return excerpt


def _shortened(quote: str) -> str:
    words = plain(quote)
    if len(words) <= TITLE:
        return words
    cut = words[:TITLE].rpartition(" ")[0] or words[:TITLE]
    return f"{cut}…"


@transaction.atomic
def withdraw_source(*, by: Actor, node: Node, at: datetime | None = None) -> list[Node]:
    """Take a source back, with every passage that was taken from it."""
    source = Source.objects.select_for_update().get(node=node)
    said = own_words(node, node.title, source.summary, source.text)
    Source.objects.filter(node=node).update(year=None)
    audit(by=by, did="withdrew source", on=node)
    return withdraw(by=by, node=node, said=said, at=at)


@transaction.atomic
def withdraw_excerpt(*, by: Actor, node: Node, at: datetime | None = None) -> list[Node]:
    """Take a passage back. What it was taken from stays, and so do its words there."""
    audit(by=by, did="withdrew excerpt", on=node)
    return withdraw(by=by, node=node, said="", at=at)
