"""Writing conversations: making them, taking part, keeping order."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from weft.core import dates
from weft.core.access import NOT_HERE
from weft.core.errors import Refused
from weft.core.inserts import insert, insert_all, insert_values
from weft.core.keys import saved_with
from weft.core.revisions import check_revision, facts_of
from weft.listen.conversations import queries
from weft.listen.conversations.models import (
    Arrival,
    Consent,
    Conversation,
    Moderation,
    Participant,
    Scope,
    Statement,
    VoteEvent,
    Weight,
)
from weft.listen.conversations.queries import Ballot, sql_uuid
from weft.people.accounts.models import Actor, User
from weft.people.audit.actions import audit, audit_all
from weft.people.programmes.models import Programme, Team, Venue
from weft.provenance.actions import held, hold, record
from weft.provenance.batch import running
from weft.provenance.items import HERE, Origin
from weft.provenance.models import Node
from weft.provenance.visibility import GONE, Visibility, is_sealed
from weft.provenance.withdrawal import withdraw_all

WORDING = "2026-12"  # the version of the sentences beside the choices; a change of words is a new version

BATCH = 10_000

# First words of join codes: at most seven letters, easy to say and to spell, and harmless on a poster.
CODE_WORDS = (
    *("apple", "basket", "bell", "berry", "boat", "bread", "bridge", "button", "cabin", "canal", "candle", "cedar"),
    *("chalk", "cherry", "clay", "cloud", "clover", "coast", "copper", "coral", "cotton", "daisy", "fern", "ferry"),
    *("field", "flute", "garden", "ginger", "glove", "grape", "hazel", "honey", "ivy", "kettle", "kite", "ladder"),
    *("lantern", "leaf", "lemon", "lily", "linen", "maple", "meadow", "mint", "moss", "oak", "olive", "orchard"),
    *("paper", "pebble", "pepper", "pine", "plum", "pond", "poppy", "quilt", "river", "robin", "sail", "shell"),
    *("silver", "spoon", "stone", "thread", "tide", "tulip", "velvet", "violet", "walnut", "willow", "wool", "yarn"),
)


def closed_sentence(closed_at: datetime) -> str:
    """What is said where somebody comes too late."""
    return f"This conversation closed on {dates.near_day(closed_at)}. What came of it is on the programme’s pages."


WITHDRAWN = "You took back what you said here, so nothing more can be sent from this device."


def new_code() -> str:
    """A join code that no conversation has."""
    while True:
        code = f"{secrets.choice(CODE_WORDS)}{secrets.randbelow(900) + 100}"
        if not Conversation.objects.filter(code=code).exists():
            return code


@transaction.atomic
def make_conversation(
    *,
    by: Actor,
    of: Team | Programme,
    prompt: str,
    purpose: str = "",
    answer_by: date | None = None,
    readers: str = "",
    code: str | None = None,
    opened_at: datetime | None = None,
    **facts: Any,
) -> Conversation:
    """Open a conversation. `facts` are the other fields of the model."""
    _check_lead(by, of, facts)
    code = (code or new_code()).lower()
    if Conversation.objects.filter(code=code).exists():
        raise Refused(f"Another conversation has the code {code}. Choose another.")
    conversation = Conversation.objects.create(
        programme=of.programme,
        team=of.team,
        code=code,
        prompt=prompt,
        purpose=purpose,
        answer_by=answer_by,
        readers=readers,
        opened_at=opened_at or timezone.now(),
        **facts,
    )
    audit(by=by, did="opened conversation", on=conversation)
    return conversation


def _check_lead(by: Actor, of: Team | Programme, facts: Mapping[str, Any]) -> None:
    if isinstance(by, User) and (said := queries.lead_wanted(of, facts)):
        raise Refused(said, field="safety")


@transaction.atomic
def edit_conversation(
    *, by: Actor, conversation: Conversation, revision: int | None = None, **facts: Any
) -> Conversation:
    """Change what is asked and how, unless somebody else did so since `revision`. The code stays: it is on paper."""
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    check_revision(revision, conversation.revision, facts_of(conversation, facts), facts)
    _check_lead(by, conversation.of, {name: facts[name] for name in facts if not getattr(conversation, name)})
    facts["revision"] = conversation.revision + 1
    for name, value in facts.items():
        setattr(conversation, name, value)
    conversation.save(update_fields=[*facts])
    audit(by=by, did="edited conversation", on=conversation)
    return conversation


@transaction.atomic
def close_conversation(*, by: Actor, conversation: Conversation, closed_at: datetime | None = None) -> Conversation:
    """Take no more answers."""
    if not conversation.is_open:
        raise Refused("This conversation is closed already.")
    conversation.closed_at = closed_at or timezone.now()
    conversation.save(update_fields=["closed_at"])
    audit(by=by, did="closed conversation", on=conversation)
    return conversation


@transaction.atomic
def reopen_conversation(*, by: Actor, conversation: Conversation) -> Conversation:
    """Take answers again."""
    if conversation.is_open:
        raise Refused("This conversation is open.")
    _check_lead(by, conversation.of, facts_of(conversation, ("is_sensitive", "for_children")))
    conversation.closed_at = None
    conversation.save(update_fields=["closed_at"])
    audit(by=by, did="reopened conversation", on=conversation)
    return conversation


def _lock(conversation: Conversation) -> None:
    """Hold the conversation's row, so that numbers are given out one after the other."""
    Conversation.objects.select_for_update().only("pk").get(pk=conversation.pk)


