"""Reading opinion maps, and the votes that one is drawn from."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from weft.core.jobs import Job
from weft.listen.conversations.models import Conversation, Moderation, Participant, Statement, Vote
from weft.people.programmes.models import Team
from weft.provenance.kinds import Voices
from weft.provenance.models import Node
from weft.sense.maps.models import OpinionMap

FEWEST_PEOPLE = 15
SHOWN_IN_TAB = 6


@dataclass(frozen=True)
class Ballots:
    """Every answer that stands in a conversation, as plain rows, with what identifies it as an input."""

    votes: list[tuple[int, int, int]]  # number of the participant, number of the statement, choice
    participants: dict[int, UUID]
    statements: list[Statement]
    input_hash: str
    came: int


def ballots(conversation: Conversation) -> Ballots:
    """The votes of a conversation in a fixed order, without those of people who took everything back."""
    people = dict(
        Participant.objects.filter(conversation=conversation, withdrawn_at=None)
        .order_by("number")
        .values_list("number", "pk")
    )
    statements = list(
        Statement.objects.filter(conversation=conversation)
        .select_related("node")
        .only("number", "moderation", "is_meta", "node__withdrawn_at", "node__programme")
        .order_by("number")
    )
    rows = Vote.objects.filter(statement__conversation=conversation).values_list(
        "participant__number", "statement__number", "choice"
    )
    votes = sorted(row for row in rows.iterator(chunk_size=20_000) if row[0] in people)
    return Ballots(votes, people, statements, _hash(votes, people, statements), len(people))


def _hash(votes: list[tuple[int, int, int]], people: dict[int, UUID], statements: list[Statement]) -> str:
    """SHA-256 over the lines "participant, statement, vote" in sorted order."""
    who = {number: str(key) for number, key in people.items()}
    what = {statement.number: str(statement.pk) for statement in statements}
    lines = sorted(f"{who[person]},{what[statement]},{choice}\n" for person, statement, choice in votes)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def map_at(node: Node) -> OpinionMap:
    """The map of a node, with its conversation."""
    found = OpinionMap.objects.select_related("conversation").get(node=node)
    found.node = node
    return found


def same_map(conversation: Conversation, input_hash: str, parameters: dict[str, Any]) -> OpinionMap | None:
    """A standing map of the same answers with the same parameters."""
    drawn = OpinionMap.objects.filter(conversation=conversation, input_hash=input_hash, node__withdrawn_at=None)
    return next((one for one in drawn.select_related("node") if one.parameters == parameters), None)


@dataclass(frozen=True)
class Words:
    """What may be shown of a statement now: its words, or a mark where they are gone."""

    text: str
    code: str
    url: str
    gone: str

    @property
    def is_gone(self) -> bool:
        """Whether its words may not be shown any more."""
        return bool(self.gone)


def words_of(statements: Iterable[str], programme: Any) -> dict[str, Words]:
    """The words of the statements that a map refers to, as they stand now. One query."""
    found = Statement.objects.filter(pk__in={*statements}).select_related("node")
    words = {}
    for one in found:
        gone = ""
        if one.node.is_withdrawn:
            gone = "A statement was here. It was taken back."
        elif one.moderation == Moderation.HIDDEN:
            gone = "A statement was here. The team has hidden it."
        url = reverse("conversations:statement", kwargs={"programme": programme.slug, "code": one.node.code})
        words[str(one.pk)] = Words("" if gone else one.text, one.node.code, url, gone)
    return words


def voices_of_maps(nodes: list[UUID]) -> dict[UUID, Voices]:
    """How many people answered in the conversation behind each map."""
    rows = OpinionMap.objects.filter(node__in=nodes, node__withdrawn_at=None).values_list(
        "node", "conversation", "people"
    )
    return {node: Voices(answers={conversation: people}) for node, conversation, people in rows}


def conversations_to_map(team: Team) -> QuerySet[Conversation]:
    """The conversations of a team in which people answer each other's statements, newest first."""
    return Conversation.objects.filter(team=team, takes_statements=True).order_by("-opened_at", "-id")


def newest_maps(team: Team) -> list[OpinionMap]:
    """The newest standing map of each conversation of a team. One query."""
    drawn = (
        OpinionMap.objects.filter(conversation__team=team, node__withdrawn_at=None)
        .defer("result")
        .annotate(
            place=Window(RowNumber(), partition_by=F("conversation"), order_by=[F("drawn_at").desc(), F("pk").desc()])
        )
        .filter(place=1)
        .select_related("node", "conversation")
    )
    return sorted(drawn, key=lambda one: one.drawn_at, reverse=True)


@dataclass(frozen=True)
class Workspace:
    """What stands under Make sense about opinion maps."""

    maps: list[OpinionMap]
    conversations: int


def workspace(team: Team) -> Workspace:
    """The newest map of each conversation, and how many conversations could have one."""
    maps = newest_maps(team)
    for one in maps:
        one.node.programme = team.programme
    return Workspace(maps[:SHOWN_IN_TAB], conversations_to_map(team).count())


def jobs(team: Team) -> list[Job]:
    """Conversations that many people answered and that have no map, or one that is much older than its answers."""
    rows = (
        conversations_to_map(team)
        .annotate(people=Count("participants", distinct=True), last=Max("maps__came"))
        .filter(people__gte=FEWEST_PEOPLE)
    )
    page = reverse("maps:new", kwargs={"programme": team.programme.slug, "team": team.slug})
    found = []
    for one in rows:
        if one.last is None:
            found.append(Job("Many have answered, and there is no map", one.prompt, page, "Draw the opinion map"))
        elif one.people >= one.last + max(10, one.last // 10):
            found.append(Job("More people have answered since the map", one.prompt, page, "Draw it again"))
    return found
