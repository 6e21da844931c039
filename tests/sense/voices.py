"""A conversation with people, statements and votes, written straight into the tables."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import numpy as np
from django.db import transaction
from django.utils import timezone

from weft.listen.conversations.models import Consent, Conversation, Moderation, Participant, Scope, Statement, Vote
from weft.listen.stories.models import Story
from weft.people.programmes.models import Team
from weft.provenance.actions import record
from weft.provenance.models import Knowledge, Node
from weft.provenance.visibility import Visibility


def conversation(team: Team, prompt: str = "What would make August easier?", **more: object) -> Conversation:
    """An open conversation."""
    return Conversation.objects.create(
        programme=team.programme, team=team, code=uuid4().hex[:8], prompt=prompt, opened_at=timezone.now(), **more
    )


@transaction.atomic
def statements(talk: Conversation, texts: Sequence[str], **more: object) -> list[Statement]:
    """Statements that are shown."""
    made = []
    for number, text in enumerate(texts, talk.statements.count() + 1):
        node = record(
            by=None,
            kind="statement",
            programme=talk.programme,
            team=talk.team,
            title=text,
            text=text,
            knowledge_kind=Knowledge.LIVED,
        )
        facts = {"moderation": Moderation.SHOWN, "said_at": timezone.now(), **more}
        made.append(Statement.objects.create(node=node, conversation=talk, number=number, text=text, **facts))
    return made


def people(talk: Conversation, how_many: int) -> list[Participant]:
    """People who came to a conversation."""
    first = talk.participants.count() + 1
    rows = [
        Participant(conversation=talk, number=number, came_at=timezone.now())
        for number in range(first, first + how_many)
    ]
    return Participant.objects.bulk_create(rows)


def votes(
    those: Sequence[Participant], cards: Sequence[Statement], table: np.ndarray, ago: timedelta = timedelta(hours=2)
) -> None:
    """One answer a person and statement, from a table of people by statements; 9 is none.

    They are some hours old, so that everybody is shown them by now.
    """
    cast_at = timezone.now() - ago
    Vote.objects.bulk_create(
        Vote(participant=person, statement=card, choice=int(choice), cast_at=cast_at)
        for person, row in zip(those, table, strict=True)
        for card, choice in zip(cards, row, strict=True)
        if choice != 9
    )


def two_camps(talk: Conversation, sizes: tuple[int, int] = (40, 25), cards: int = 16, seed: int = 4) -> list[Statement]:
    """Two groups that differ on half of the statements and agree on the rest."""
    made = statements(talk, [f"Card number {number} says something plain." for number in range(1, cards + 1)])
    rng = np.random.default_rng(seed)
    camp = np.repeat([1, -1], sizes)[:, None]
    half = cards // 2
    lean = np.hstack([np.repeat(camp, half, axis=1), np.ones((sum(sizes), cards - half), dtype=int)])
    flips = np.where(rng.random(lean.shape) < 0.08, -1, 1)
    votes(people(talk, sum(sizes)), made, np.where(rng.random(lean.shape) < 0.05, 0, lean * flips))
    return made


@transaction.atomic
def story(talk: Conversation, text: str, visibility: str = Visibility.TEAM) -> Node:
    """A story, and its node."""
    teller = people(talk, 1)[0]
    node = record(
        by=None,
        kind="story",
        programme=talk.programme,
        team=talk.team,
        title=text[:80],
        text=text,
        visibility=visibility,
        knowledge_kind=Knowledge.LIVED,
    )
    now = timezone.now()
    Story.objects.create(node=node, conversation=talk, participant=teller, text=text, told_at=now)
    Consent.objects.create(participant=teller, node=node, scope=Scope.ANALYSE, wording="1", given_at=now)
    return node