def check_open(conversation: Conversation, by: Actor = None) -> None:
    """Refuse what comes too late, or from somebody who took everything back."""
    if conversation.closed_at is not None:
        raise Refused(closed_sentence(conversation.closed_at))
    if isinstance(by, Participant) and by.withdrawn_at is not None:
        raise Refused(WITHDRAWN)


def check_still_open(conversation: Conversation, by: Actor = None) -> None:
    """The same within the transaction in which something is written, as it is by now."""
    if running() is None:
        conversation.refresh_from_db(fields=["closed_at"])
        if isinstance(by, Participant):
            hold_participant(by)
    check_open(conversation, by)


def hold_participant(participant: Participant) -> None:
    """Let what somebody sends and what they take back come one after the other."""
    now = Participant.objects.select_for_update().only("withdrawn_at").get(pk=participant.pk)
    participant.withdrawn_at = now.withdrawn_at


@transaction.atomic
def add_participant(
    *,
    by: Actor,
    conversation: Conversation,
    secret: str | None = None,
    secret_hash: bytes | None = None,
    number: int | None = None,
    arrived_by: str = Arrival.LINK,
    venue: Venue | None = None,
    is_under_18: bool = False,
    adult_agreed: bool = False,
    said_age: bool = False,
    external_id: str = "",
    external_group: str = "",
    arrival_group: int | None = None,
    weight: int = Weight.ORDINARY,
    came_at: datetime | None = None,
) -> Participant:
    """Somebody who takes part for the first time; whoever has this secret already is only found again."""
    check_still_open(conversation)
    hashed = Participant.hash_of(secret) if secret else secret_hash
    if hashed or number is None:
        _lock(conversation)
    here = Participant.objects.filter(conversation=conversation)
    known = here.filter(secret_hash=hashed).first() if hashed else None
    if known is not None:
        return known
    if number is None:
        number = (here.aggregate(last=Max("number"))["last"] or 0) + 1
    return insert(
        Participant(
            conversation=conversation,
            secret_hash=hashed,
            number=number,
            arrived_by=arrived_by,
            venue=venue,
            is_under_18=is_under_18,
            adult_agreed=adult_agreed,
            said_age=said_age,
            external_id=external_id,
            external_group=external_group,
            arrival_group=arrival_group,
            weight=weight,
            came_at=came_at or timezone.now(),
        )
    )


@transaction.atomic
def add_participants(*, by: Actor, conversation: Conversation, people: Iterable[Participant]) -> list[Participant]:
    """Many who took part elsewhere, each with a number of their own; none of them has a secret."""
    check_still_open(conversation)
    made = insert_all(people)
    if any(one.conversation_id != conversation.pk for one in made):
        raise Refused("Somebody is of another conversation.")
    audit(by=by, did="added participants", on=conversation, count=len(made))
    return made


def mark_under_18(*, by: Actor, participant: Participant, adult_agreed: bool = False) -> None:
    """Keep that somebody is under 18 and, where they are under 13, that a guardian or facilitator agreed."""
    participant.is_under_18 = True
    participant.adult_agreed = participant.adult_agreed or adult_agreed
    participant.save(update_fields=["is_under_18", "adult_agreed"])


def say_age(*, by: Actor, participant: Participant, age: str) -> None:
    """Keep how old somebody says they are who takes part already, in place of what they said before."""
    facts = {"said_age": True, **queries.facts_of(age)}
    Participant.objects.filter(pk=participant.pk).update(**facts)


EVENT = """
INSERT INTO conversations_voteevent (key, participant_id, statement_id, choice, cast_at)
SELECT %s, p.id, %s, %s, %s FROM conversations_participant p
JOIN conversations_conversation c ON c.id = p.conversation_id
WHERE p.id = %s AND p.withdrawn_at IS NULL AND c.closed_at IS NULL {held} ON CONFLICT (key) DO NOTHING
"""
STANDING = """
INSERT INTO conversations_vote (participant_id, statement_id, choice, cast_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (participant_id, statement_id) DO UPDATE SET choice = excluded.choice, cast_at = excluded.cast_at
"""


