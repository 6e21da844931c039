"""Reading themes: what they gather, and what could be gathered."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from weft.core.jobs import Job
from weft.listen.conversations.models import Consent, Moderation, Statement
from weft.listen.stories.models import Story
from weft.listen.stories.queries import USES, Allowed, scopes_of, told_in
from weft.listen.themes.models import Theme
from weft.people.programmes.models import Team
from weft.provenance.models import Link, Node, Relation

AT_MOST = 200


def theme_of(node: Node) -> Theme:
    """The theme of a node."""
    return Theme.objects.select_related("gathered_by").get(node=node)


@dataclass(frozen=True)
class Gathered:
    """One story or card that a theme gathers, as far as the reader may see it."""

    node: Node
    text: str
    described: str
    statement: Statement | None
    is_seen: bool


@dataclass(frozen=True)
class Contents:
    """What a theme gathers."""

    stories: list[Gathered]
    cards: list[Gathered]
    unseen: int
    is_cut: bool


def contents(node: Node, inside: bool) -> Contents:
    """What a theme gathers: for its team all words, for others those whose tellers allow it. Four queries."""
    links = Link.objects.filter(
        target=node, relation=Relation.INFORMS, withdrawn_at=None, source__withdrawn_at=None
    ).order_by("source__made_at", "source_id")
    keys = list(links.values_list("source", flat=True)[: AT_MOST + 1])
    stories = list(Story.objects.filter(node__in=keys).select_related("node"))
    cards = list(Statement.objects.filter(node__in=keys).select_related("node"))
    scopes = scopes_of([story.pk for story in stories])
    shown = [_story(story, frozenset(scopes.get(story.pk, ())), inside) for story in stories]
    shown_cards = [
        Gathered(card.node, card.text, "", card, inside or card.moderation == Moderation.SHOWN) for card in cards
    ]
    seen = [one for one in shown if one.is_seen]
    seen_cards = [one for one in shown_cards if one.is_seen]
    unseen = len(shown) + len(shown_cards) - len(seen) - len(seen_cards)
    return Contents(seen, seen_cards, unseen, len(keys) > AT_MOST)


def _story(story: Story, scopes: frozenset[str], inside: bool) -> Gathered:
    allowed = Allowed(scopes, story.described_as)
    return Gathered(story.node, story.text, allowed.described, None, inside or allowed.quote)


@dataclass(frozen=True)
class Found:
    """One thing that could be gathered."""

    node: Node
    kind: str
    text: str


def to_gather(theme: Node, words: str) -> list[Found]:
    """Stories and cards of the theme's team that hold the words, that may be used, and that it does not gather yet."""
    known = Link.objects.filter(target=theme, withdrawn_at=None).values("source")
    allowed = Consent.objects.filter(node=OuterRef("node"), scope__in=USES, withdrawn_at=None)
    stories: QuerySet[Any] = Story.objects.filter(Exists(allowed), node__team=theme.team, node__withdrawn_at=None)
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
class Workspace:
    """What the tab Listen shows of themes."""

    themes: list[Node]


def workspace(team: Team) -> Workspace:
    """A team's themes with how much each gathers, the latest first. One query."""
    gathers = Count("into", filter=Q(into__withdrawn_at=None, into__relation=Relation.INFORMS))
    rows = Node.objects.filter(team=team, kind="theme", withdrawn_at=None).annotate(gathers=gathers)
    return Workspace(list(rows.order_by("-made_at", "-id")[:25]))


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
