"""Reading stories."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.http import Http404
from django.urls import reverse

from weft.core.access import NOT_HERE
from weft.core.jobs import Job
from weft.listen.conversations.models import Consent, Conversation, Participant, Scope, Weight
from weft.listen.stories.models import HiddenPart, HiddenWhy, Story, StoryState
from weft.people.accounts.models import Contributor
from weft.people.programmes.models import Membership, Programme, Team
from weft.people.programmes.queries import current
from weft.provenance.journal import Entry, Stands
from weft.provenance.models import EarlierText, Link, Node
from weft.provenance.queries import repeats
from weft.provenance.registry import NO_CONVERSATION, NO_NUMBER

DESCRIPTION = "description"  # what ended where its teller chose another description
USES = {Scope.ANALYSE, Scope.QUOTE, Scope.DESCRIBE}


def story_of(node: Node) -> Story:
    """The story of a node."""
    return Story.objects.select_related("conversation", "participant", "read_by", "released_by", "captured_by").get(
        node=node
    )


def said_by(contributor: Contributor) -> QuerySet[Story]:
    """What somebody told, taken back or not."""
    return Story.every.filter(participant=contributor.pk).select_related("node").prefetch_related("hidden_parts")


def words_of(row: Story) -> list[tuple[Node, str]]:
    """What its teller said, and how they are described: what leaves other texts with it."""
    return [(row.node, said) for said in dict.fromkeys((row.described_as, row.whole, row.text)) if said]


def own_story(participant: Participant, code: str) -> Story:
    """A story that a participant told and has not taken back, by its code."""
    told = Story.objects.filter(participant=participant, node__code=code.upper(), node__withdrawn_at=None)
    found = told.select_related("node__programme", "conversation", "participant").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


# What waits to be read; nobody is asked to read what people told who were set aside because many came at once.
WAITS = Q(state=StoryState.HELD) & ~Q(participant__weight=Weight.SET_ASIDE)


def stories_of(of: Team | Programme) -> QuerySet[Story]:
    """The stories that a team or the whole programme was told, and that were not taken back."""
    return Story.objects.filter(node__programme=of.programme, node__team=of.team, node__withdrawn_at=None)


def standing(of: Team | Programme) -> QuerySet[Story]:
    """The same: those that wait first, the oldest of them first, then the latest."""
    waits = Case(When(WAITS, then=F("told_at")))
    rows = stories_of(of).select_related("node__programme", "conversation")
    return rows.order_by(waits.asc(nulls_last=True), "-told_at", "-node_id")


def told_in(of: Team | Programme, conversation: Conversation | None = None, show: str = "") -> QuerySet[Story]:
    """Stories of a team or programme, of one conversation, in one state, or in no theme though they could be."""
    rows = standing(of)
    if conversation is not None:
        rows = rows.filter(conversation=conversation)
    if show == StoryState.HELD:
        rows = rows.filter(WAITS)
    elif show in StoryState.values:
        rows = rows.filter(state=show)
    if show == "many":
        rows = rows.filter(participant__weight=Weight.SET_ASIDE)
    if show == "loose":
        rows = rows.filter(is_loose())
    return rows


def next_held(after: Node) -> Story | None:
    """What those to whom a story was told may read next."""
    return told_in(after.of, show=StoryState.HELD).first()


def is_loose() -> Q:
    """Stories that may be used, that wait for nobody, and that nothing rests on yet."""
    used = Link.objects.filter(source=OuterRef("node"), withdrawn_at=None)
    return Q(may_be_used(), ~Exists(used), state__in=[StoryState.KEPT, StoryState.RELEASED])


def may_be_used() -> Exists:
    """That a story may be used for something, as a condition on stories: the one place that says so."""
    return Exists(Consent.objects.filter(node=OuterRef("node"), scope__in=USES, withdrawn_at=None))


def only_read() -> Exists:
    """That a node is a story which its teller gave to be read and no more, as a condition on nodes."""
    return Exists(Story.objects.filter(~may_be_used(), node=OuterRef("pk")))


def scopes_of(nodes: list[UUID]) -> dict[UUID, set[str]]:
    """What the teller of each story allows, one query."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for node, scope in Consent.objects.filter(node__in=nodes, withdrawn_at=None).values_list("node", "scope"):
        found[node].add(scope)
    return found


