"""Dumping the report with its editions, and the tombstones of what was taken back."""

from typing import Any

from weft.filing.writing import account, as_json, exchanged, put, unless
from weft.listen.conversations.models import Conversation, Statement
from weft.listen.stories.models import Story
from weft.people.programmes.models import Programme
from weft.programme_file import schema_share as part
from weft.provenance.file import Dumping
from weft.provenance.models import Node, Relation
from weft.provenance.sentences import sentences
from weft.provenance.visibility import Visibility
from weft.share.reports.models import Edition, Report

CARRIED = ("group", "people", "carried", "expected", "low", "high", "is_warning", "answer")


def report(programme: Programme) -> dict[str, Any] | None:
    """The report, if it was begun."""
    whole = Report.objects.filter(programme=programme).first()
    if whole is None:
        return None
    sections = list(whole.sections.order_by("number", "id"))
    standing = {sentence.hash: sentence.text for section in sections for sentence in sentences(section.text)}
    editions = Edition.objects.filter(report=whole).select_related("node").order_by("number")
    judged = [
        put(
            part.Judgement,
            sentence=standing[one.sentence_hash],
            verdict=one.verdict,
            reason=one.reason,
            by=account(one.made_by_id),
            made_at=unless(one.made_at, programme.made_at),
        )
        for one in whole.judgements.order_by("made_at", "sentence_hash")
        if one.sentence_hash in standing
    ]
    keys = {str(key): code for key, code in Conversation.objects.filter(programme=programme).values_list("pk", "code")}
    return put(
        part.Report,
        title=whole.title,
        summary=whole.summary,
        sections=[put(part.Section, title=one.title, text=one.text) for one in sections],
        judgements=judged,
        editions=[_edition(one, programme, keys) for one in editions],
    )


def _edition(one: Edition, programme: Programme, keys: dict[str, str]) -> dict[str, Any]:
    rows = one.carried.select_related("conversation").order_by("id")
    carried = [
        {"conversation": row.conversation.code, **{name: getattr(row, name) for name in CARRIED}} for row in rows
    ]
    return put(
        part.Edition,
        code=one.node.code,
        by=account(one.published_by_id),
        made_at=unless(one.node.made_at, programme.made_at),
        number=one.number,
        content=as_json(one.content),
        content_hash=one.content_hash,
        counts=as_json(exchanged(one.counts, keys)),
        carried=as_json(carried),
    )


def tombstones(dump: Dumping) -> list[dict[str, Any]]:
    """What was taken back: that it was there, and nothing of its words."""
    gone = [node for node in dump.nodes.values() if node.is_withdrawn]
    said: dict[Any, dict[str, Any]] = {}
    for statement in Statement.objects.filter(node__in=gone).select_related("conversation", "author"):
        said[statement.node_id] = {
            "conversation": statement.conversation.code,
            "participant": statement.author.number if statement.author else None,
            "number": statement.number,
        }
    for story in Story.objects.filter(node__in=gone).select_related("conversation", "participant"):
        said[story.node_id] = {"conversation": story.conversation.code, "participant": story.participant.number}
    return [_tombstone(dump, node, said.get(node.pk, {})) for node in gone]


def _tombstone(dump: Dumping, node: Node, said: dict[str, Any]) -> dict[str, Any]:
    lived = {"story": "lived", "map": "lived"}
    common = dump.common(node, Relation.INFORMS, visible=Visibility.PUBLIC, knowledge=lived.get(node.kind, ""))
    team = node.team.slug if node.team and not said else None
    return put(part.Tombstone, **common, team=team, withdrawn_at=node.withdrawn_at, **said)
