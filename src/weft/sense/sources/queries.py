"""Reading sources and their passages."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from weft.core.errors import Refused
from weft.core.jobs import Job
from weft.core.standing import Standing
from weft.core.text import canonical
from weft.listen.stories.models import Story
from weft.people.programmes.models import Team
from weft.provenance import queries as thread
from weft.provenance.models import Knowledge, Node
from weft.provenance.visibility import sees, visible
from weft.sense.sources.models import Excerpt, Source

SHOWN_IN_TAB = 6


def text_of(node: Node) -> str:
    """The text that passages of a source or a story are taken from, if whoever said it allows that."""
    if said := thread.refusal(node):
        raise Refused(said)
    for source in thread.rows_of(Source, [node]):
        return source.text
    for story in thread.rows_of(Story, [node]):
        return canonical(story.text)
    return ""


def same_passage(of: Node, start: int, end: int, team: Team | None) -> Excerpt | None:
    """The passage of a text that is this one already and was not taken back."""
    taken = thread.rows_on(Excerpt, of)
    if taken is None:
        taken = [*Excerpt.objects.filter(of=of, start=start, end=end).select_related("node")]
    this = (of.pk, start, end, team.pk if team else None)
    same = (one for one in taken if (one.of_id, one.start, one.end, one.node.team_id) == this)
    return next((one for one in same if not one.node.is_withdrawn), None)


def places_of(text: str, words: str) -> list[tuple[int, int]]:
    """Every place where exactly these characters stand, as offsets in code points, end exclusive."""
    places, start = [], text.find(words) if words else -1
    while start >= 0:
        places.append((start, start + len(words)))
        start = text.find(words, start + 1)
    return places


def passages(text: str, pasted: str) -> list[tuple[int, int]]:
    """Where a pasted passage stands in a text.

    Spaces and line ends may differ, as they do after copying, and accents may be composed or not.
    """
    words = canonical(pasted).strip()
    for spelling in dict.fromkeys([words, *(unicodedata.normalize(form, words) for form in ("NFC", "NFD"))]):
        found = places_of(text, spelling) or _loose_places(text, spelling)
        if found:
            return found
    return []


def _loose_places(text: str, passage: str) -> list[tuple[int, int]]:
    loose = r"\s+".join(re.escape(word) for word in passage.split())
    return [match.span(1) for match in re.finditer(f"(?=({loose}))", text)] if loose else []


@dataclass(frozen=True)
class Place:
    """One of several places where a pasted passage stands, with the words around it."""

    start: int
    end: int
    before: str
    words: str
    after: str


def places_in_context(text: str, places: Sequence[tuple[int, int]], around: int = 60) -> list[Place]:
    """The places with what stands before and after, so that a person can choose."""
    return [
        Place(start, end, text[max(0, start - around) : start], text[start:end], text[end : end + around])
        for start, end in places
    ]


def sources_of(team: Team, here: Standing, *, knowledge: str = "", words: str = "") -> QuerySet[Node]:
    """A team's sources that this reader may see, by title, of one kind of knowledge or with some words."""
    if words.strip():
        nodes = thread.search(team.programme, words, here).filter(kind="source", team=team)
    else:
        nodes = thread.nodes_of(team.programme, "source", team_id=team.pk).filter(visible(here))
    if knowledge in Knowledge.values:
        nodes = nodes.filter(knowledge_kind=knowledge)
    return nodes.select_related("source").order_by("title", "id")


def excerpts_of(node: Node, here: Standing) -> list[Excerpt]:
    """The passages taken from a source or a story, in the order of its text, as far as this reader may see them."""
    excerpts = Excerpt.objects.filter(of=node, node__withdrawn_at=None).select_related("node")
    return [excerpt for excerpt in excerpts if sees(here, excerpt.node)]


def excerpt_at(node: Node) -> Excerpt:
    """The excerpt of a node, with what it was taken from."""
    excerpt = Excerpt.objects.select_related("of", "of__team").get(node=node)
    excerpt.node = node
    thread.within(node.programme, [excerpt.of])
    return excerpt


@dataclass(frozen=True)
class SourcesTab:
    """What stands under Make sense about sources."""

    sources: list[Node]
    count: int
    kinds: list[str]


def workspace(team: Team) -> SourcesTab:
    """The newest sources, how many there are, and which kinds of knowledge they are."""
    nodes = thread.nodes_of(team.programme, "source", team_id=team.pk)
    counts = dict(nodes.order_by().values_list("knowledge_kind").annotate(count=Count("pk")))
    newest = list(nodes.select_related("source").order_by("-made_at", "-id")[:SHOWN_IN_TAB])
    return SourcesTab(newest, sum(counts.values()), [kind for kind in Knowledge.values if counts.get(kind)])


def jobs(team: Team) -> list[Job]:
    """Sources of which nobody has said what they are good for and where they stop."""
    bare = Source.objects.filter(
        Q(fit_for="") | Q(limits=""), node__programme=team.programme_id, node__team=team, node__withdrawn_at=None
    )
    found = thread.within(team, bare.select_related("node").order_by("node__made_at", "node_id")[:2])
    return [
        Job(
            what="A source has no word on what it is good for",
            detail=source.node.title,
            url=reverse("sources:source-edit", kwargs={"programme": team.programme.slug, "code": source.node.code}),
            do="Say what it is fit for, and its limits",
        )
        for source in found
    ]