@dataclass(frozen=True)
class Allowed:
    """What the teller allows, ready for a page."""

    scopes: frozenset[str]
    described_as: str

    @property
    def analyse(self) -> bool:
        """Whether it may be used to find what people share."""
        return Scope.ANALYSE in self.scopes

    @property
    def use(self) -> bool:
        """Whether anything may be done with it but reading it."""
        return bool(USES & self.scopes)

    @property
    def quote(self) -> bool:
        """Whether the words may be shown to everybody."""
        return bool({Scope.QUOTE, Scope.DESCRIBE} & self.scopes)

    @property
    def described(self) -> str:
        """How the words may be signed."""
        return self.described_as if Scope.DESCRIBE in self.scopes else ""

    @property
    def labels(self) -> list[str]:
        """The choices in words."""
        return [str(Scope(scope).label) for scope in Scope.values if scope in self.scopes]


def allowed(story: Story) -> Allowed:
    """What the teller of one story allows."""
    return Allowed(frozenset(scopes_of([story.pk]).get(story.pk, ())), story.described_as)


def voices_of_stories(nodes: list[UUID]) -> QuerySet[Story, Any]:
    """Who told each story."""
    rows = Story.objects.filter(node__in=nodes, node__withdrawn_at=None)
    return rows.values_list("node", "participant", NO_CONVERSATION, NO_NUMBER)


@dataclass(frozen=True)
class StoriesTab:
    """What the tab Listen shows of stories."""

    total: int
    waiting: int
    latest: list[Story]


def workspace(of: Team | Programme) -> StoriesTab:
    """The figures and the next ones to read. Two queries."""
    rows = standing(of)
    counts = stories_of(of).aggregate(total=Count("pk"), waiting=Count("pk", filter=WAITS))
    return StoriesTab(counts["total"], counts["waiting"], list(rows[:3]))


def jobs(of: Team | Programme) -> list[Job]:
    """Stories that nobody has read and decided on yet. One query."""
    waiting = stories_of(of).filter(WAITS).count()
    if not waiting:
        return []
    return [
        Job(
            "One story is waiting to be read." if waiting == 1 else f"{waiting:,} stories are waiting to be read.",
            "People were told that someone reads them soon. Nobody else sees them before that.",
            reverse("stories:list", args=[of.programme.slug, of.room]) + f"?show={StoryState.HELD.value}",
            "Read it" if waiting == 1 else "Read them",
        )
    ]


def uses_of(stories: list[UUID]) -> Stands:
    """What is allowed for some stories, and since when."""
    allowed = Consent.objects.filter(node__in=stories, node__withdrawn_at=None, withdrawn_at=None)
    described = {*Story.objects.filter(pk__in=stories).exclude(described_as="").values_list("pk", flat=True)}
    for key, scope, given_at in allowed.values_list("node", "scope", "given_at"):
        yield key, scope, given_at
        if scope == Scope.DESCRIBE and key in described:
            yield key, DESCRIPTION, given_at


def uses_ended() -> Iterator[Entry]:
    """What is not allowed any more for stories that stand."""
    anew = Consent.objects.filter(node=OuterRef("node"), scope=OuterRef("scope"), given_at=OuterRef("withdrawn_at"))
    over: QuerySet[Any] = Consent.objects.filter(node__withdrawn_at=None, node__story__isnull=False)
    rows = over.exclude(withdrawn_at=None).annotate(is_renewed=Exists(anew))
    for key, scope, at, is_renewed in rows.values_list("node", "scope", "withdrawn_at", "is_renewed"):
        yield Entry("use", key, at, DESCRIPTION if is_renewed else scope)


@dataclass(frozen=True)
class Hidden:
    """A part that is hidden, and the items that came of the story and say it all the same."""

    part: HiddenPart
    elsewhere: list[Node]


def hidden_in(story: Story) -> list[Hidden]:
    """The parts of a story that are hidden, in their order; they are not looked for in what items said earlier."""
    parts = list(story.hidden_parts.select_related("hidden_by"))
    said = [repeats([(story.node, part.words)], fewest=1) for part in parts]
    found = [{one.node for one in some if one.table is not EarlierText} for some in said]
    nodes = Node.objects.filter(pk__in=set[UUID]().union(*found)).select_related("programme", "team").order_by("code")
    return [Hidden(part, [node for node in nodes if node.pk in ids]) for part, ids in zip(parts, found, strict=True)]


def names_for(story: Story) -> set[str]:
    """The names that a text told to somebody is looked through for: members', and those that were hidden before."""
    of = story.conversation
    hidden = HiddenPart.objects.filter(story__node__programme=of.programme_id, story__node__team=of.team_id)
    hidden_names = hidden.filter(why=HiddenWhy.NAME).order_by().values_list("words")
    members = Membership.objects.filter(current(), programme=of.programme_id).order_by().values_list("user__name")
    return {name for (name,) in hidden_names.union(members)}
