"""Reading who came from one place, and what was decided of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, ExpressionWrapper, F, Q, QuerySet, Window
from django.db.models.fields import DateTimeField
from django.db.models.functions import Lag
from django.http import Http404
from django.urls import reverse

from weft.core.access import NOT_HERE
from weft.core.jobs import Job
from weft.listen.bursts.models import Burst
from weft.listen.conversations.models import FORGOTTEN, Conversation, Participant, Weight
from weft.listen.conversations.queries import conversations_of
from weft.people.programmes.models import Programme, Team

MANY, WINDOW = 8, timedelta(seconds=600)


@dataclass(frozen=True)
class Arrived:
    """Somebody who came in an arrival group, and when."""

    participant: UUID
    group: int
    at: datetime


def _undecided() -> QuerySet[Participant]:
    """Everybody in an arrival group of whom nothing was decided."""
    rows = Participant.objects.filter(weight=Weight.ORDINARY, arrival_group__isnull=False, withdrawn_at=None)
    return rows.exclude(arrival_group=FORGOTTEN)


def arrivals(conversation: Conversation) -> list[Arrived]:
    """Everybody who came in a group that is large enough to look at, by group and time. One query."""
    here = _undecided().filter(conversation=conversation)
    large = here.order_by().values("arrival_group").annotate(n=Count("pk")).filter(n__gte=MANY)
    rows = here.filter(arrival_group__in=large.values("arrival_group")).order_by("arrival_group", "came_at", "pk")
    found = rows.values_list("pk", "arrival_group", "came_at")
    return [Arrived(who, group, at) for who, group, at in found if group is not None]


def left_by(people: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """How many answers and how many stories each of some people left. Two queries."""
    here = Participant.objects.filter(pk__in=people).order_by()
    answers = dict(here.values_list("pk").annotate(n=Count("votes")))
    standing = Count("stories", filter=Q(stories__node__withdrawn_at=None))
    stories = dict(here.values_list("pk").annotate(n=standing))
    return {one: (answers.get(one, 0), stories.get(one, 0)) for one in people}


def decided(conversation: Conversation) -> QuerySet[Burst]:
    """What was decided in a conversation and still holds, the latest first, with how many people it is about."""
    rows = Burst.objects.filter(conversation=conversation, ended_at=None).select_related("made_by")
    return rows.annotate(people=Count("participants")).order_by("-made_at", "-pk")


def burst_of(conversation: Conversation, key: int) -> Burst:
    """One decision of a conversation that still holds."""
    found = Burst.objects.filter(conversation=conversation, ended_at=None, pk=key).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def workspace(of: Team | Programme) -> QuerySet[Conversation]:
    """The open conversations of a team to which many came from one place within a short while. One query."""
    before = Window(
        Lag("came_at", offset=MANY - 1),
        partition_by=[F("conversation"), F("arrival_group")],
        order_by=[F("came_at").asc(), F("pk").asc()],
    )
    open_here = conversations_of(of).filter(closed_at=None)
    within = ExpressionWrapper(F("came_at") - WINDOW, output_field=DateTimeField())
    rows = _undecided().filter(conversation__in=open_here).annotate(before=before, within=within)
    return open_here.filter(pk__in=rows.filter(before__gte=F("within")).values("conversation"))


def jobs(of: Team | Programme) -> list[Job]:
    """Conversations in which many came from one place at once. One query."""
    return [
        Job(
            f"Many came from one place at once: {one.prompt}",
            "Say whether you saw them, or set their answers aside.",
            reverse("bursts:list", args=[of.programme.slug, of.room, one.code]),
            "Look",
        )
        for one in workspace(of)
    ]
