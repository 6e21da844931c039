"""Adding sources, taking passages from them, and taking either back."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Required, TypeVar, Unpack

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from weft.core.errors import Refused
from weft.core.inserts import insert
from weft.core.text import plain
from weft.people.accounts.models import Actor
from weft.people.audit.actions import audit
from weft.people.programmes.models import Team
from weft.provenance import items
from weft.provenance.actions import hold, record, retitle
from weft.provenance.items import HERE, Made, Origin
from weft.provenance.models import Knowledge, Node, Relation
from weft.provenance.withdrawal import withdraw
from weft.sense.sources import queries
from weft.sense.sources.models import Excerpt, Source, SourceType

DOI = re.compile(r"10\.\d{4,9}/\S+")
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


class SourceFacts(items.Facts, total=False):
    """What is known about a source."""

    title: Required[str]
    type: Required[str]
    authors: str
    year: int | None
    publisher: str
    url: str
    doi: str
    summary: str
    text: str
    fit_for: str
    limits: str


class NewSource(SourceFacts, Made, total=False):
    """What a source is made with."""


@transaction.atomic
def add_source(**facts: Unpack[NewSource]) -> Source:
    """Put a source beside the others. The kind of knowledge follows from the type unless it is chosen."""
    facts["knowledge_kind"] = facts.get("knowledge_kind") or KNOWLEDGE[SourceType(facts["type"])]
    return items.make(Source, did="added source", **_checked(facts))


@transaction.atomic
def edit_source(
    *, by: Actor, row: Source, revision: int | None, knowledge_kind: str = "", **facts: Unpack[SourceFacts]
) -> Source:
    """Save what is known about a source. Passages taken from its text stay with their words."""
    kind = knowledge_kind or KNOWLEDGE[SourceType(facts["type"])]
    did = "edited source"
    source = items.edit(row, by=by, revision=revision, did=did, knowledge_kind=kind, **_checked(facts))
    _keep_passages(source)
    return source


Facts = TypeVar("Facts", NewSource, SourceFacts)


def _checked(facts: Facts) -> Facts:
    """The facts with a text that offsets can count in, a web address that opens a page, and the bare DOI."""
    if "summary" in facts:
        facts["summary"] = queries.canonical(facts["summary"])
    if "text" in facts:
        facts["text"] = queries.canonical(facts["text"])
    if facts.get("url"):
        _check_address(facts["url"])
    if facts.get("doi"):
        facts["doi"] = _bare_doi(facts["doi"])
    return facts


def _check_address(url: str) -> None:
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        raise Refused("That is not an address on the web. Write one like https://example.org.", field="url") from None


def _bare_doi(typed: str) -> str:
    """The DOI itself, without the address that leads to it."""
    doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", typed, flags=re.IGNORECASE)
    if not DOI.fullmatch(doi):
        raise Refused("That is not a DOI. It begins with 10 and has a slash, like 10.1234/abcd.", field="doi")
    return doi


def _keep_passages(source: Source) -> None:
    """Move the passages of a source to where their words stand in its text now."""
    text = source.text
    standing = Excerpt.objects.filter(of_id=source.node_id, node__withdrawn_at=None).select_related("node")
    for excerpt in standing:
        if text[excerpt.start : excerpt.end] == excerpt.quote:
            continue
        places = queries.places_of(text, excerpt.quote)
        if len(places) != 1:
            raise Refused(
                f"The passage {excerpt.node.code} was taken from this text, and its words "
                f"{'stand there no longer' if not places else 'now stand in several places'}. "
                "Leave them as they were, or take that excerpt back first.",
                field="text",
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
    team: Team | None = None,
    origin: Origin = HERE,
) -> Excerpt:
    """Take a passage from a source or a story. The same passage taken twice is one excerpt.

    It belongs to the team of its text; where that is the whole programme's it may name the `team` that it is about.
    `quote` is given only where words were taken back since, so that the passage stands otherwise in its text.
    """
    of = hold(of)
    text = queries.text_of(of)
    if not 0 <= start < end <= len(text):
        raise Refused(f"A selection must have 0 <= start < end <= {len(text)}, got {start}..{end}.")
    if end - start > LONGEST_EXCERPT:
        raise Refused(f"A passage can be up to {LONGEST_EXCERPT:,} characters. This one has {end - start:,}.")
    team = of.team or team
    if same := queries.same_passage(of, start, end, team):
        return same
    quote = text[start:end] if quote is None else quote
    node = record(
        by=by,
        kind="excerpt",
        programme=of.programme,
        team=team,
        title=_shortened(quote),
        text=f"{quote}\n{note}",
        sources=[(of, Relation.QUOTES)],
        visibility=of.visibility,
        layer=of.layer,
        knowledge_kind=of.knowledge_kind or (Knowledge.LIVED if of.kind == "story" else ""),
        code=origin.code,
        made_at=origin.at,
    )
    excerpt = insert(Excerpt(node=node, of=of, start=start, end=end, quote=quote, note=note))
    audit(by=by, did="took excerpt", on=node)
    return excerpt


def follow_text(*, of: Node, text: str, moved: Callable[..., int]) -> None:
    """Let the passages of a text that reads otherwise now say what stands there; `moved` tells where a place is now."""
    for row in Excerpt.every.filter(of=of, node__withdrawn_at=None).select_related("node"):
        row.start, row.end = moved(row.start), moved(row.end, is_end=True)
        row.quote = text[row.start : row.end]
        row.save(update_fields=["start", "end", "quote"])
        retitle(node=row.node, title=_shortened(row.quote), text=f"{row.quote}\n{row.note}")


def _shortened(quote: str) -> str:
    words = plain(quote)
    if len(words) <= TITLE:
        return words
    cut = words[:TITLE].rpartition(" ")[0] or words[:TITLE]
    return f"{cut}…"


@transaction.atomic
def withdraw_source(*, by: Actor, row: Source, at: datetime | None = None) -> list[Node]:
    """Take a source back, with every passage that was taken from it."""
    Source.objects.filter(pk=row.pk).update(year=None)
    return items.take_back(row, by=by, did="withdrew source", at=at)


@transaction.atomic
def withdraw_excerpt(*, by: Actor, row: Excerpt, at: datetime | None = None) -> list[Node]:
    """Take a passage back. What it was taken from stays, and so do its words there."""
    audit(by=by, did="withdrew excerpt", on=row.node)
    return withdraw(node=row.node, said="", at=at)
