"""Between a Polis export and a conversation, both ways. What Weft has no column for is kept beside the conversation."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import numpy as np
from django.db import transaction

from weft.commands import Failed
from weft.exchange.polis import NO_TIME, Comment, PolisExport, Votes
from weft.exchange.polis import Participant as PolisPerson
from weft.listen.conversations import actions
from weft.listen.conversations.models import (
    Arrival,
    Conversation,
    Moderation,
    Participant,
    Statement,
    Vote,
    VoteEvent,
)
from weft.listen.conversations.queries import python_uuid
from weft.people.accounts.models import Actor
from weft.people.programmes.models import Team
from weft.provenance.items import Origin
from weft.provenance.visibility import sealed

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NO_PROMPT = "A conversation from Polis"


def fingerprint(export: PolisExport) -> str:
    """The same for two exports that say the same."""
    digest = hashlib.sha256()
    rows = [[c.id, c.body, c.moderated, c.author, c.created_ms, c.is_meta] for c in export.comments]
    people = [[p.id, p.group] for p in export.participants]
    digest.update(json.dumps([export.summary, rows, people, export.votes.history]).encode())
    for column in (export.votes.participant, export.votes.statement, export.votes.vote, export.votes.time_ms):
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()


@transaction.atomic
def bring_in(*, by: Actor, team: Team, export: PolisExport) -> tuple[Conversation, bool]:
    """Make a closed conversation of an export, or find the one that it is already; whether it is new."""
    mark = fingerprint(export)
    url = export.summary.get("url", "")
    known = Conversation.objects.filter(team=team, imported_facts__fingerprint=mark).first()
    if known is not None:
        return known, False
    earlier = Conversation.objects.filter(team=team, imported_facts__summary__url=url).first() if url else None
    if earlier is not None:
        raise Failed(
            f"another export of {url} is here already, as the conversation {earlier.code}. "
            "Bringing in both would count people twice. Nothing was imported."
        )
    stamps = [int(export.votes.time_ms.max(initial=NO_TIME)), *(c.created_ms or NO_TIME for c in export.comments)]
    timed = [int(one) for one in (*stamps, *export.votes.time_ms[export.votes.time_ms != NO_TIME][:1]) if one > 0]
    opened, last = (moment(min(timed)), moment(max(timed))) if timed else (EPOCH, EPOCH)
    conversation = actions.make_conversation(
        by=by,
        of=team,
        prompt=export.summary.get("topic", "").strip()[:200] or NO_PROMPT,
        purpose=export.summary.get("conversation-description", ""),
        takes_new_statements=False,
        takes_stories=False,
        needs_moderation=False,
        opened_at=opened,
        imported_from=f"Polis {url}".strip()[:200],
        imported_facts={**facts_of(export), "fingerprint": mark},
    )
    statements = [
        actions.add_statement(
            by=by,
            conversation=conversation,
            text=comment.body,
            moderation=Moderation.HIDDEN if comment.moderated < 0 else Moderation.SHOWN,
            is_meta=bool(comment.is_meta),
            external_id=comment.id,
            number=place,
            origin=Origin(at=moment(comment.created_ms or NO_TIME, opened)),
        )
        for place, comment in enumerate(export.comments, 1)
    ]
    people = actions.add_participants(by=by, conversation=conversation, people=people_of(conversation, export))
    rows = casts(export, conversation, people, statements)
    actions.cast_votes(by=by, conversation=conversation, rows=rows)
    actions.close_conversation(by=by, conversation=conversation, closed_at=last)
    return conversation, True


def facts_of(export: PolisExport) -> dict[str, Any]:
    """What an export says that no column holds."""
    untimed = np.flatnonzero(export.votes.time_ms == NO_TIME)
    return {
        "summary": export.summary,
        "comments": {c.id: [c.author, c.created_ms, c.is_meta, c.moderated] for c in export.comments},
        "history": export.votes.history,
        "untimed": "all" if len(untimed) == len(export.votes) else untimed.tolist(),
    }


def people_of(conversation: Conversation, export: PolisExport) -> Iterator[Participant]:
    """Everybody in the export, numbered in its order."""
    came = dict.fromkeys(range(len(export.participants)), conversation.opened_at)
    first = np.unique(export.votes.participant, return_index=True)
    for person, row in zip(*(column.tolist() for column in first), strict=True):
        came[person] = moment(int(export.votes.time_ms[row]), conversation.opened_at)
    for place, person in enumerate(export.participants):
        yield Participant(
            conversation=conversation,
            number=place + 1,
            arrived_by=Arrival.IMPORT,
            external_id=person.id,
            external_group=person.group or "",
            came_at=came[place],
        )


def casts(
    export: PolisExport, conversation: Conversation, people: list[Participant], statements: list[Statement]
) -> Iterator[actions.Cast]:
    """Every vote in its order; the keys come of the conversation and count up, which an index takes in quickly."""
    first = uuid5(conversation.pk, "votes").int >> 40 << 40
    who, what = [one.pk for one in people], [one.pk for one in statements]
    votes = export.votes
    columns = (votes.participant, votes.statement, votes.vote, votes.time_ms)
    for row, (person, statement, vote, time_ms) in enumerate(
        zip(*(column.tolist() for column in columns), strict=True)
    ):
        when = moment(time_ms, conversation.opened_at)
        yield actions.Cast(who[person], what[statement], vote, when, UUID(int=first + row))


def moment(milliseconds: int, otherwise: datetime = EPOCH) -> datetime:
    """A time of an export; where it has none, another one."""
    return otherwise if milliseconds == NO_TIME else EPOCH + timedelta(milliseconds=milliseconds)


def milliseconds(when: datetime) -> int:
    """A time as an export has it."""
    return (when - EPOCH) // timedelta(milliseconds=1)


def take_out(conversation: Conversation, address: str) -> PolisExport:
    """A conversation as a Polis export: what was imported as it came, everything else in the same terms."""
    facts = conversation.imported_facts
    statements = list(conversation.statements.select_related("author").order_by("number"))
    people = list(conversation.participants.order_by("number").only("pk", "number", "external_id", "external_group"))
    return PolisExport(
        summary=facts.get("summary") or summary_of(conversation, address, len(people), len(statements)),
        comments=tuple(comment_of(one, facts.get("comments", {}).get(one.external_id)) for one in statements),
        participants=tuple(PolisPerson(person_id(one), one.external_group or None) for one in people),
        votes=votes_of(conversation, people, statements),
    )


def person_id(person: Participant) -> str:
    """What somebody is called in the export: what they were called before, or a number that nobody there had."""
    return person.external_id or f"weft-{person.number}"


def comment_of(statement: Statement, kept: list[Any] | None) -> Comment:
    """One statement. The words of one that was taken back are gone here too."""
    author, created, meta, moderated = kept or [None, milliseconds(statement.said_at), statement.is_meta, None]
    if kept is None and statement.author is not None:
        author = person_id(statement.author)
    if moderated is None or (moderated < 0) != (statement.moderation == Moderation.HIDDEN):
        moderated = statement.moderation
    return Comment(
        id=statement.external_id or str(statement.number),
        body=statement.text,
        moderated=moderated,
        author=author,
        created_ms=created,
        is_meta=meta,
    )


def summary_of(conversation: Conversation, address: str, people: int, statements: int) -> dict[str, str]:
    """What a Polis export says first."""
    return {
        "topic": conversation.prompt,
        "url": address,
        "voters": str(people),
        "comments": str(statements),
        "conversation-description": conversation.purpose,
    }


def votes_of(conversation: Conversation, people: list[Participant], statements: list[Statement]) -> Votes:
    """Every answer in the order given; for an import without history the answers that stand."""
    facts = conversation.imported_facts
    history = bool(facts.get("history", True))
    table = VoteEvent if history else Vote
    who = {one.pk: place for place, one in enumerate(people)}
    what = {one.pk: place for place, one in enumerate(statements)}
    rows = list(
        table.objects.filter(statement__conversation=conversation)
        .exclude(sealed("statement__node__"))
        .order_by("pk")
        .values_list("participant_id", "statement_id", "choice", "cast_at")
    )
    time_ms = np.array([milliseconds(when) for _, _, _, when in rows], np.int64)
    untimed = facts.get("untimed", [])
    time_ms[slice(None) if untimed == "all" else [row for row in untimed if row < len(rows)]] = NO_TIME
    return Votes(
        participant=np.array([who[python_uuid(person)] for person, _, _, _ in rows], np.int32),
        statement=np.array([what[python_uuid(statement)] for _, statement, _, _ in rows], np.int32),
        vote=np.array([choice for _, _, choice, _ in rows], np.int8),
        time_ms=time_ms,
        history=history,
    )
