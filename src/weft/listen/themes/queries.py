"""Reading themes: what they gather, and what could be gathered."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from weft.core.jobs import Job
from weft.listen.conversations.models import Consent, Moderation, Scope, Statement
from weft.listen.conversations.queries import counted
from weft.listen.stories.models import Story
from weft.listen.stories.queries import may_be_used, told_in
from weft.people.programmes.models import Team
from weft.provenance.models import Link, Node, Relation
from weft.provenance.visibility import is_public

AT_MOST = 200


@dataclass(frozen=True)
class Gathered:
    """One story that a theme gathers, with how its words may be signed."""

    node: Node
    text: str
    described: str


@dataclass(frozen=True)
class Contents:
    """What a theme gathers."""

    stories: list[Gathered]
    cards: list[Statement]
    unseen: int
    is_cut: bool


def contents(node: Node, inside: bool) -> Contents:
    """What a theme gathers: for its team all words, for others those whose tellers allow it. Two queries."""
    told = Consent.objects.filter(node=OuterRef("node"), withdrawn_at=None)
    stories = list(
        _gathered(Story.objects.all(), node).annotate(
            may_quote=Exists(told.filter(scope__in=[Scope.QUOTE, Scope.DESCRIBE])),
            may_describe=Exists(told.filter(scope=Scope.DESCRIBE)),
        )
    )
    cards = list(_gathered(counted(Statement.objects.select_related("conversation")), node))
    seen = [
        Gathered(story.node, story.text, story.described_as if story.may_describe else "")
        for story in stories[:AT_MOST]
        if inside or (story.may_quote and is_public(story.node))
    ]
    seen_cards = [card for card in cards[:AT_MOST] if inside or card.moderation == Moderation.SHOWN]
    unseen = len(stories[:AT_MOST]) + len(cards[:AT_MOST]) - len(seen) - len(seen_cards)
    return Contents(seen, seen_cards, unseen, max(len(stories), len(cards)) > AT_MOST)


def _gathered(rows: QuerySet[Any], theme: Node) -> QuerySet[Any]:
    """Those of the rows that a theme gathers, in the order in which they were said."""
    tied = Link.objects.filter(source=OuterRef("node"), target=theme, relation=Relation.INFORMS, withdrawn_at=None)
    rows = rows.filter(Exists(tied), node__withdrawn_at=None).select_related("node__programme")
    return rows.order_by("node__made_at", "node_id")[: AT_MOST + 1]


@dataclass(frozen=True)
class Found:
    """One thing that could be gathered."""

    node: Node
    kind: str
    text: str


def to_gather(theme: Node, words: str) -> list[Found]:
    """Stories and cards of the theme's team that hold the words, that may be used, and that it does not gather yet."""
    known = Link.objects.filter(target=theme, withdrawn_at=None).values("source")
    stories: QuerySet[Any] = Story.objects.filter(may_be_used(), node__team=theme.team, node__withdrawn_at=None)
    cards: QuerySet[Any] = Statement.objects.filter(node__team=theme.team, node__withdrawn_at=None)
    cards = cards.exclude(moderation=Moderation.HIDDEN)
    for word in words.split()[:8]:
        stories, cards = stories.filter(text__icontains=word), cards.filter(text__icontains=word)
    latest = [
        *(Found(one.node, "Story", one.text) for one in _latest(stories, known)),
        *(Found(one.node, "Card", one.text) for one in _latest(cards, known)),
    ]
    return latest


def _latest(rows: QuerySet[Any], known: Any) -> QuerySet[Any]:
    return rows.exclude(node__in=known).select_related("node").order_by("-node__made_at", "-node_id")[:25]


@dataclass(frozen=True)
class ThemesTab:
    """What the tab Listen shows of themes."""

    themes: list[Node]


def workspace(team: Team) -> ThemesTab:
    """A team's themes with how much each gathers, the latest first. One query."""
    gathers = Count("into", filter=Q(into__withdrawn_at=None, into__relation=Relation.INFORMS))
    rows = Node.objects.filter(team=team, kind="theme", withdrawn_at=None).select_related("programme")
    return ThemesTab(list(rows.annotate(gathers=gathers).order_by("-made_at", "-id")[:25]))


def jobs(team: Team) -> list[Job]:
    """Stories that were read and stand in no theme yet. One query."""
    number = told_in(team, show="loose").count()
    if not number:
        return []
    return [
        Job(
            "One story that was read stands in no theme yet."
            if number == 1
            else f"{number:,} stories that were read stand in no theme yet.",
            "Gather what several people said, or say why one is not used.",
            reverse("stories:list", args=[team.programme.slug, team.slug]) + "?show=loose",
            "See them",
        )
    ]
