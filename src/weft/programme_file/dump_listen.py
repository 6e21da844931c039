"""Dumping what people said."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from weft.filing.writing import account, put, seconds, unless
from weft.listen.conversations.models import (
    Consent,
    Conversation,
    Moderation,
    Participant,
    Scope,
    Statement,
    Vote,
    VoteEvent,
    Weight,
)
from weft.listen.receipts.models import Receipt
from weft.listen.stories.models import Story
from weft.people.programmes.models import Programme
from weft.programme_file import schema_listen as part

SIGN = {1: "+", -1: "-", 0: "0"}
MODERATION = {Moderation.SHOWN: "shown", Moderation.WAITING: "waiting", Moderation.HIDDEN: "hidden"}
ORDER = {scope: at for at, scope in enumerate(Scope)}


def conversations(programme: Programme) -> list[dict[str, Any]]:
    """Every conversation with what was said in it."""
    found = Conversation.objects.filter(programme=programme).select_related("team").order_by("opened_at", "code")
    return [_conversation(one, programme) for one in found]


def _conversation(conversation: Conversation, programme: Programme) -> dict[str, Any]:
    lists = ("team", "opened_at", "statements", "participants", "stories")
    facts = {name: getattr(conversation, name) for name in part.Conversation.model_fields if name not in lists}
    every = Statement.objects.filter(conversation=conversation).select_related("node", "author").order_by("number")
    standing = [one for one in every if not one.node.is_withdrawn]
    gone = sorted((one for one in every if one.node.is_withdrawn), key=lambda one: (one.node.made_at, one.node.code))
    people = _People(conversation, [*standing, *gone])
    told = Story.objects.filter(conversation=conversation, node__withdrawn_at=None).select_related(
        "node", "participant"
    )
    return put(
        part.Conversation,
        team=conversation.team and conversation.team.slug,
        opened_at=unless(conversation.opened_at, programme.made_at),
        statements=[_statement(one, place, conversation) for place, one in enumerate(standing, 1)],
        participants=[people.participant(one) for one in conversation.participants.select_related("venue__place")],
        stories=[people.story(one) for one in told.order_by("told_at", "node__code")],
        **facts,
    )


def _statement(one: Statement, place: int, conversation: Conversation) -> dict[str, Any]:
    return put(
        part.Statement,
        code=one.node.code,
        text=one.text,
        number=unless(one.number, place),
        author=one.author.number if one.author else None,
        by=account(one.node.made_by_id),
        moderation=MODERATION[Moderation(one.moderation)],
        hidden_because=one.hidden_because,
        is_meta=one.is_meta,
        said_at=unless(one.said_at, conversation.opened_at),
        external_id=one.external_id,
    )


class _People:
    """The participants of one conversation with their consents, receipts and answers, read in a few queries."""

    def __init__(self, conversation: Conversation, statements: list[Statement]) -> None:
        self.conversation, self.statements = conversation, statements
        self.codes = {one.pk: one.node.code for one in statements}
        self.votes: dict[UUID, dict[UUID, tuple[int, datetime]]] = defaultdict(dict)
        votes = Vote.objects.filter(statement__conversation=conversation)
        for who, what, choice, at in votes.values_list("participant", "statement", "choice", "cast_at"):
            if what in self.codes:
                self.votes[who][what] = (choice, at)
        self.events: dict[UUID, list[tuple[UUID, int, datetime]]] = defaultdict(list)
        events = VoteEvent.objects.filter(statement__conversation=conversation).order_by("cast_at", "id")
        for who, what, choice, at in events.values_list("participant", "statement", "choice", "cast_at"):
            if what in self.codes:
                self.events[who].append((what, choice, at))
        self.consents: dict[tuple[UUID, UUID | None], list[Consent]] = defaultdict(list)
        for given in Consent.objects.filter(participant__conversation=conversation, withdrawn_at=None):
            self.consents[given.participant_id, given.node_id].append(given)
        self.receipts = {
            one.participant_id: one for one in Receipt.objects.filter(participant__conversation=conversation)
        }

    def participant(self, one: Participant) -> dict[str, Any]:
        """One participant."""
        given = sorted(self.consents[one.pk, None], key=lambda consent: ORDER[Scope(consent.scope)])
        receipt = self.receipts.get(one.pk)
        return put(
            part.Participant,
            number=one.number,
            came_at=unless(one.came_at, self.conversation.opened_at),
            arrived_by=one.arrived_by,
            venue=f"{one.venue.place.slug}/{one.venue.slug}" if one.venue else None,
            is_under_18=one.is_under_18,
            adult_agreed=one.adult_agreed,
            arrival_group=one.arrival_group,
            weight=Weight(one.weight).name.lower() if one.weight else None,
            external_id=one.external_id,
            external_group=one.external_group,
            consent=[self._consent(consent, given[0].wording, one.came_at) for consent in given],
            wording=given[0].wording if given else None,
            secret_hash=bytes(one.secret_hash).hex() if one.secret_hash else None,
            words_hash=bytes(receipt.words_hash).hex() if receipt else None,
            receipt_at=unless(receipt.made_at, one.came_at) if receipt else None,
            withdrawn_at=one.withdrawn_at,
            **self._answers(one),
        )

    def _consent(self, given: Consent, wording: str, came_at: datetime) -> Any:
        more = put(
            part.Given, scope=given.scope, wording=unless(given.wording, wording), at=unless(given.given_at, came_at)
        )
        return given.scope if len(more) == 1 else more

    def _answers(self, one: Participant) -> dict[str, Any]:
        votes = self.votes.get(one.pk, {})
        changes = self._changes(self.events.get(one.pk, []), votes)
        if not votes:
            return {"changes": changes}
        signs = "".join(SIGN[votes[what.pk][0]] if what.pk in votes else "." for what in self.statements)
        moments = [votes[what.pk][1] for what in self.statements if what.pk in votes]
        facts = {"votes": signs, "changes": changes}
        if len(set(moments)) == 1:
            return {**facts, "voted_at": unless(moments[0], one.came_at)}
        return {**facts, "vote_seconds": seconds(moments, one.came_at)}

    def _changes(
        self, events: Iterable[tuple[UUID, int, datetime]], votes: dict[UUID, tuple[int, datetime]]
    ) -> list[dict[str, Any]]:
        """The history without the last event of each answer that stands."""
        history = list(events)
        for what, (choice, at) in votes.items():
            if (what, choice, at) in history:
                place = len(history) - 1 - history[::-1].index((what, choice, at))
                del history[place]
        return [
            put(part.Change, statement=self.codes[what], choice=SIGN[choice], at=at) for what, choice, at in history
        ]

    def story(self, one: Story) -> dict[str, Any]:
        """One story."""
        teller = one.participant
        general = sorted(self.consents[teller.pk, None], key=lambda consent: ORDER[Scope(consent.scope)])
        own = sorted(self.consents[teller.pk, one.node_id], key=lambda consent: ORDER[Scope(consent.scope)])
        usual = [consent.scope for consent in general if consent.scope != Scope.TELL]
        scopes = [consent.scope for consent in own]
        wording = own[0].wording if own else None
        return put(
            part.Story,
            code=one.node.code,
            participant=teller.number,
            text=one.text,
            described_as=one.described_as,
            mattered=one.mattered,
            is_common=one.is_common,
            is_group=one.is_group,
            captured_by=account(one.captured_by_id),
            consent=unless(scopes, usual),
            wording=unless(wording, general[0].wording if general else None),
            told_at=unless(one.told_at, teller.came_at),
            read_at=one.read_at,
            read_by=account(one.read_by_id),
            state=one.state,
            released_at=unless(one.released_at, one.read_at),
            released_by=unless(account(one.released_by_id), account(one.read_by_id)) if one.released_at else None,
            not_used_because=one.not_used_because if one.state == "not_used" else "",
            visibility=unless(one.node.visibility, "public" if one.state == "released" else "team"),
        )
