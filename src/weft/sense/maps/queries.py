"""Reading opinion maps, and the votes that one is drawn from."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, QuerySet, Window
from django.db.models.functions import NullIf, RowNumber
from django.urls import reverse

from weft.core.jobs import Job
from weft.core.numbers import in_words
from weft.listen.conversations.models import (
    FORGOTTEN,
    Choice,
    Conversation,
    Moderation,
    Participant,
    Statement,
    Vote,
    Weight,
)
from weft.listen.conversations.queries import Tally, conversations_of
from weft.listen.conversations.queries.figures import group_of
from weft.people.programmes.models import Programme, Team
from weft.provenance.models import Node
from weft.provenance.queries import within
from weft.provenance.registry import NOBODY
from weft.provenance.visibility import sealed
from weft.sense.maps.models import OpinionMap

FEWEST_PEOPLE = 15
SHOWN_IN_TAB = 6
ANSWERED = {"agree": "most agree", "disagree": "most disagree", "divided": "divided"}


@dataclass(frozen=True)
class Ballots:
    """Every answer that stands in a conversation, as plain rows, with what identifies it as an input."""

    votes: list[tuple[int, int, int]]  # number of the participant, number of the statement, choice
    participants: dict[int, UUID]
    statements: list[Statement]
    input_hash: str
    came: int

    def tallies(self) -> dict[int, Tally]:
        """How each statement is answered, by its number."""
        counted: dict[int, Counter[int]] = defaultdict(Counter)
        for _, number, choice in self.votes:
            counted[number][choice] += 1
        return {
            number: Tally(found[Choice.AGREE], found[Choice.DISAGREE], found[Choice.PASS])
            for number, found in counted.items()
        }


def ballots(conversation: Conversation) -> Ballots:
    """The votes of a conversation in a fixed order, without those of people who took all back or were set aside."""
    people = dict(
        Participant.objects.filter(conversation=conversation, withdrawn_at=None)
        .exclude(weight=Weight.SET_ASIDE)
        .order_by("number")
        .values_list("number", "pk")
    )
    statements = list(
        Statement.objects.filter(conversation=conversation)
        .select_related("node")
        .only("number", "moderation", "is_meta", "node__withdrawn_at", "node__programme")
        .order_by("number")
    )
    cast = Vote.objects.filter(statement__conversation=conversation).exclude(sealed("statement__node__"))
    rows = cast.values_list("participant__number", "statement__number", "choice")
    votes = sorted(row for row in rows.iterator(chunk_size=20_000) if row[0] in people)
    return Ballots(votes, people, statements, _hash(votes), len(people))


def _hash(votes: list[tuple[int, int, int]]) -> str:
    """SHA-256 over the lines "participant, statement, vote", by their numbers, which a dump of the programme keeps."""
    lines = (f"{person},{statement},{choice}\n" for person, statement, choice in votes)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def cards_of(conversation: Conversation, statements: Iterable[UUID]) -> list[Any]:
    """These statements with what everybody is shown of them. One query."""
    cards = list(Statement.objects.filter(pk__in=list(statements)).select_related("shown_tally"))
    for one in cards:
        one.conversation = conversation
    return cards


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
class Since:
    """Since the last map of a conversation: who came or answered more, by arrival group, and how many left.

    Where groups are forgotten each counts in full: it closed a month ago, and nobody can come any more.
    """

    came: dict[int | None, int]
    left: int


def since_last_map(conversation: Conversation, ballots: Ballots) -> Since | None:
    """What happened since the last map that was shown; nothing where there is none, or its answers are the same."""
    last = OpinionMap.objects.filter(conversation=conversation).order_by("drawn_at", "pk").last()
    if last is None or last.input_hash == ballots.input_hash:
        return None
    votes = Vote.objects.filter(statement__conversation=conversation, cast_at__gt=last.drawn_at)
    people = Participant.objects.filter(pk__in=votes.values("participant")).exclude(weight=Weight.SET_ASIDE)
    came = people.order_by().annotate(group=NullIf(group_of(), FORGOTTEN)).values_list("group").annotate(n=Count("pk"))
    return Since(dict(came), max(last.people - len({person for person, _, _ in ballots.votes}), 0))


GROUP_NAMES = ("A", "B", "C", "D", "E")
ROWS = 25


@dataclass(frozen=True)
class Words:
    """What may be shown of a statement now: its words, or a mark where they are gone."""

    text: str
    code: str
    gone: str


NO_WORDS = Words("", "", "A statement was here.")


def words_of(statements: Iterable[str]) -> dict[str, Words]:
    """The words of the statements that a map refers to, as they stand now. One query."""
    found = Statement.objects.filter(pk__in=set(statements)).select_related("node")
    words = {}
    for one in found:
        gone = ""
        if one.node.is_withdrawn:
            gone = "A statement was here. It was taken back."
        elif one.moderation == Moderation.HIDDEN:
            gone = "A statement was here. It is hidden now."
        words[str(one.pk)] = Words("" if gone else one.text, one.node.code, gone)
    return words


@dataclass(frozen=True)
class Answer:
    """How one group, or everybody, answered a statement: a whole percent where it may be shown, and a word."""

    name: str
    percent: int | None
    word: str
    direction: str
    against: int | None = None

    @property
    def in_words(self) -> str:
        """The percent and which way, or what most of them answered."""
        if self.percent is None:
            return ANSWERED.get(self.word, "too few to say")
        against = "" if self.against is None else f", {self.against}% disagree"
        return f"{self.percent}% {self.direction}{against}"


@dataclass(frozen=True)
class Card:
    """One statement of a map, as a page shows it."""

    words: Words
    direction: str
    answers: list[Answer]
    everybody: list[int | None]


@dataclass(frozen=True)
class Group:
    """One group of a map: its name, how many, and what it stands for. A small one has no number and no description."""

    name: str
    size: int | None
    share: int | None
    stands_for: list[Card]


@dataclass(frozen=True)
class MapPage:
    """All that the page of a map shows."""

    groups: list[Group]
    unite: list[Card]
    divide: list[Card]
    rows: list[Card]
    page: Page  # type: ignore[type-arg]
    anchor: Words | None


def map_page(found: OpinionMap, order: str = "", number: str | int | None = 1) -> MapPage:
    """A map with the words of its statements as they stand now; the table is paged. One query."""
    result = found.result
    by_id = {row["id"]: row for row in result["statements"]}
    shown = Paginator(_ordered(result["statements"], order), ROWS).get_page(number)
    stood_for = [one["statement"] for group in result["groups"] for one in group["stands_for"]]
    anchor = result["anchors"][0]
    wanted = [
        *result["unite"],
        *result["divide"],
        *stood_for,
        *(row["id"] for row in shown),
        *([anchor] * bool(anchor)),
    ]
    words = words_of(wanted)

    def card(key: str, direction: str = "") -> Card:
        return _card(by_id[key], words.get(key, NO_WORDS), direction)

    groups = [
        Group(
            name=GROUP_NAMES[at],
            size=group["size"],
            share=_percent(group["size"], found.people),
            stands_for=[card(one["statement"], one["direction"]) for one in group["stands_for"]],
        )
        for at, group in enumerate(result["groups"])
    ]
    return MapPage(
        groups=groups,
        unite=[card(key) for key in result["unite"]],
        divide=[card(key) for key in result["divide"]],
        rows=[card(row["id"]) for row in shown],
        page=shown,
        anchor=words.get(anchor) if anchor else None,
    )


def _ordered(rows: list[dict[str, Any]], order: str) -> list[dict[str, Any]]:
    """As they were said, or those that most agree with first; what is not shown comes last."""
    if order != "agree":
        return rows
    return sorted(rows, key=lambda row: -(_percent(row["everybody"][0], row["everybody"][3]) or -1))


def _card(row: dict[str, Any], words: Words, direction: str) -> Card:
    single = len(row["words"]) == 1
    column = 1 if row["kind"] == "disagree" or (row["kind"] == "all" and direction == "disagree") else 0
    if single and row["case"] == "disagree":
        column = 1
    way = "disagree" if column else "agree"
    counts = [row["everybody"]] if single else row["groups"]
    answers = []
    for at, word in enumerate(row["words"]):
        told = counts[at] if counts else [None] * 4
        name = "Everybody" if single else f"Group {GROUP_NAMES[at]}"
        against = _percent(told[1], told[3]) if single and row["case"] == "all" else None
        answers.append(Answer(name, _percent(told[column], told[3]), word, way, against))
    return Card(words, direction, answers, row["everybody"])


def _percent(part: int | None, whole: int | None) -> int | None:
    """A whole percent of two shown counts."""
    return None if part is None or not whole else (200 * part + whole) // (2 * whole)


VERDICTS = {
    "clear": "We looked for groups of people who vote alike, and found {groups} that hold up.",
    "tentative": "We looked for groups of people who vote alike, and found {groups} that are not firm.",
    "none": "We looked for groups of people who vote alike and found none that hold up.",
}
REASONS = {
    "too few people": "Too few people have answered to tell.",
    "no more structure than shuffled votes": "The answers hang together no more than shuffled ones would.",
    "groups too small": "What came out was only a few people.",
    "groups change with the statements asked": "With other statements, other people would stand together.",
    "groups depend on the statements asked": "With other statements, some people would stand elsewhere.",
    "a spectrum rather than separate groups": "There is no gap between them: read them as the ends of one line.",
}


def verdict(found: OpinionMap) -> str:
    """What came of looking for groups, in plain words."""
    count = len(found.result["groups"])
    groups = f"{in_words(count)} {'group' if count == 1 else 'groups'}"
    return f"{VERDICTS[found.verdict].format(groups=groups)} {REASONS.get(found.reason, '')}".strip()


def voices_of_maps(nodes: list[UUID]) -> QuerySet[OpinionMap, Any]:
    """How many people answered in the conversation behind each map."""
    rows = OpinionMap.objects.filter(node__in=nodes, node__withdrawn_at=None)
    return rows.values_list("node", NOBODY, "conversation", "people")


def conversations_to_map(of: Team | Programme) -> QuerySet[Conversation]:
    """The conversations of a team or programme in which people answer each other's statements, newest first."""
    return conversations_of(of).filter(takes_statements=True).order_by("-opened_at", "-id")