def answer(*, by: Ballot, choice: int, key: UUID, cast_at: datetime | None = None) -> bool:
    """Record one answer, replacing an earlier one; whether it is new. The hot path: one transaction, two statements.

    The event keeps the history, and its key makes a repeat change nothing. There is no audit entry: the event is one.
    """
    if by.closed_at is not None:
        raise Refused(closed_sentence(by.closed_at))
    if by.participant is None or by.statement is None:
        raise Http404(NOT_HERE)
    if by.is_withdrawn:
        raise Refused(WITHDRAWN)
    if not by.is_shown:
        raise Refused("This card is not shown any more. Go on with the next one.")
    when = connection.ops.adapt_datetimefield_value(cast_at or timezone.now())
    who, what, choice = sql_uuid(by.participant), sql_uuid(by.statement), int(choice)
    event = EVENT.format(held="FOR SHARE OF p" if connection.vendor == "postgresql" else "")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(event, [sql_uuid(key), what, choice, when, who])
        is_new = cursor.rowcount == 1
        if is_new:
            cursor.execute(STANDING, [who, what, choice, when])
    if not is_new and not VoteEvent.objects.filter(key=key).exists():
        check_open(Conversation.objects.get(pk=by.conversation), Participant.objects.get(pk=by.participant))
    return is_new


class Cast(NamedTuple):
    """One answer among many: keys of participant and statement, the choice, when, and its own key."""

    participant: UUID
    statement: UUID
    choice: int
    cast_at: datetime
    key: UUID


@transaction.atomic
def cast_votes(*, by: Actor, conversation: Conversation, rows: Iterable[Cast]) -> int:
    """Record many answers, each earlier one before each later one; how many were new.

    What was hidden later may have been answered before, so hidden statements are taken here.
    """
    check_still_open(conversation)
    people = set(conversation.participants.filter(withdrawn_at=None).values_list("pk", flat=True))
    cards = set(conversation.statements.values_list("pk", flat=True))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -65536")  # the indexes of a large import do not fit in the usual 2 MB
    keys = {one: one.hex for one in (*people, *cards)}
    when = lru_cache(64)(connection.ops.adapt_datetimefield_value)
    new, rows = 0, iter(rows)
    while batch := list(islice(rows, BATCH)):
        _check(batch, people, cards)
        events = [(o.key.hex, keys[o.participant], keys[o.statement], o.choice, when(o.cast_at)) for o in batch]
        new += insert_values("conversations_voteevent", EVENT_COLUMNS, "(key) DO NOTHING", events)
        standing = {(who, what): (who, what, choice, at) for _, who, what, choice, at in events}
        insert_values("conversations_vote", STANDING_COLUMNS, LATER_STANDS, list(standing.values()))
    audit(by=by, did="recorded answers", on=conversation, count=new)
    return new


def _check(batch: list[Cast], people: set[UUID], cards: set[UUID]) -> None:
    """Refuse answers of strangers, to other cards, or of no kind."""
    for one in batch:
        if one.participant not in people or one.statement not in cards:
            raise Refused("An answer names somebody or something that is not in this conversation.")
        if one.choice not in (-1, 0, 1):
            raise Refused(f"An answer must be -1, 0 or 1, got {one.choice}.")


EVENT_COLUMNS = {
    "key": "uuid",
    "participant_id": "uuid",
    "statement_id": "uuid",
    "choice": "smallint",
    "cast_at": "timestamptz",
}
STANDING_COLUMNS = {name: kind for name, kind in EVENT_COLUMNS.items() if name != "key"}
LATER_STANDS = (
    "(participant_id, statement_id) DO UPDATE SET choice = excluded.choice, cast_at = excluded.cast_at "
    "WHERE excluded.cast_at >= conversations_vote.cast_at"
)