def newest_maps(of: Team | Programme) -> list[OpinionMap]:
    """The newest standing map of each conversation of a team or programme. One query."""
    drawn = (
        OpinionMap.objects.filter(conversation__in=conversations_of(of), node__withdrawn_at=None)
        .defer("result")
        .annotate(
            place=Window(RowNumber(), partition_by=F("conversation"), order_by=[F("drawn_at").desc(), F("pk").desc()])
        )
        .filter(place=1)
        .select_related("node", "conversation")
    )
    return sorted(drawn, key=lambda one: one.drawn_at, reverse=True)


@dataclass(frozen=True)
class MapsTab:
    """What stands under Make sense about opinion maps."""

    maps: list[OpinionMap]
    conversations: int


def workspace(of: Team | Programme) -> MapsTab:
    """The newest map of each conversation, and how many conversations could have one."""
    maps = within(of, newest_maps(of)[:SHOWN_IN_TAB])
    return MapsTab(maps, conversations_to_map(of).count())


def jobs(of: Team | Programme) -> list[Job]:
    """Conversations that many people answered and that have no map, or one that is much older than its answers."""
    rows = (
        conversations_to_map(of)
        .annotate(people=Count("participants", distinct=True), last=Max("maps__came"))
        .filter(people__gte=FEWEST_PEOPLE)
    )
    page = reverse("maps:new", args=[of.programme.slug, of.room])
    found = []
    for one in rows:
        if one.last is None:
            found.append(Job("Many have answered, and there is no map", one.prompt, page, "Draw the opinion map"))
        elif one.people >= one.last + max(10, one.last // 10):
            found.append(Job("More people have answered since the map", one.prompt, page, "Draw it again"))
    return found