@transaction.atomic
def add_statement(
    *,
    by: Actor,
    conversation: Conversation,
    text: str,
    author: Participant | None = None,
    moderation: int | None = None,
    hidden_because: str = "",
    is_meta: bool = False,
    external_id: str = "",
    number: int | None = None,
    origin: Origin = HERE,
) -> Statement:
    """A statement for others to answer. One from a participant waits to be read, where the conversation wants that."""
    author = by if isinstance(by, Participant) else author
    if origin.key or number is None:
        _lock(conversation)
    if earlier := saved_with(origin.key, Statement.every.filter(conversation=conversation).select_related("node")):
        return earlier
    check_still_open(conversation, by)
    if moderation is None:
        waits = author is not None and conversation.needs_moderation and not isinstance(by, User)
        moderation = Moderation.WAITING if waits else Moderation.SHOWN
    said_at = origin.at or timezone.now()
    node = record(
        by=by,
        kind="statement",
        programme=conversation.programme,
        team=conversation.team,
        title=text,
        visibility=Visibility.PUBLIC if moderation == Moderation.SHOWN else Visibility.TEAM,
        text=text,
        code=origin.code,
        made_at=said_at,
    )
    if number is None:
        last = Statement.every.filter(conversation=conversation).aggregate(last=Max("number"))["last"]
        number = (last or 0) + 1
    statement = insert(
        Statement(
            node=node,
            conversation=conversation,
            number=number,
            text=text,
            author=author,
            moderation=moderation,
            hidden_because=hidden_because,
            is_meta=is_meta,
            external_id=external_id,
            key=origin.key or uuid4(),
            said_at=said_at,
        )
    )
    audit(by=by, did="added statement", on=node)
    return statement


@transaction.atomic
def add_statements(*, by: Actor, conversation: Conversation, texts: Iterable[str]) -> list[Statement]:
    """Several cards of the team's own; one that is there already is not added again."""
    there = set(conversation.statements.values_list("text", flat=True))
    fresh = [text for text in dict.fromkeys(texts) if text not in there]
    return [add_statement(by=by, conversation=conversation, text=text) for text in fresh]


@transaction.atomic
def moderate(*, by: Actor, row: Statement, moderation: int, because: str = "") -> Statement:
    """Show a statement to everybody, or hide it and say why."""
    node = row.node = hold(row.node)
    if node.is_withdrawn or is_sealed(node):
        raise Refused("This card was taken back." if node.is_withdrawn else GONE)
    if moderation == Moderation.HIDDEN and not because.strip():
        raise Refused("Say why the card is hidden. Whoever wrote it can read the reason.")
    row.moderation = Moderation(moderation)
    row.hidden_because = because.strip()[:200] if moderation == Moderation.HIDDEN else ""
    row.save(update_fields=["moderation", "hidden_because"])
    node.visibility = Visibility.PUBLIC if moderation == Moderation.SHOWN else Visibility.TEAM
    node.save(update_fields=["visibility"])
    audit(by=by, did=f"moderated statement: {row.get_moderation_display().lower()}", on=node)
    return row


def pass_on(*, by: Actor, row: Statement) -> None:
    """Nobody is asked about a card that was passed on; handed back, it stays hidden until somebody shows it."""
    row.moderation, row.hidden_because = Moderation.HIDDEN, ""
    row.save(update_fields=["moderation", "hidden_because"])


def withdraw_statement(*, by: Actor, row: Statement, at: datetime | None = None) -> list[Node]:
    """Take a card back: its words go, the answers of others to it stay."""
    return withdraw_statements(by=by, rows=[row], at=at)


@transaction.atomic
def withdraw_statements(*, by: Actor, rows: Iterable[Statement], at: datetime | None = None) -> list[Node]:
    """Take several cards of one programme back; those that were taken back already stay so."""
    cards = held(rows)
    nodes = [one.node for one in cards]
    fallen = withdraw_all(nodes, [words for one in cards for words in queries.words_of(one)], at=at)
    Statement.every.filter(node__in=nodes).update(moderation=Moderation.HIDDEN)
    withdraw_consents(nodes=nodes, at=at)
    audit_all(by=by, did="withdrew statement", on=nodes)
    return fallen


@transaction.atomic
def consent(
    *,
    participant: Participant,
    scopes: Iterable[str],
    node: Node | None = None,
    wording: str = WORDING,
    given_at: datetime | None = None,
    known: Iterable[str] | None = None,
) -> list[Consent]:
    """Record the choices a participant made, about one item or about taking part; each stands until taken back.

    `known` are the choices that stand already, for whoever knows them.
    """
    if known is None:
        standing = participant.consents.filter(node=node, withdrawn_at=None)
        known = set(standing.values_list("scope", flat=True))
    when = given_at or timezone.now()
    return insert_all(
        Consent(participant=participant, node=node, scope=Scope(scope), wording=wording, given_at=when)
        for scope in dict.fromkeys(scopes)
        if scope not in known
    )


def withdraw_consents(*, nodes: Collection[Node], at: datetime | None = None) -> None:
    """Let nothing that was allowed for some items be allowed any longer."""
    Consent.objects.filter(node__in=nodes, withdrawn_at=None).update(withdrawn_at=at or timezone.now())
